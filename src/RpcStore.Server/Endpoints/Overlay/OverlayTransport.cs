using System.Net;
using System.Net.NetworkInformation;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace RpcStore.Server.Endpoints.Overlay;

/// <summary>Lets Kestrel listen on overlays: on addresses that come and go while the server runs.</summary>
/// <param name="sockets">Listens on a single address; made when it is first needed.</param>
/// <param name="addresses">The addresses that this machine has now.</param>
/// <param name="log">Where it is told what is listened on.</param>
/// <param name="time">Measures the pauses between looks at the addresses.</param>
internal sealed class OverlayTransport(
    Func<IConnectionListenerFactory> sockets, Func<IEnumerable<IPAddress>> addresses, ILogger<OverlayTransport> log, TimeProvider time)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => endpoint is OverlayEndPoint;

    /// <inheritdoc/>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = new OverlayListener((OverlayEndPoint)endpoint, sockets(), addresses, log, time);
        try
        {
            await listener.StartAsync(cancellationToken);
            return listener;
        }
        catch
        {
            await listener.DisposeAsync();
            throw;
        }
    }

    /// <summary>The addresses of all interfaces of this machine that are up.</summary>
    public static IEnumerable<IPAddress> FindAddresses() =>
        from network in NetworkInterface.GetAllNetworkInterfaces()
        where network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown
        from unicast in network.GetIPProperties().UnicastAddresses
        select unicast.Address;
}
