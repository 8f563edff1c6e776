using RpcStore.EndToEnd.Faults;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Flists;

/// <summary>
/// Tests of what goes wrong with flists: afterwards the server keeps what it kept before, on its disk, in the folder of temporary
/// files and in memory.
/// </summary>
public abstract class FlistFaultTests(KeptServer? kept = null) : ServerTests(kept)
{
    // What blocks and batches of blobs on their way may take, and what the runtime keeps of that for the next time.
    private const long MemoryAllowed = 256 << 20;

    private KeptState? before;
    private int logBefore;

    private string Temporary => Folder.File("tmp");

    protected override string[] Launcher => ["env", "TMPDIR=" + Temporary];

    internal HttpClient Http => Client.Http;

    public override async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Temporary);
        await base.InitializeAsync();

        if (Kept.WarmMemory is null)
        {
            await PrepareAsync();
            Kept.WarmMemory = Server.Memory();
        }

        before = await KeptState.ReadAsync(Server, Client, Temporary);
        logBefore = Server.Log.Length;
    }

    /// <summary>Stores what has to stay, which also warms the server up.</summary>
    protected virtual async Task PrepareAsync() =>
        (await Http.PutFlistAsync("local/kept", TestTree.Tar("a=kept", "b=too"))).ShouldSucceed();

    /// <summary>Does something that must not take much memory while it runs.</summary>
    protected async Task WithinMemoryAsync(Func<Task> action)
    {
        using var ended = new CancellationTokenSource();
        var watching = WatchAsync(ended.Token);
        await action();
        await ended.CancelAsync();
        var most = await watching;
        Assert.True(most - Kept.WarmMemory < MemoryAllowed, $"It took {(most - Kept.WarmMemory) >> 20} MiB.");
    }

    /// <summary>The server keeps what it kept, serves it, and calls nothing of this its own fault.</summary>
    protected async Task AssertNothingLeftAsync(bool isLogClean = true)
    {
        await before!.ShouldReturnAsync(Server, Client, Temporary);
        Assert.Equal("kept", await Http.GetStringAsync("/flists/local/kept/files/a"));
        Assert.True(Server.Memory() - Kept.WarmMemory < MemoryAllowed, $"{Server.Memory() >> 20} MiB, {Kept.WarmMemory >> 20} before");
        if (isLogClean)
        {
            Assert.DoesNotContain("fail:", Server.Log[logBefore..], StringComparison.Ordinal);
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
