namespace RpcStore.EndToEnd.Support;

/// <summary>A server that goes from test to test. Who finds it ended starts it again, on the same data.</summary>
public sealed class KeptServer : IAsyncDisposable
{
    /// <summary>Where the server has its data, and the tests their files.</summary>
    internal TemporaryFolder Folder { get; } = new();

    /// <summary>The server; null until a test started it.</summary>
    internal ServerProcess? Running { get; private set; }

    /// <summary>Bytes of memory that it had when it was prepared and warm; null before.</summary>
    internal long? WarmMemory { get; set; }

    /// <summary>Tests that it had so far.</summary>
    internal int Tests { get; set; }

    /// <summary>Starts it unless it runs.</summary>
    /// <param name="launcher">The program that becomes the server, with its arguments; empty for none.</param>
    /// <param name="options">What <c>serve</c> is told beside its data and endpoints.</param>
    internal async Task StartAsync(string[] launcher, string[] options)
    {
        if (Running is { HasExited: true })
        {
            await EndAsync();
        }

        Running ??= await ServerProcess.StartAsync(Folder.Path, launcher, options);
    }

    /// <summary>Kills it if it runs.</summary>
    internal async Task EndAsync()
    {
        if (Running is { } server)
        {
            Running = null;
            await server.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Folder.Dispose();
    }
}
