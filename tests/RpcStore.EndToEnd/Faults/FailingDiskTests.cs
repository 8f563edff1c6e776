using RpcStore.EndToEnd.Support;
using static RpcStore.EndToEnd.Faults.DiskTools;

namespace RpcStore.EndToEnd.Faults;

/// <summary>
/// A disk that really fails: a file system in a loop mount whose backing file cannot take what is written, or lost what is read.
/// </summary>
public sealed class FailingDiskTests : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Random random = new(FaultRun.Seed);

    private string Data => folder.File("data");

    private string Below => folder.File("below");

    private string Disk => Path.Combine(Below, "disk");

    public async ValueTask DisposeAsync()
    {
        await Command.ShellAsync($"umount -l {Data} || true; umount -l {Below} || true");
        folder.Dispose();
    }

    [Fact]
    public async Task Writes_that_the_disk_loses_are_refused_reads_go_on_and_a_repaired_disk_has_all_that_was_acknowledged()
    {
        await ShellOrSkipAsync($"mkdir {Below} && mount -t tmpfs -o size=24m none {Below}");
        await MountAsync(megabytes: 64);
        var kept = TestBlob.RandomMany(random, 20, 10_000).ToList();
        await using (var server = await ServerProcess.StartAsync(folder.Path))
        {
            using var client = new AdminClient(server.Socket);
            Assert.Equal(200, (await client.PostBatchAsync(kept)).Status);
            await Command.ShellAsync($"dd if=/dev/zero of={Below}/filler bs=64k || true");

            // First a flush tells of it, then the file system gives up and is read-only.
            var names = new List<string?>();
            for (var attempt = 0; attempt < 20; attempt++)
            {
                var single = TestBlob.Random(random, 300_000);
                names.Add(await TryPutAsync(client, single));
                kept.AddRange(names.Last() is null ? [single] : []);
                var batch = TestBlob.RandomMany(random, 8, 100_000);
                names.Add(NameOf((await client.PostBatchAsync(batch)).Body));
                kept.AddRange(names.Last() is null ? batch : []);
            }

            Assert.All(names, name => Assert.Contains(name, (string?[])["unavailable", "insufficientStorage", null]));
            Assert.Contains("unavailable", names);
            Assert.Equal("unavailable", (await Assert.ThrowsAsync<CallFailedException>(() => client.DeleteAsync(kept[0].Id))).Name);
            await AssertReadableAsync(client, kept);
            await server.KillAsync();
        }

        (await Command.ShellAsync(
            $"""
            rm {Below}/filler
            umount {Data}
            e2fsck -fy {Disk} || [ $? -le 2 ]
            mount -o loop {Disk} {Data}
            """)).ShouldSucceed();
        await using var again = await ServerProcess.StartAsync(folder.Path);
        using var other = new AdminClient(again.Socket);
        await AssertReadableAsync(other, kept);
        Assert.Null(await TryPutAsync(other, TestBlob.Random(random, 300_000)));
        await StoredFiles.ShouldAgreeWithAsync(Data, other, kept.Select(blob => blob.Id));
    }

    [Fact]
    public async Task Reads_that_the_disk_refuses_are_unavailable_and_never_corrupt_and_come_back_with_the_disk()
    {
        await ShellOrSkipAsync($"mkdir {Below}");
        await MountAsync(megabytes: 24);
        await using var server = await ServerProcess.StartAsync(folder.Path);
        using var client = new AdminClient(server.Socket);
        TestBlob[] kept = [TestBlob.Random(random, 5000), TestBlob.Random(random, 900_000), TestBlob.Random(random, 3_000_000)];
        Assert.Equal(200, (await client.PostBatchAsync(kept)).Status);

        // What the kernel has in memory would still be read: only the bytes of the blobs are forgotten.
        var forget = string.Join('\n', kept.Select(blob => $"dd if={blob.FileIn(Data)} iflag=nocache count=0"));
        (await Command.ShellAsync($"sync -f {Data}\n{forget}\ncp {Disk} {Disk}.copy && truncate -s 64K {Disk}")).ShouldSucceed();
        foreach (var blob in kept)
        {
            using var response = await client.Http.GetAsync("/blobs/" + blob.Id);
            Assert.Equal(503, (int)response.StatusCode);
            var verify = await Assert.ThrowsAsync<CallFailedException>(() => client.CallAsync("blobs.verify", AdminClient.IdsOf([blob.Id])));
            Assert.Equal("unavailable", verify.Name);
        }

        Assert.Equal("unavailable", (await Assert.ThrowsAsync<CallFailedException>(() => client.GetAsync(kept[0].Id))).Name);
        Assert.Equal(3, (await client.FindAsync(kept.Select(blob => blob.Id))).Count);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Data, "blobs", "quarantine")));

        (await Command.ShellAsync($"dd if={Disk}.copy of={Disk} conv=notrunc bs=1M")).ShouldSucceed();
        foreach (var blob in kept)
        {
            Assert.Equal(blob.Bytes, await client.Http.GetByteArrayAsync("/blobs/" + blob.Id));
        }

        Assert.Null(await TryPutAsync(client, TestBlob.Random(random, 5000)));
        await StoredFiles.ShouldAgreeWithAsync(Data, client, []);
    }

    private Task MountAsync(int megabytes) => ShellOrSkipAsync(
        $"""
        mkdir {Data}
        truncate -s {megabytes}M {Disk}
        mkfs.ext4 -q -m 0 {Disk}
        mount -o loop {Disk} {Data}
        rmdir {Data}/lost+found
        """);
}
