using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Peers;

/// <summary>
/// A server whose scrub does not end by itself: a cancellation comes while it runs, however slow the machine and the client are.
/// </summary>
internal sealed class EndlessServer : IAsyncDisposable
{
    // A file without any blocks, that takes longer to read than anybody waits. Its name is not its digest: reading it to the
    // end would be an answer, and another one than of a call that was cancelled.
    private const string Name = "sha256/ee/ee/eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";
    private const long Length = 1L << 40;

    private readonly TemporaryFolder folder;
    private readonly ServerProcess server;

    private EndlessServer(TemporaryFolder folder, ServerProcess server)
    {
        this.folder = folder;
        this.server = server;
    }

    public string Socket => server.Socket;

    public static async Task<EndlessServer> StartAsync()
    {
        var folder = new TemporaryFolder();
        try
        {
            return new EndlessServer(folder, await StartAsync(folder.Path));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>Has a server make the data directory, puts the file there by hand, and starts it again.</summary>
    private static async Task<ServerProcess> StartAsync(string path)
    {
        string blobs;
        await using (var first = await ServerProcess.StartAsync(path))
        {
            blobs = Path.Combine(first.Data, "blobs");
            Assert.Equal(0, await first.StopAsync());
        }

        var file = Path.Combine(blobs, Name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using (var stream = new FileStream(file, FileMode.CreateNew))
        {
            stream.SetLength(Length);
        }

        File.Delete(Path.Combine(blobs, "index"));
        return await ServerProcess.StartAsync(path);
    }
}
