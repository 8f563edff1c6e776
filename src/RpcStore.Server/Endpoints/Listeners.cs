using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using RpcStore.Contract.Connections;

namespace RpcStore.Server.Endpoints;

/// <summary>The endpoints that were asked for, as Kestrel listens on them.</summary>
/// <param name="asked">What was asked for.</param>
internal sealed class Listeners(IReadOnlyList<EndpointUrl> asked)
{
    private readonly List<(EndpointUrl Url, ListenOptions Options)> listening = [];

    /// <summary>Where the server listens, with the ports that the system picked. Complete once it has started.</summary>
    public IReadOnlyList<EndpointUrl> Endpoints => [.. listening.Select(one => WithPort(one.Url, one.Options)).Distinct()];

    /// <summary>Tells Kestrel where to listen.</summary>
    /// <param name="kestrel">What to configure.</param>
    /// <param name="serve">Serves a connection of an endpoint; the last argument serves HTTP/1.1 on it.</param>
    /// <exception cref="ServerStartException">An endpoint cannot be listened on.</exception>
    public void Configure(KestrelServerOptions kestrel, Func<EndpointUrl, ConnectionContext, ConnectionDelegate, Task> serve)
    {
        foreach (var url in asked)
        {
            foreach (var endPoint in Resolve(url))
            {
                kestrel.Listen(endPoint, options =>
                {
                    options.Protocols = HttpProtocols.Http1;
                    options.Use(next => connection => serve(url, connection, next));
                    listening.Add((url, options));
                });
            }
        }

        kestrel.Listen(Http2Handoff.EndPoint, options => options.Protocols = HttpProtocols.Http2);
    }

    private static IEnumerable<EndPoint> Resolve(EndpointUrl url)
    {
        switch (url.Scheme)
        {
            case EndpointScheme.Unix:
                return [new UnixDomainSocketEndPoint(Path.GetFullPath(url.Path))];
            case EndpointScheme.Tcp when url.Host == "*":
                return [new IPEndPoint(Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, url.Port)];
            case EndpointScheme.Tcp when IPAddress.TryParse(url.Host, out var address):
                return [new IPEndPoint(address, url.Port)];
            case EndpointScheme.Tcp:
                return ResolveName(url);
            default:
                throw new ServerStartException(
                    $"Cannot listen on {url}: write tcp://{url.Authority}. Every endpoint speaks HTTP and WebSocket too.");
        }
    }

    private static IEnumerable<EndPoint> ResolveName(EndpointUrl url)
    {
        try
        {
            var addresses = Dns.GetHostAddresses(url.Host);

            // A port that the system picks is another one for each address, so one address has to do.
            return addresses.Take(url.Port == 0 ? 1 : addresses.Length).Select(address => new IPEndPoint(address, url.Port));
        }
        catch (SocketException e)
        {
            throw new ServerStartException($"Cannot listen on {url}: the name '{url.Host}' is not known ({e.Message}).", e);
        }
    }

    private static EndpointUrl WithPort(EndpointUrl url, ListenOptions options) =>
        url.Port == 0 && options.IPEndPoint is { } bound ? EndpointUrl.Tcp(url.Host, bound.Port)
        : url.Scheme == EndpointScheme.Unix ? EndpointUrl.Unix(Path.GetFullPath(url.Path))
        : url;
}
