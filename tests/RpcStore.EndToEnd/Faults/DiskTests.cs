using RpcStore.EndToEnd.Support;
using static RpcStore.EndToEnd.Faults.DiskTools;

namespace RpcStore.EndToEnd.Faults;

/// <summary>A disk that is full, read-only or gone while the server runs on it.</summary>
public sealed class DiskTests : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Random random = new(FaultRun.Seed);

    private string Data => folder.File("data");

    private string Blobs => Path.Combine(Data, "blobs");

    public async ValueTask DisposeAsync()
    {
        await Command.ShellAsync($"umount -l {Blobs} || true; umount -l {Data} || true");
        folder.Dispose();
    }

    [Fact]
    public async Task A_full_disk_refuses_writes_keeps_what_was_acknowledged_and_is_freed_by_deletes()
    {
        await MountAsync(megabytes: 48);
        await using var server = await ServerProcess.StartAsync(folder.Path);
        using var client = new AdminClient(server.Socket);
        var kept = TestBlob.RandomMany(random, 20, 100_000);
        Assert.Equal(200, (await client.PostBatchAsync(kept)).Status);

        var early = TestBlob.RandomMany(random, 10, 500_000);
        Assert.Equal(200, (await client.PostBatchAsync(early)).Status);

        // A batch that does not fit, in the middle of which the disk gets full.
        var (status, body) = await client.PostBatchAsync(TestBlob.RandomMany(random, 400, 200_000));
        Assert.Equal((507, "insufficientStorage"), (status, NameOf(body)));

        // Blobs one by one until nothing fits any more.
        var fillers = new List<TestBlob>(early);
        foreach (var size in (int[])[500_000, 50_000, 5000, 500, 1])
        {
            for (var blob = TestBlob.Random(random, size); await TryPutAsync(client, blob) is null; blob = TestBlob.Random(random, size))
            {
                fillers.Add(blob);
                Assert.True(fillers.Count < 10_000, "The disk never gets full.");
            }
        }

        var refused = TestBlob.Random(random, 50_000);
        Assert.Equal("insufficientStorage", await TryPutAsync(client, refused));
        await AssertReadableAsync(client, [.. kept, .. fillers]);
        Assert.Empty(await client.FindAsync([refused.Id]));

        await client.DeleteAsync(fillers.Select(blob => blob.Id));
        Assert.Null(await TryPutAsync(client, refused));
        await StoredFiles.ShouldAgreeWithAsync(Data, client, fillers.Select(blob => blob.Id));
        await AssertReadableAsync(client, [.. kept, refused]);
    }

    [Fact]
    public async Task A_disk_that_turns_read_only_refuses_writes_and_goes_on_with_reads()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path);
        using var client = new AdminClient(server.Socket);
        var kept = TestBlob.RandomMany(random, 20, 10_000);
        Assert.Equal(200, (await client.PostBatchAsync(kept)).Status);

        // A mount of its own turns read-only whatever files are open below it.
        await ShellOrSkipAsync($"mount --bind {Blobs} {Blobs} && mount -o remount,bind,ro {Blobs}");
        var late = TestBlob.Random(random, 5000);
        Assert.Equal("unavailable", await TryPutAsync(client, late));
        var (status, body) = await client.PostBatchAsync([late]);
        Assert.Equal((503, "unavailable"), (status, NameOf(body)));
        Assert.Equal("unavailable", (await Assert.ThrowsAsync<CallFailedException>(() => client.DeleteAsync(kept[0].Id))).Name);
        await AssertReadableAsync(client, kept);

        await ShellOrSkipAsync($"umount {Blobs}");
        Assert.Null(await TryPutAsync(client, late));
        await StoredFiles.ShouldAgreeWithAsync(Data, client, []);
    }

    [Theory]
    [InlineData("mount -t tmpfs -o size=64k none {0}", "umount {0}", 507, "insufficientStorage")]
    [InlineData("rmdir {0}", "mkdir {0}", 503, "unavailable")]
    public async Task A_long_answer_that_finds_no_place_to_wait_is_refused_by_name(string fail, string repair, int status, string name)
    {
        await using var server = await ServerProcess.StartAsync(folder.Path);
        using var client = new AdminClient(server.Socket);
        var kept = TestBlob.Random(random, 1000);
        var batch = Enumerable.Range(0, 8000).Select(number => new TestBlob($"no id {number}", [])).Prepend(kept).ToArray();
        await ShellOrSkipAsync(string.Format(fail, Path.Combine(Data, "spool")));
        try
        {
            var (answered, body) = await client.PostBatchAsync(batch);
            Assert.Equal((status, name), (answered, NameOf(body)));
            Assert.Null(body["results"]);
            await AssertReadableAsync(client, [kept]);
        }
        finally
        {
            (await Command.ShellAsync(string.Format(repair, Path.Combine(Data, "spool")))).ShouldSucceed();
        }

        var (again, result) = await client.PostBatchAsync(batch);
        Assert.Equal((200, 8001), (again, result["results"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_disk_in_use_cannot_be_made_read_only_in_passing()
    {
        await MountAsync(megabytes: 24);
        await using (var server = await ServerProcess.StartAsync(folder.Path))
        {
            using var client = new AdminClient(server.Socket);
            var kept = TestBlob.RandomMany(random, 5, 10_000);
            Assert.Equal(200, (await client.PostBatchAsync(kept)).Status);

            // The index is mapped for writing: the kernel refuses, as for any file that is open for writing.
            Assert.Contains("busy", (await Command.ShellAsync($"mount -o remount,ro {Data} 2>&1 || true")).Output);
            Assert.Null(await TryPutAsync(client, TestBlob.Random(random, 5000)));
            await AssertReadableAsync(client, kept);
            await server.StopAsync();
        }

        (await Command.ShellAsync($"mount -o remount,ro {Data}")).ShouldSucceed();
        var refused = await Command.RpcStoreAsync("serve", "--data", Data, "--listen", "unix:" + folder.File("x.sock"));
        Assert.Equal(5, refused.ExitCode);
        Assert.Contains("read-only", refused.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_blob_that_cannot_be_deleted_is_still_there()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path);
        using var client = new AdminClient(server.Socket);
        var kept = TestBlob.Random(random, 1000);
        await client.PutAsync(kept.Bytes);
        var file = kept.FileIn(Data);
        await ShellOrSkipAsync($"chattr +i {file}");
        try
        {
            Assert.Equal("unavailable", (await Assert.ThrowsAsync<CallFailedException>(() => client.DeleteAsync(kept.Id))).Name);
            Assert.Equal([kept.Id], await client.FindAsync([kept.Id]));
            await StoredFiles.ShouldAgreeWithAsync(Data, client, []);
        }
        finally
        {
            (await Command.ShellAsync($"chattr -i {file}")).ShouldSucceed();
        }

        await client.DeleteAsync(kept.Id);
        await StoredFiles.ShouldAgreeWithAsync(Data, client, [kept.Id]);
    }

    [Theory]
    [InlineData("mv {0} {0}.away", "mv {0}.away {0}")]
    [InlineData("mount -t tmpfs none {0}", "umount {0}")]
    public async Task A_disk_that_vanishes_is_never_taken_for_an_empty_one(string vanish, string comeBack)
    {
        await using var server = await ServerProcess.StartAsync(folder.Path);
        using var client = new AdminClient(server.Socket);
        var kept = TestBlob.RandomMany(random, 30, 10_000);
        Assert.Equal(200, (await client.PostBatchAsync(kept)).Status);
        await ShellOrSkipAsync(string.Format(vanish, Blobs));

        foreach (var blob in kept)
        {
            Assert.Equal("unavailable", (await Assert.ThrowsAsync<CallFailedException>(() => client.GetAsync(blob.Id))).Name);
            Assert.Equal(503, (int)(await client.Http.GetAsync("/blobs/" + blob.Id)).StatusCode);
        }

        // What the index knows is told on: no blob is said to be absent because its disk is.
        var ids = kept.Select(blob => blob.Id).ToHashSet();
        Assert.Equal(ids, await client.FindAsync(ids));
        Assert.Empty((await client.CallAsync("blobs.stat", AdminClient.IdsOf(ids)))["missing"]!.AsArray());

        var late = TestBlob.Random(random, 5000);
        Assert.Equal("unavailable", await TryPutAsync(client, late));
        Assert.Equal("unavailable", (await Assert.ThrowsAsync<CallFailedException>(client.ListAsync)).Name);
        Assert.Equal("unavailable", (await Assert.ThrowsAsync<CallFailedException>(() => client.DeleteAsync(kept[0].Id))).Name);
        var verify = await Assert.ThrowsAsync<CallFailedException>(() => client.CallAsync("blobs.verify", AdminClient.IdsOf([kept[1].Id])));
        Assert.Equal("unavailable", verify.Name);

        await ShellOrSkipAsync(string.Format(comeBack, Blobs));
        await AssertReadableAsync(client, kept);
        Assert.Null(await TryPutAsync(client, late));
        await StoredFiles.ShouldAgreeWithAsync(Data, client, []);
    }

    private Task MountAsync(int megabytes) => ShellOrSkipAsync(
        $"""
        mkdir {Data}
        truncate -s {megabytes}M {folder.File("disk")}
        mkfs.ext4 -q -m 0 {folder.File("disk")}
        mount -o loop {folder.File("disk")} {Data}
        rmdir {Data}/lost+found
        """);
}
