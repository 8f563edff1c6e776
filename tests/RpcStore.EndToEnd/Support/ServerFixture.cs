using System.Net.Sockets;
using System.Text;

namespace RpcStore.EndToEnd.Support;

/// <summary>One server for the tests of a class, which keep out of each other's way by using blobs of their own.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private ServerProcess? server;

    internal ServerProcess Server => server ?? throw new InvalidOperationException("The server was not started.");

    internal string Socket => Server.Socket;

    public async ValueTask InitializeAsync() => server = await ServerProcess.StartAsync(folder.Path);

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        folder.Dispose();
    }

    /// <summary>An HTTP client on the unix socket: an admin.</summary>
    internal HttpClient CreateHttpClient() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://localhost"),
    };

    /// <summary>An HTTP client on the TCP port: a guest.</summary>
    internal HttpClient CreateGuestHttpClient() => new() { BaseAddress = new Uri($"http://127.0.0.1:{Server.Port}") };

    /// <summary>Sends bytes on a new connection to the socket, ends its sending side, and gives back all that comes.</summary>
    internal async Task<string> ConverseAsync(ReadOnlyMemory<byte> bytes, bool halfClose = true)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket));
        await using var stream = new NetworkStream(socket);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var received = new MemoryStream();
        var reading = stream.CopyToAsync(received, patience.Token);
        try
        {
            await stream.WriteAsync(bytes, patience.Token);
            if (halfClose)
            {
                socket.Shutdown(SocketShutdown.Send);
            }
        }
        catch (IOException)
        {
            // The server refused before everything was sent; what it said is what counts.
        }

        try
        {
            await reading;
        }
        catch (IOException) when (received.Length > 0)
        {
            // Closed with unread bytes of ours: a reset after the reply.
        }

        return Encoding.UTF8.GetString(received.ToArray());
    }

    internal Task<string> ConverseAsync(string text, bool halfClose = true) => ConverseAsync(Encoding.UTF8.GetBytes(text), halfClose);
}
