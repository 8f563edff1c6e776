using RpcStore.Core.Flists;
using RpcStore.Core.Sites;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Sites;

/// <summary>What a path of a site means, links included.</summary>
public sealed class SiteAnswerTests : IAsyncLifetime
{
    private readonly TemporaryDirectory folder = new();
    private FlistReader reader = null!;

    public async ValueTask InitializeAsync()
    {
        var tree = new SiteTree()
            .File("index.html", "root").File("a/page.html", "page").File("a/b/index.htm", "old").File("top.txt", "top")
            .Directory("empty").Directory("odd/index.html").File("odd/index.htm", "not the directory")
            .Link("to-page", "a/page.html").Link("to-a", "a").Link("abs", "/a/page.html").Link("a/up", "../top.txt")
            .Link("escape", "../../../../top.txt").Link("a/escape", "../../..//./top.txt").Link("out", "/etc/passwd")
            .Link("loop", "loop").Link("loop1", "loop2").Link("loop2", "./loop1").Link("deep/self", "../deep")
            .Link("bad", [0xFF, 0xFE]).Link("through-file", "top.txt/x").Link("slash", "a/").Link("linked/index.html", "../top.txt")
            .Link("nowhere", "nothing")
            .Other("pipe", FlistKind.Fifo).Other("device", FlistKind.CharacterDevice).Other("socket", FlistKind.Socket)
            .File("größe 😀/ü.txt", "unicode").File("%2e", "percent");
        for (var i = 0; i < 45; i++)
        {
            tree.Link($"chain{i}", i == 44 ? "top.txt" : $"chain{i + 1}");
        }

        await tree.WriteAsync(folder.Combine("tree.fl"), null);
        reader = FlistReader.Open(folder.Combine("tree.fl"), FlistLimits.Default);
    }

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("/index.html", "/index.html")]
    [InlineData("/", "/index.html")]
    [InlineData("/a/b/", "/a/b/index.htm")]
    [InlineData("/odd/", "/odd/index.htm")]
    [InlineData("/linked/", "/top.txt")]
    [InlineData("/to-page", "/a/page.html")]
    [InlineData("/to-a/page.html", "/a/page.html")]
    [InlineData("/to-a/b/", "/a/b/index.htm")]
    [InlineData("/abs", "/a/page.html")]
    [InlineData("/a/up", "/top.txt")]
    [InlineData("/to-a/up", "/top.txt")]
    [InlineData("/escape", "/top.txt")]
    [InlineData("/a/escape", "/top.txt")]
    [InlineData("/slash/page.html", "/a/page.html")]
    [InlineData("/chain5", "/top.txt")]
    [InlineData("/größe 😀/ü.txt", "/größe 😀/ü.txt")]
    [InlineData("/%2e", "/%2e")]
    public void A_file_is_found(string path, string file)
    {
        var answer = SiteAnswer.Find(reader, hasIndex: false, path, default);
        Assert.Equal(SiteAnswerKind.File, answer.Kind);
        Assert.Equal(file, reader.GetPath(answer.Node!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("/to-a")]
    [InlineData("/empty")]
    [InlineData("/deep/self/self")]
    public void A_directory_without_slash_gets_one(string path) =>
        Assert.Equal(SiteAnswerKind.AddSlash, SiteAnswer.Find(reader, hasIndex: false, path, default).Kind);

    [Theory]
    [InlineData("/a/")]
    [InlineData("/empty/")]
    [InlineData("/deep/self/self/")]
    public void A_directory_without_index_is_listed_when_asked_for(string path)
    {
        Assert.Equal(SiteAnswerKind.Listing, SiteAnswer.Find(reader, hasIndex: true, path, default).Kind);
        Assert.Equal(SiteAnswerKind.NotFound, SiteAnswer.Find(reader, hasIndex: false, path, default).Kind);
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/top.txt/")]
    [InlineData("/top.txt/x")]
    [InlineData("/../top.txt")]
    [InlineData("/a/../top.txt")]
    [InlineData("/./top.txt")]
    [InlineData("//top.txt")]
    [InlineData("/a//page.html")]
    [InlineData("/a/page.html\0")]
    [InlineData("/a\0page.html")]
    [InlineData("/out")]
    [InlineData("/loop")]
    [InlineData("/loop1")]
    [InlineData("/loop1/x")]
    [InlineData("/bad")]
    [InlineData("/through-file")]
    [InlineData("/nowhere")]
    [InlineData("/chain0")]
    [InlineData("/pipe")]
    [InlineData("/device")]
    [InlineData("/socket")]
    [InlineData("/INDEX.HTML")]
    public void Anything_else_is_not_there(string path) =>
        Assert.Equal(SiteAnswerKind.NotFound, SiteAnswer.Find(reader, hasIndex: true, path, default).Kind);

    [Fact]
    public void A_path_of_any_length_ends()
    {
        var path = string.Concat(Enumerable.Repeat("/deep/self", 100));
        Assert.Equal(SiteAnswerKind.NotFound, SiteAnswer.Find(reader, hasIndex: true, "/deep" + string.Concat(Enumerable.Repeat("/self", 100)), default).Kind);
        Assert.Equal(SiteAnswerKind.NotFound, SiteAnswer.Find(reader, hasIndex: true, path, default).Kind);
        Assert.Equal(SiteAnswerKind.NotFound, SiteAnswer.Find(reader, hasIndex: true, new string('/', 9000), default).Kind);
        Assert.Equal(SiteAnswerKind.NotFound, SiteAnswer.Find(reader, hasIndex: true, "/" + new string('a', 9000), default).Kind);
    }
}
