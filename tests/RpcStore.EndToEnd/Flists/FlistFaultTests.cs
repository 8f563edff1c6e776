using RpcStore.EndToEnd.Faults;

namespace RpcStore.EndToEnd.Flists;

/// <summary>
/// Tests of what goes wrong with flists: afterwards the server keeps what it kept before, on its disk, in the folder of temporary
/// files and in memory.
/// </summary>
public abstract class FlistFaultTests : ServerTests
{
    // What blocks and batches of blobs on their way may take, and what the runtime keeps of that for the next time.
    private const long MemoryAllowed = 256 << 20;

    private KeptState? before;
    private long memoryBefore;

    private string Temporary => Folder.File("tmp");

    protected override string[] Launcher => ["env", "TMPDIR=" + Temporary];

    internal HttpClient Http => Client.Http;

    internal Random Random { get; } = new(FaultRun.Seed);

    public override async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Temporary);
        await base.InitializeAsync();

        // Something that has to stay, which also warms the server up.
        (await Http.PutFlistAsync("local/kept", TestTree.Tar("a=kept", "b=too"))).ShouldSucceed();
        await NoteAsync();
    }

    /// <summary>Notes what the server keeps now.</summary>
    protected async Task NoteAsync()
    {
        before = await KeptState.ReadAsync(Server, Client, Temporary);
        memoryBefore = Server.Memory();
    }

    /// <summary>Does something that must not take much memory while it runs.</summary>
    protected async Task WithinMemoryAsync(Func<Task> action)
    {
        using var ended = new CancellationTokenSource();
        var watching = WatchAsync(ended.Token);
        await action();
        await ended.CancelAsync();
        var most = await watching;
        Assert.True(most - memoryBefore < MemoryAllowed, $"It took {(most - memoryBefore) >> 20} MiB.");
    }

    /// <summary>The server keeps what it kept, serves it, and calls nothing of this its own fault.</summary>
    protected async Task AssertNothingLeftAsync(bool isLogClean = true)
    {
        await before!.ShouldReturnAsync(Server, Client, Temporary);
        Assert.Equal("kept", await Http.GetStringAsync("/flists/local/kept/files/a"));
        Assert.True(Server.Memory() - memoryBefore < MemoryAllowed, $"{Server.Memory() >> 20} MiB, {memoryBefore >> 20} before");
        if (isLogClean)
        {
            Assert.DoesNotContain("fail:", Server.Log, StringComparison.Ordinal);
        }
    }

    private async Task<long> WatchAsync(CancellationToken cancellationToken)
    {
        var most = 0L;
        while (!cancellationToken.IsCancellationRequested)
        {
            most = Math.Max(most, Server.Memory());
            await Task.Delay(20, CancellationToken.None);
        }

        return Math.Max(most, Server.Memory());
    }
}
