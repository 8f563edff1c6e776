using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Faults;

/// <summary>Tests that each have a server of their own, and an admin who is connected to it.</summary>
public abstract class ServerTests : IAsyncLifetime
{
    private ServerProcess? server;
    private AdminClient? client;

    /// <summary>Where the server has its data, and the test its files.</summary>
    internal TemporaryFolder Folder { get; } = new();

    internal ServerProcess Server => server ?? throw new InvalidOperationException("The server was not started.");

    internal AdminClient Client => client ?? throw new InvalidOperationException("The server was not started.");

    /// <summary>What <c>serve</c> is told beside its data and endpoints.</summary>
    protected virtual string[] Options => [];

    /// <summary>The program that becomes the server, with its arguments; empty for none.</summary>
    protected virtual string[] Launcher => [];

    public virtual async ValueTask InitializeAsync() => await StartAsync(Options);

    public async ValueTask DisposeAsync()
    {
        await DisposeServerAsync();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts another server on the same data.</summary>
    /// <param name="more">What it is told beside its data and endpoints; nothing for the same as before.</param>
    protected async Task RestartAsync(params string[] more)
    {
        await DisposeServerAsync();
        await StartAsync(more.Length > 0 ? more : Options);
    }

    private async Task StartAsync(string[] options)
    {
        server = await ServerProcess.StartAsync(Folder.Path, Launcher, options);
        client = new AdminClient(server.Socket);
    }

    private async Task DisposeServerAsync()
    {
        client?.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }
}
