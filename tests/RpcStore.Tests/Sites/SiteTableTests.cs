using RpcStore.Core;
using RpcStore.Core.Sites;
using Xunit;

namespace RpcStore.Tests.Sites;

/// <summary>Which site a request is for, and which addresses there may be.</summary>
public sealed class SiteTableTests
{
    private static readonly System.Collections.Frozen.FrozenSet<string> Reserved = SiteAddresses.Reserve(["/rpc", "/blobs/{id}", "/openrpc.json"]);

    private readonly SiteTable<string> table = new(
        [
            (new("/docs", null), "docs"),
            (new("/docs/v2", null), "v2"),
            (new("/a/b/c", null), "deep"),
            (new("/größe", null), "unicode"),
            (new(null, "docs.example.org"), "domain"),
        ],
        Reserved);

    [Theory]
    [InlineData("", "/docs", "docs", 5)]
    [InlineData("", "/docs/", "docs", 5)]
    [InlineData("", "/docs/x", "docs", 5)]
    [InlineData("", "/docs/v2", "v2", 8)]
    [InlineData("", "/docs/v2/x/y", "v2", 8)]
    [InlineData("", "/docs/v21", "docs", 5)]
    [InlineData("", "/docsx", null, 0)]
    [InlineData("", "/Docs", null, 0)]
    [InlineData("", "/", null, 0)]
    [InlineData("", "/a/b", null, 0)]
    [InlineData("", "/a/b/c/d", "deep", 6)]
    [InlineData("", "//docs", null, 0)]
    [InlineData("", "/größe/x", "unicode", 6)]
    [InlineData("docs.example.org", "/docs/x", "domain", 0)]
    [InlineData("DOCS.Example.ORG:8080", "/", "domain", 0)]
    [InlineData("docs.example.org.", "/", "domain", 0)]
    [InlineData("other.example.org", "/docs/x", "docs", 5)]
    [InlineData("[::1]:80", "/docs/x", "docs", 5)]
    public void The_domain_and_then_the_longest_prefix_decide(string host, string path, string? site, int length)
    {
        Assert.Equal(site, table.Find(host, path, out var prefixLength));
        Assert.Equal(length, prefixLength);
    }

    [Fact]
    public void A_site_at_the_root_leaves_the_server_its_own_paths()
    {
        var root = new SiteTable<string>([(new("/", null), "root"), (new("/x", null), "x")], Reserved);
        Assert.Equal("root", root.Find("", "/", out _));
        Assert.Equal("root", root.Find("", "/any/thing", out var length));
        Assert.Equal(0, length);
        Assert.Equal("x", root.Find("", "/x/y", out _));
        Assert.Null(root.Find("", "/rpc", out _));
        Assert.Null(root.Find("", "/blobs/123", out _));
        Assert.Null(root.Find("", "/openrpc.json", out _));
        Assert.Equal("root", root.Find("", "/rpcx", out _));
        var hash = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));
        Assert.Null(root.Find("", "/" + hash, out _));
        Assert.Null(root.Find("", "/de/" + hash, out _));
        Assert.Equal("root", root.Find("", "/de/" + hash[1..], out _));
        Assert.Equal("root", root.Find("", "/dx/" + hash, out _));
    }

    [Fact]
    public void A_look_takes_no_memory()
    {
        table.Find("docs.example.org:80", "/docs/v2/x", out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            table.Find("other:80", "/docs/v2/x/y/z", out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("/docs/", null, "/docs")]
    [InlineData("/", null, "/")]
    [InlineData("/a b/ü", null, "/a b/ü")]
    [InlineData("/.well-known/matrix", null, "/.well-known/matrix")]
    [InlineData(null, "Docs.Example.Org.", "docs.example.org")]
    [InlineData(null, "xn--gre-6ka8i.example", "xn--gre-6ka8i.example")]
    public void An_address_is_kept_in_one_way(string? prefix, string? domain, string kept) =>
        Assert.Equal(kept, SiteAddresses.Check(prefix, domain, Reserved).ToString());

    [Theory]
    [InlineData(null, null)]
    [InlineData("/a", "b.org")]
    [InlineData("docs", null)]
    [InlineData("", null)]
    [InlineData("/a//b", null)]
    [InlineData("/a/../b", null)]
    [InlineData("/./b", null)]
    [InlineData("/a%20b", null)]
    [InlineData("/a?b", null)]
    [InlineData("/a\nb", null)]
    [InlineData("/a\\b", null)]
    [InlineData("/\ud800", null)]
    [InlineData(null, "")]
    [InlineData(null, "localhost")]
    [InlineData(null, "127.0.0.1")]
    [InlineData(null, "a..b")]
    [InlineData(null, "-a.org")]
    [InlineData(null, "a/b")]
    [InlineData(null, "größe.org")]
    public void What_is_no_address_is_refused(string? prefix, string? domain) =>
        Assert.Equal(Fault.Invalid, Assert.Throws<StoreException>(() => SiteAddresses.Check(prefix, domain, Reserved)).Fault);

    [Theory]
    [InlineData("/rpc")]
    [InlineData("/rpc/x")]
    [InlineData("/blobs")]
    [InlineData("/api/v1")]
    [InlineData("/website")]
    [InlineData("/openrpc.json")]
    [InlineData("/.well-known")]
    [InlineData("/.well-known/acme-challenge")]
    [InlineData("/.well-known/acme-challenge/x")]
    public void The_servers_own_paths_are_refused_by_name(string prefix)
    {
        var refusal = Assert.Throws<StoreException>(() => SiteAddresses.Check(prefix, null, Reserved));
        Assert.Equal(Fault.Conflict, refusal.Fault);
        Assert.Contains(prefix.Split('/')[1], refusal.Message, StringComparison.Ordinal);
    }
}
