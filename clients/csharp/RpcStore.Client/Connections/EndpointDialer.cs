using System.Net.Sockets;
using RpcStore.Contract.Connections;

namespace RpcStore.Client.Connections;

/// <summary>Opens connections to an endpoint: the one place that knows unix from TCP, and TLS.</summary>
internal sealed class EndpointDialer(EndpointUrl endpoint, TimeSpan timeout, TimeProvider time)
{
    private const string HowToStart = ". Is the server running? 'rpcstore serve' starts one";

    /// <summary>Where it connects to.</summary>
    public EndpointUrl Endpoint { get; } = endpoint;

    /// <summary>The authority that HTTP requests name; a unix socket has none of its own.</summary>
    public string HttpAuthority => Endpoint.Scheme == EndpointScheme.Unix ? "localhost" : HostUrl.Authority;

    // What a server listens on when it says `*` is reached on this machine by its loopback address.
    private EndpointUrl HostUrl => Endpoint.Host == "*" ? EndpointUrl.Tcp("localhost", Endpoint.Port) : Endpoint;

    /// <summary>Connects.</summary>
    /// <exception cref="CannotConnectException">Nobody answers there, or not in time.</exception>
    public async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var socket = NewSocket();
        try
        {
            if (Endpoint.Scheme == EndpointScheme.Unix)
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(Endpoint.Path), either.Token).ConfigureAwait(false);
            }
            else
            {
                await socket.ConnectAsync(HostUrl.Host, Endpoint.Port, either.Token).ConfigureAwait(false);
            }

            var stream = new NetworkStream(socket, ownsSocket: true);
            return Endpoint.Scheme == EndpointScheme.Tls
                ? await new TlsDialer(Endpoint).SecureAsync(stream, either.Token).ConfigureAwait(false)
                : stream;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new CannotConnectException(Endpoint, Explain(e) + HowToStart, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new CannotConnectException(Endpoint, $"no answer within {timeout.TotalSeconds:0.#} seconds" + HowToStart, e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Socket NewSocket() => Endpoint.Scheme == EndpointScheme.Unix
        ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private string Explain(SocketException e)
    {
        if (Endpoint.Scheme == EndpointScheme.Unix && !File.Exists(Endpoint.Path))
        {
            return "there is no such socket";
        }

        return e.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "nobody listens there",
            SocketError.AccessDenied => "you may not use this socket",
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"the name '{Endpoint.Host}' is not known",
            _ => char.ToLowerInvariant(e.Message[0]) + e.Message[1..].TrimEnd('.'),
        };
    }
}
