using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Faults;

/// <summary>
/// A catalog on a disk that is full, fails or damages it: what would change something is refused, what only reads goes on where
/// it can, a person is told what to do, and all is well when the disk is.
/// </summary>
public sealed class CatalogDiskTests : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Random random = new(FaultRun.Seed);
    private string undo = "true";

    private string Data => folder.File("data");

    private string Catalog => Path.Combine(Data, "catalog.db");

    public async ValueTask DisposeAsync()
    {
        await Command.ShellAsync($"{undo}; umount -l {Data} 2>/dev/null || true");
        folder.Dispose();
    }

    [Fact]
    public async Task A_catalog_that_cannot_be_written_refuses_changes_until_it_can()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path);
        using var client = new AdminClient(server.Socket);
        var blob = await FillAsync(client);

        // The kernel refuses every write to it, also through handles that are open.
        undo = $"chattr -i {Catalog}-wal";
        await ShellOrSkipAsync($"chattr +i {Catalog}-wal");
        for (var round = 0; round < 3; round++)
        {
            await AssertRefusedAsync(client, "unavailable");
            await AssertReadsAsync(client, blob);
        }

        Assert.Contains("catalog.db", server.Log);
        (await Command.ShellAsync(undo)).ShouldSucceed();
        await AssertRecoversAsync(client);

        // The journal tells of the time in which it could not say anything.
        var outage = Assert.Single((await client.CallAsync("journal.query", """{"method":"journal.outage"}"""))["entries"]!.AsArray())!;
        Assert.Equal("unavailable", (string?)outage["outcome"]);
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task A_file_system_that_gives_up_refuses_changes_and_a_restart_on_a_good_one_has_everything()
    {
        await ShellOrSkipAsync(
            $"mkdir {Data} && truncate -s 64M {folder.File("disk")} && mkfs.ext4 -q {folder.File("disk")} && mount -o loop {folder.File("disk")} {Data} && rmdir {Data}/lost+found");
        TestBlob blob;
        await using (var server = await ServerProcess.StartAsync(folder.Path))
        {
            using var client = new AdminClient(server.Socket);
            blob = await FillAsync(client);

            // What the kernel does by itself when the disk reports an error: it writes no more, also to files that are open.
            await ShellOrSkipAsync($"mount -o remount,abort {Data} || grep -q '{Data} ext4 ro' /proc/mounts");
            await AssertRefusedAsync(client, "unavailable");
            await AssertReadsAsync(client, blob);
            await server.KillAsync();
        }

        (await Command.ShellAsync($"umount {Data}; fsck.ext4 -fy {folder.File("disk")} >/dev/null || [ $? -lt 4 ]; mount -o loop {folder.File("disk")} {Data}")).ShouldSucceed();
        await using var again = await ServerProcess.StartAsync(folder.Path);
        using var later = new AdminClient(again.Socket);
        await AssertReadsAsync(later, blob);
        await AssertRecoversAsync(later);
        (await Command.RpcStoreAsync("catalog", "check", "--data", Data)).ShouldSucceed();
    }

    [Fact]
    public async Task A_full_disk_refuses_changes_until_there_is_room()
    {
        await ShellOrSkipAsync($"mkdir {Data} && mount -t tmpfs -o size=64M none {Data}");
        await using var server = await ServerProcess.StartAsync(folder.Path);
        using var client = new AdminClient(server.Socket);
        var blob = await FillAsync(client);

        // Somebody else fills the disk to the last byte, the reserve of the server included.
        await Command.ShellAsync($"dd if=/dev/zero of={folder.File("data/filler")} bs=64k 2>/dev/null; dd if=/dev/zero of={folder.File("data/filler2")} bs=1 count=4096 2>/dev/null; true");
        var names = new List<string>();
        for (var attempt = 0; attempt < 2000 && names.Count == 0; attempt++)
        {
            // What the catalog's log has room for still goes.
            names.AddRange(await ChangeAsync(client));
        }

        Assert.NotEmpty(names);
        Assert.Subset(new HashSet<string> { "insufficientStorage", "unavailable" }, names.ToHashSet());
        await AssertRefusedAsync(client, "insufficientStorage", "unavailable");
        await AssertReadsAsync(client, blob);

        File.Delete(folder.File("data/filler"));
        await AssertRecoversAsync(client);
        Assert.Empty((await Command.RpcStoreAsync("catalog", "check", "--data", Data)).ShouldSucceed().Error);
    }

    [Fact]
    public async Task Damage_under_a_running_server_is_never_taken_for_an_answer()
    {
        var backup = folder.File("backup.db");
        TestBlob blob;
        await using (var first = await ServerProcess.StartAsync(folder.Path))
        {
            using var client = new AdminClient(first.Socket);
            blob = await FillAsync(client);
            for (var number = 0; number < 400; number++)
            {
                await client.CallAsync("accounts.create", $$"""{"name":"filling-{{number:d3}}-{{new string('x', 40)}}","role":"user"}""");
            }

            (await Command.RpcStoreAsync("backup", backup, "--data", Data)).ShouldSucceed();
            Assert.Equal(0, await first.StopAsync());
        }

        await using (var server = await ServerProcess.StartAsync(folder.Path))
        {
            using var client = new AdminClient(server.Socket);

            // All but the first page, which tells what the file is.
            Overwrite(Catalog, 4096, new FileInfo(Catalog).Length - 4096);
            var refused = 0;
            for (var number = 0; number < 400; number += 7)
            {
                var name = $"filling-{number:d3}-{new string('x', 40)}";
                try
                {
                    Assert.Equal(name, (string?)(await client.CallAsync("accounts.get", $$"""{"name":"{{name}}"}"""))["name"]);
                }
                catch (CallFailedException e)
                {
                    AssertDamaged(e);
                    refused++;
                }
            }

            Assert.NotEqual(0, refused);
            AssertDamaged(await client.Http.RefusedAsync("accounts.list"));
            AssertDamaged(await client.Http.RefusedAsync("accounts.create", """{"name":"late","role":"user"}"""));
            Assert.Equal(blob.Bytes, await client.GetAsync(blob.Id));
            Assert.Equal(blob.Bytes, await client.Http.GetByteArrayAsync("/blobs/" + blob.Id));
            await server.KillAsync();
        }

        await AssertNotStartedAsync("catalog.db is damaged", "backup");
        File.Copy(backup, Catalog, overwrite: true);
        File.Delete(Catalog + "-wal");
        File.Delete(Catalog + "-shm");
        await using var restored = await ServerProcess.StartAsync(folder.Path);
        using var later = new AdminClient(restored.Socket);
        await AssertReadsAsync(later, blob);
        await AssertRecoversAsync(later);
    }

    [Theory]
    [InlineData("truncate -s 3000 {0}; rm -f {0}-wal {0}-shm", "catalog.db is damaged", "backup")]
    [InlineData("truncate -s 0 {0}; rm -f {0}-wal {0}-shm", "catalog.db is damaged", "backup")]
    [InlineData("head -c 4096 /dev/zero | tr '\\0' x | dd of={0} conv=notrunc 2>/dev/null", "catalog.db is damaged", "backup")]
    [InlineData("rm {0}; head -c 5000 /dev/zero > {0}-wal", "catalog.db is damaged", "missing")]
    [InlineData("rm {0}; mkdir {0}", "catalog.db is damaged", "folder")]
    [InlineData("rm {0}; sqlite3 {0} 'create table bookmark (url text)'", "another program")]
    public async Task A_catalog_that_is_none_keeps_the_server_from_starting_and_is_left_alone(string damage, params string[] words)
    {
        await StartOnceAsync();
        (await Command.ShellAsync(string.Format(damage, Catalog))).ShouldSucceed();
        var before = File.Exists(Catalog) ? await File.ReadAllBytesAsync(Catalog) : null;
        await AssertNotStartedAsync(words);
        Assert.Equal(before, File.Exists(Catalog) ? await File.ReadAllBytesAsync(Catalog) : null);
    }

    [Fact]
    public async Task A_read_only_disk_keeps_the_server_from_starting()
    {
        await StartOnceAsync();
        await ShellOrSkipAsync($"mount --bind {Data} {Data} && mount -o remount,bind,ro {Data}");
        await AssertNotStartedAsync(Data, "Read-only file system");
        (await Command.ShellAsync($"umount {Data}")).ShouldSucceed();
        await StartOnceAsync();
    }

    [Fact]
    public async Task A_full_disk_keeps_the_server_from_making_a_catalog()
    {
        await ShellOrSkipAsync($"mkdir {Data} && mount -t tmpfs -o size=48k none {Data}");
        await AssertNotStartedAsync("full");
        (await Command.ShellAsync($"mount -o remount,size=64M {Data}")).ShouldSucceed();
        await StartOnceAsync();
    }

    private static void AssertDamaged(CallFailedException refused)
    {
        Assert.Equal("unavailable", refused.Name);
        Assert.Contains("catalog.db is damaged", refused.Message);
        Assert.Contains("backup", refused.Message);
    }

    private async Task StartOnceAsync()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path);
        using var client = new AdminClient(server.Socket);
        await FillAsync(client);
        Assert.Equal(0, await server.StopAsync());
    }

    private async Task AssertNotStartedAsync(params string[] words)
    {
        var result = await Command.RpcStoreAsync("serve", "--data", Data, "--listen", "unix:" + folder.File("x.sock"));
        Assert.NotEqual(0, result.ExitCode);
        Assert.StartsWith("rpcstore: ", result.Error);
        Assert.DoesNotContain("   at ", result.Error);
        Assert.All(words, word => Assert.Contains(word, result.Error));
    }

    /// <summary>An account and a blob.</summary>
    private async Task<TestBlob> FillAsync(AdminClient client)
    {
        var blob = TestBlob.Random(random, 20_000);
        await client.PutAsync(blob.Bytes);
        if ((await client.CallAsync("accounts.list"))["accounts"]!.AsArray().Count == 0)
        {
            await client.CallAsync("accounts.create", """{"name":"kept","role":"user"}""");
        }

        return blob;
    }

    /// <summary>Tries changes of several kinds.</summary>
    /// <returns>The names of the errors.</returns>
    private async Task<IReadOnlyList<string>> ChangeAsync(AdminClient client)
    {
        var blob = TestBlob.Random(random, 3000);
        Func<Task>[] changes =
        [
            () => client.CallAsync("accounts.update", """{"name":"kept","role":"admin"}"""),
            () => client.PutAsync(blob.Bytes),
            async () =>
            {
                var (status, body) = await client.PostBatchAsync([TestBlob.Random(random, 3000)]);
                if (status != 200)
                {
                    throw new CallFailedException(body["error"]!);
                }
            },
            () => client.DeleteAsync(new string('0', 64)),
        ];
        var names = new List<string>();
        foreach (var change in changes)
        {
            try
            {
                await change();
            }
            catch (CallFailedException e)
            {
                names.Add(e.Name);
            }
        }

        return names;
    }

    private async Task AssertRefusedAsync(AdminClient client, params string[] errors)
    {
        var names = await ChangeAsync(client);
        Assert.Equal(4, names.Count);
        Assert.Subset(errors.ToHashSet(), names.ToHashSet());
    }

    private static async Task AssertReadsAsync(AdminClient client, TestBlob blob)
    {
        Assert.Equal(blob.Bytes, await client.GetAsync(blob.Id));
        Assert.Equal(blob.Bytes, await client.Http.GetByteArrayAsync("/blobs/" + blob.Id));
        Assert.Equal("kept", (string?)(await client.CallAsync("accounts.get", """{"name":"kept"}"""))["name"]);
        Assert.NotEmpty((await client.CallAsync("journal.query"))["entries"]!.AsArray());
        Assert.True((int)(await client.CallAsync("server.status"))["blobs"]! > 0);
    }

    /// <summary>The server finds out by itself that the disk is well, within some seconds.</summary>
    private async Task AssertRecoversAsync(AdminClient client)
    {
        IReadOnlyList<string> names = [];
        for (var deadline = Environment.TickCount64 + 30_000; Environment.TickCount64 < deadline && (names = await ChangeAsync(client)).Count > 0;)
        {
            await Task.Delay(50);
        }

        Assert.Empty(names);
        Assert.Equal("admin", (string?)(await client.CallAsync("accounts.get", """{"name":"kept"}"""))["role"]);
    }

    private static void Overwrite(string path, long offset, long count)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = offset;
        var garbage = new byte[count];
        for (var at = 0; at < garbage.Length; at++)
        {
            garbage[at] = (byte)((at * 37) + 11);
        }

        file.Write(garbage);
        file.Flush(flushToDisk: true);
    }

    private static async Task ShellOrSkipAsync(string script)
    {
        var result = await Command.ShellAsync(script);
        Assert.SkipUnless(result.ExitCode == 0, $"This machine does not let tests change its disks: {result.Error.Trim()}");
    }
}
