using System.Net;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Flists;

/// <summary>Flists whose blocks are not what they should be when somebody reads them: nobody takes a part for the whole.</summary>
public sealed class BadBlockTests : FlistFaultTests
{
    private const int Blocks = 40;

    private readonly byte[] content = TestTree.Noise(new Random(5), Blocks * 524288);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (await Http.PutFlistAsync("local/whole", TestTree.Tar(("file", content)))).ShouldSucceed();
    }

    [Theory]
    [InlineData("update block set key = zeroblob(32) where rowid = 30", "does not fit")]
    [InlineData("update block set id = (select id from block where rowid = 2) where rowid = 30", "does not fit")]
    [InlineData("update block set id = (select id from block where rowid = 41), key = (select key from block where rowid = 41) where rowid = 30", "bytes, where block 29")]
    public async Task A_block_that_does_not_fit_its_place_aborts_the_answer_and_is_logged(string sql, string reason)
    {
        Assert.SkipUnless((await Command.ShellAsync("command -v sqlite3 || true")).Output.Length > 0, "sqlite3 is not installed.");

        // Another file of one short block, whose row comes after those of the first.
        (await Http.PutFlistAsync("local/both", TestTree.Tar(("file", content), ("short", [1, 2, 3])))).ShouldSucceed();
        await File.WriteAllBytesAsync(Folder.File("bad.fl"), await Http.GetByteArrayAsync("/flists/local/both"));
        (await Command.RunAsync("sqlite3", [Folder.File("bad.fl"), sql])).ShouldSucceed();
        (await Http.PutFlistAsync("local/bad", await File.ReadAllBytesAsync(Folder.File("bad.fl")))).ShouldSucceed();

        await AssertCutAsync("/flists/local/bad/files/file", 29 * 524288);
        await AssertCutAsync("/flists/local/bad?format=tar");
        await AssertCutAsync("/flists/local/bad?format=tarGz");
        await Server.WaitForLogAsync(reason);

        // What lies before it, and every other flist, is served.
        Assert.Equal([1, 2, 3], await Http.GetByteArrayAsync("/flists/local/bad/files/short"));
        Assert.Equal(content, await Http.GetByteArrayAsync("/flists/local/both/files/file"));
    }

    [Fact]
    public async Task A_blob_that_was_damaged_on_the_disk_aborts_the_answer_and_is_logged()
    {
        var names = await Http.GetByteArrayAsync("/flists/local/whole?format=blobs");
        var id = System.Text.Encoding.ASCII.GetString(names, 0, 72);
        var digits = id["blake2b-".Length..];
        var path = Path.Combine(Server.Data, "blobs", "blake2b", digits[..2], digits[2..4], digits[4..]);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[1000] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        await AssertCutAsync("/flists/local/whole/files/file");
        await Server.WaitForLogAsync(id);
        (await Http.PutFlistAsync("local/whole", TestTree.Tar(("file", content)))).ShouldSucceed();
        Assert.Equal(content, await Http.GetByteArrayAsync("/flists/local/whole/files/file"));
    }

    [Fact]
    public async Task A_first_block_that_is_bad_is_an_error_and_no_empty_file()
    {
        Assert.SkipUnless((await Command.ShellAsync("command -v sqlite3 || true")).Output.Length > 0, "sqlite3 is not installed.");
        await File.WriteAllBytesAsync(Folder.File("bad.fl"), await Http.GetByteArrayAsync("/flists/local/whole"));
        (await Command.RunAsync("sqlite3", [Folder.File("bad.fl"), "update block set key = zeroblob(32) where rowid = 1"])).ShouldSucceed();
        (await Http.PutFlistAsync("local/bad", await File.ReadAllBytesAsync(Folder.File("bad.fl")))).ShouldSucceed();
        using var response = await Http.GetAsync("/flists/local/bad/files/file");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("blake2b-", await response.Content.ReadAsStringAsync());
    }

    /// <summary>The answer begins well and is cut.</summary>
    /// <param name="path">What is asked for.</param>
    /// <param name="length">What must not be passed, and begins right; null for whatever comes.</param>
    private async Task AssertCutAsync(string path, int? length = null)
    {
        using var response = await Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        if (!response.IsSuccessStatusCode)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            return;
        }

        var received = new MemoryStream();
        await using var body = await response.Content.ReadAsStreamAsync();
        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(received));
        Assert.True(received.Length <= (length ?? content.Length), $"{received.Length}");
        if (length is not null)
        {
            Assert.Equal(content.AsSpan(0, (int)received.Length), received.GetBuffer().AsSpan(0, (int)received.Length));
        }
    }
}
