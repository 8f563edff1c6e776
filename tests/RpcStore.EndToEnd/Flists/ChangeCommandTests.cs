using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Flists;

/// <summary><c>rpcstore flists</c>: <c>verify</c>, <c>diff</c> and <c>delete</c>; <c>rpcstore gc</c>; and <c>blobs delete</c> of what a flist needs.</summary>
public sealed class ChangeCommandTests(ServerFixture fixture) : FlistCommandTests(fixture)
{
    [Fact]
    public async Task Verify_finds_a_damaged_blob_and_an_upload_mends_it()
    {
        await StoreAsync("worn", "a=alpha", "b=beta");
        Assert.Contains("ok\t2", (await RunAsync("flists", "verify", "worn")).ShouldSucceed().Lines);

        var id = (await BlobsOfAsync("worn"))[0];
        Damage(id);
        var found = await RunAsync("--json", "flists", "verify", "worn");
        Assert.Equal(1, found.ExitCode);
        var verification = JsonNode.Parse(found.Output)!;
        Assert.Equal((1, 1, 0), ((int)verification["ok"]!, (int)verification["corruptCount"]!, (int)verification["missingCount"]!));
        Assert.Equal([id], verification["corrupt"]!.AsArray().Select(one => (string)one!));

        // It is known to be incomplete now, and not served.
        Assert.False((bool)(await AskAsync("flists", "show", "worn"))["complete"]!);
        var refused = await RunAsync("flists", "cat", "worn", "a");
        Assert.Equal((4, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("incomplete", refused.Error);

        var mended = await StoreAsync("worn", "a=alpha", "b=beta");
        Assert.Equal(("unchanged", 1, true), ((string)mended["status"]!, (int)mended["storedBlobs"]!, (bool)mended["flist"]!["complete"]!));
        Assert.Contains("ok\t2", (await RunAsync("flists", "verify", "worn")).ShouldSucceed().Lines);
        Assert.Equal("alpha", (await RunAsync("flists", "cat", "worn", "a")).ShouldSucceed().Output);
    }

    [Fact]
    public async Task Diff_tells_what_differs()
    {
        await StoreAsync("before", "same=1", "changed=2", "gone=3");
        await StoreAsync("after", "same=1", "changed=two", "new/x=4");
        var diff = await RunAsync("--json", "flists", "diff", "before", "after");
        Assert.Equal(1, diff.ExitCode);
        Assert.Equal(
            ["added /new", "added /new/x", "content /changed", "removed /gone"],
            JsonNode.Parse(diff.Output)!.AsArray().Select(one => $"{one!["change"]} {one["path"]}").Order(StringComparer.Ordinal));
        Assert.Contains("content\t1\t3\t/changed", (await RunAsync("flists", "diff", "before", "local/after")).Lines);

        var same = await RunAsync("flists", "diff", "before", "before");
        Assert.Equal((0, ""), (same.ExitCode, same.Output));
        var some = await RunAsync("flists", "diff", "before", "after", "--limit", "1");
        Assert.Single(some.Lines);
        Assert.Contains("more differences", some.Error);
    }

    [Fact]
    public async Task Delete_removes_the_blobs_that_nothing_else_needs_and_counts_them()
    {
        await StoreAsync("left", "shared=in both", "own=only left");
        await StoreAsync("right", "shared=in both", "other=only right");
        var size = (long)(await AskAsync(["blobs", "stat", .. await BlobsOfAsync("left")])).AsArray().Sum(blob => (long)blob!["size"]!);
        var deleted = await AskAsync("flists", "delete", "left");
        Assert.Equal((1, 1, false), ((int)deleted["blobs"]!, (int)deleted["keptBlobs"]!, (bool)deleted["deferred"]!));
        Assert.InRange((long)deleted["bytes"]!, 1, size - 1);
        Assert.Equal("in both", (await RunAsync("flists", "cat", "right", "shared")).ShouldSucceed().Output);

        var last = (await RunAsync("flists", "delete", "right")).ShouldSucceed();
        Assert.Contains("blobs\t2", last.Lines);
        Assert.Contains("deleted\tlocal/right", last.Lines);
        Assert.Equal(1, (await RunAsync("flists", "delete", "right")).ExitCode);
    }

    [Fact]
    public async Task Two_flists_of_one_content_share_its_file_until_the_last_is_deleted()
    {
        await StoreAsync("one", "x=the same twice");
        await StoreAsync("two", "x=the same twice");
        Assert.Equal((0, 1), Counts(await AskAsync("flists", "delete", "one")));
        Assert.Equal("the same twice", (await RunAsync("flists", "cat", "two", "x")).ShouldSucceed().Output);
        Assert.Equal((1, 0), Counts(await AskAsync("flists", "delete", "two")));

        static (int Blobs, int Kept) Counts(JsonNode deletion) => ((int)deletion["blobs"]!, (int)deletion["keptBlobs"]!);
    }

    [Fact]
    public async Task A_blob_that_a_flist_needs_is_not_deleted_without_force()
    {
        await StoreAsync("kept", "a=needed");
        var id = Assert.Single(await BlobsOfAsync("kept"));
        var refused = await RunAsync("blobs", "delete", id);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("referenced", refused.Output);
        Assert.Equal("needed", (await RunAsync("flists", "cat", "kept", "a")).ShouldSucceed().Output);

        (await RunAsync("blobs", "delete", "--force", id)).ShouldSucceed();
        var verified = await RunAsync("flists", "verify", "kept");
        Assert.Equal(1, verified.ExitCode);
        Assert.Contains($"missingBlob\t{id}", verified.Lines);
    }

    [Fact]
    public async Task Gc_finds_and_removes_what_nothing_references()
    {
        await StoreAsync("used", "a=in use");
        var loose = (await RunAsync("nobody needs me"u8.ToArray(), "blobs", "put", "--digest", "blake2b", "-")).ShouldSucceed().Lines[0].Split('\t')[0];
        Assert.StartsWith("blake2b-", loose);

        // What is younger than a day may be about to be referenced.
        Assert.Equal(0, (int)(await AskAsync("gc", "--dry-run"))["blobs"]!);
        var found = await AskAsync("gc", "--dry-run", "--min-age", "0");
        Assert.Equal((1, 15, false), ((int)found["blobs"]!, (int)found["bytes"]!, (bool)found["removed"]!));
        Assert.Equal([loose], found["examples"]!.AsArray().Select(id => (string)id!));
        (await RunAsync("blobs", "has", loose)).ShouldSucceed();

        Assert.Contains("removed\tyes", (await RunAsync("gc", "--remove", "--min-age", "0")).ShouldSucceed().Lines);
        Assert.Equal(1, (await RunAsync("blobs", "has", loose)).ExitCode);
        (await RunAsync("flists", "verify", "used")).ShouldSucceed();
        Assert.Equal(2, (await RunAsync("gc")).ExitCode);
    }

    private async Task<string[]> BlobsOfAsync(string name)
    {
        (await RunAsync("flists", "download", name, "--blobs", Folder.File("blobs-of"))).ShouldSucceed();
        return (await ShellAsync("tar -tf blobs-of")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private void Damage(string id)
    {
        var digits = id["blake2b-".Length..];
        var path = Path.Combine(Server.Data, "blobs", "blake2b", digits[..2], digits[2..4], digits[4..]);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
