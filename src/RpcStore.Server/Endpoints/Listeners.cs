using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using RpcStore.Contract.Connections;
using RpcStore.Server.Endpoints.Overlay;
using RpcStore.Server.Endpoints.Tls;
using RpcStore.Server.Service;

namespace RpcStore.Server.Endpoints;

/// <summary>The endpoints that were asked for, as Kestrel listens on them.</summary>
/// <param name="asked">What was asked for.</param>
/// <param name="inherited">What listens already.</param>
/// <param name="certificate">The certificate for those with TLS; null when there is none.</param>
internal sealed class Listeners(
    IReadOnlyList<EndpointUrl> asked, IReadOnlyList<InheritedSocket> inherited, CertificateSource? certificate)
{
    private readonly List<(EndpointUrl Url, ListenOptions Options)> listening = [];

    /// <summary>Where the server listens, with the ports that the system picked. Complete once it has started.</summary>
    public IReadOnlyList<EndpointUrl> Endpoints => [.. listening.Select(one => WithPort(one.Url, one.Options.IPEndPoint)).Distinct()];

    /// <summary>Tells Kestrel where to listen.</summary>
    /// <param name="kestrel">What to configure.</param>
    /// <param name="serve">Serves a connection of an endpoint; the last argument serves HTTP/1.1 on it.</param>
    /// <exception cref="ServerStartException">An endpoint cannot be listened on.</exception>
    public void Configure(KestrelServerOptions kestrel, Func<EndpointUrl, ConnectionContext, ConnectionDelegate, Task> serve)
    {
        foreach (var url in asked.Select(url => url.Scheme == EndpointScheme.Unix ? url.WithPath(Path.GetFullPath(url.Path)) : url))
        {
            foreach (var endPoint in Resolve(url))
            {
                kestrel.Listen(endPoint, options => ConfigureOne(url, options, serve));
            }
        }

        foreach (var socket in inherited)
        {
            kestrel.ListenHandle((ulong)socket.Descriptor, options => ConfigureOne(socket.Url, options, serve));
        }

        kestrel.Listen(Http2Handoff.EndPoint, options => options.Protocols = HttpProtocols.Http2);
    }

    /// <summary>The SHA-256 of the certificate; null when there is none.</summary>
    public string? CertificateFingerprint => certificate?.Fingerprint;

    private void ConfigureOne(
        EndpointUrl url, ListenOptions options, Func<EndpointUrl, ConnectionContext, ConnectionDelegate, Task> serve)
    {
        options.Protocols = HttpProtocols.Http1;
        if (url.Scheme == EndpointScheme.Tls)
        {
            AddTls(url, options);
        }

        options.Use(next => connection => serve(WithPort(url, connection.LocalEndPoint), connection, next));
        listening.Add((url, options));
    }

    private void AddTls(EndpointUrl url, ListenOptions options)
    {
        var source = certificate ?? throw new ServerStartException(
            $"Cannot listen on {url} without a certificate: give --tls-certificate and --tls-key, or --tls-self-signed for a first try.");
        options.Protocols = HttpProtocols.Http1AndHttp2;
        options.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => new(source.Handshake) });
        options.Use(next => connection => TlsFarewell.ServeAsync(connection, next));
    }

    private static IEnumerable<EndPoint> Resolve(EndpointUrl url)
    {
        switch (url.Scheme)
        {
            case EndpointScheme.Unix:
                return [new UnixDomainSocketEndPoint(url.Path)];
            case EndpointScheme.Overlay:
                return [new OverlayEndPoint(url)];
            case EndpointScheme.Tcp or EndpointScheme.Tls when url.Host == "*":
                return [new IPEndPoint(Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, url.Port)];
            case EndpointScheme.Tcp or EndpointScheme.Tls when IPAddress.TryParse(url.Host, out var address):
                return [new IPEndPoint(address, url.Port)];
            case EndpointScheme.Tcp or EndpointScheme.Tls:
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

    private static EndpointUrl WithPort(EndpointUrl url, EndPoint? bound) =>
        url.Port == 0 && bound is IPEndPoint { Port: var port } ? url.WithPort(port) : url;
}
