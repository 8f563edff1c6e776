using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Faults;

/// <summary>Tests with an admin who is connected to a server.</summary>
/// <param name="kept">The server that the tests of the class share; without one each has a server of its own.</param>
public abstract class ServerTests(KeptServer? kept = null) : IAsyncLifetime
{
    private readonly bool isShared = kept is not null;
    private readonly KeptServer kept = kept ?? new KeptServer();
    private AdminClient? client;

    /// <summary>The server.</summary>
    internal KeptServer Kept => kept;

    /// <summary>Random choices of this test alone: a server that is shared has what earlier ones stored.</summary>
    internal Random Random { get; } = new(FaultRun.Seed + (kept is null ? 0 : kept.Tests++));

    /// <summary>Where the server has its data, and the test its files.</summary>
    internal TemporaryFolder Folder => kept.Folder;

    internal ServerProcess Server => kept.Running ?? throw new InvalidOperationException("The server was not started.");

    internal AdminClient Client => client ?? throw new InvalidOperationException("The server was not started.");

    /// <summary>What <c>serve</c> is told beside its data and endpoints.</summary>
    protected virtual string[] Options => [];

    /// <summary>The program that becomes the server, with its arguments; empty for none.</summary>
    protected virtual string[] Launcher => [];

    public virtual async ValueTask InitializeAsync() => await StartAsync(Options);

    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        if (!isShared)
        {
            await kept.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Starts another server on the same data.</summary>
    /// <param name="more">What it is told beside its data and endpoints; nothing for the same as before.</param>
    protected async Task RestartAsync(params string[] more)
    {
        client?.Dispose();
        await kept.EndAsync();
        await StartAsync(more.Length > 0 ? more : Options);
    }

    private async Task StartAsync(string[] options)
    {
        await kept.StartAsync(Launcher, options);
        client = new AdminClient(Server.Socket);
    }
}
