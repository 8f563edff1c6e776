using RpcStore.EndToEnd.Faults;
using RpcStore.EndToEnd.Support;
using static RpcStore.EndToEnd.Faults.DiskTools;

namespace RpcStore.EndToEnd.Flists;

/// <summary>A disk that gets full in the middle of an import.</summary>
public sealed class FullDiskTests : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Random random = new(FaultRun.Seed);

    private string Data => folder.File("data");

    public async ValueTask DisposeAsync()
    {
        await Command.ShellAsync($"umount -l {Data} || true");
        folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_import_that_does_not_fit_is_refused_and_gives_back_what_it_took(bool isFlist)
    {
        await ShellOrSkipAsync(
            $"""
            mkdir {Data}
            truncate -s 96M {folder.File("disk")}
            mkfs.ext4 -q -m 0 {folder.File("disk")}
            mount -o loop {folder.File("disk")} {Data}
            rmdir {Data}/lost+found
            """);
        await using var server = await ServerProcess.StartAsync(folder.Path);
        using var client = new AdminClient(server.Socket);
        (await client.Http.PutFlistAsync("local/kept", TestTree.Tar("a=kept"))).ShouldSucceed();
        var before = await KeptState.ReadAsync(server, client);
        var body = isFlist
            ? [.. await client.Http.GetByteArrayAsync("/flists/local/kept"), .. TestTree.Noise(random, 120 << 20)]
            : TestTree.Tar(Enumerable.Range(0, 30).Select(n => ($"f{n}", TestTree.Noise(random, 4 << 20))).ToArray());
        for (var attempt = 0; attempt < 3; attempt++)
        {
            (await client.Http.PutFlistAsync("local/large", body)).ShouldFail(507, "insufficientStorage", "");
            await before.ShouldReturnAsync(server, client);
        }

        // What fits is taken as before, by this server and the next.
        (await client.Http.PutFlistAsync("local/small", TestTree.Tar(("f", TestTree.Noise(random, 20 << 20))))).ShouldSucceed();
        Assert.Equal("kept", await client.Http.GetStringAsync("/flists/local/kept/files/a"));
        await server.StopAsync();
        await using var next = await ServerProcess.StartAsync(folder.Path);
        using var again = new AdminClient(next.Socket);
        Assert.True((bool)(await again.Http.VerifyFlistAsync("local/small"))["flist"]!["complete"]!);
        await again.Http.DeleteFlistAsync("local/small");
        await before.ShouldReturnAsync(next, again);
    }
}
