using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace RpcStore.Server.Endpoints.Overlay;

/// <summary>
/// Listens on every address of this machine inside a prefix, and follows as addresses come and go: an overlay's daemon often
/// starts after the server, and may be given another address. Connections that were accepted are left alone.
/// </summary>
/// <remarks>
/// The addresses are looked at once a second; nothing else than that loop changes what is bound, so that it needs no lock.
/// </remarks>
internal sealed class OverlayListener(
    OverlayEndPoint endPoint, IConnectionListenerFactory sockets, Func<IEnumerable<IPAddress>> addresses, ILogger log, TimeProvider time)
    : IConnectionListener
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    // A connection waits here only until Kestrel's accept loop comes around.
    private readonly Channel<ConnectionContext> accepted = Channel.CreateUnbounded<ConnectionContext>();
    private readonly CancellationTokenSource stop = new();
    private readonly Dictionary<IPEndPoint, Bound> bound = [];
    private readonly HashSet<IPEndPoint> failing = [];
    private Task following = Task.CompletedTask;
    private bool isWaiting;

    /// <inheritdoc/>
    public EndPoint EndPoint => endPoint;

    /// <summary>Binds what can be bound now, and begins to follow.</summary>
    /// <exception cref="ServerStartException">There is an address, and it cannot be listened on.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await LookAsync(isStarting: true, cancellationToken);
        following = FollowAsync();
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await accepted.Reader.WaitToReadAsync(cancellationToken))
        {
            if (accepted.Reader.TryRead(out var connection))
            {
                return connection;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await stop.CancelAsync();
        await following;
        foreach (var address in bound.Keys.ToArray())
        {
            await UnbindAsync(address);
        }

        accepted.Writer.TryComplete();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        while (accepted.Reader.TryRead(out var connection))
        {
            connection.Abort();
            await connection.DisposeAsync();
        }

        stop.Dispose();
    }

    private async Task FollowAsync()
    {
        using var timer = new PeriodicTimer(LookInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                await LookAsync(isStarting: false, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>Makes what is bound agree with the addresses that there are.</summary>
    private async Task LookAsync(bool isStarting, CancellationToken cancellationToken)
    {
        if (FindAddresses(isStarting) is not { } present)
        {
            return;
        }

        foreach (var (address, listener) in bound.ToArray())
        {
            if (!present.Contains(address))
            {
                await UnbindAsync(address);
                log.OverlayLeft(endPoint.Url, address);
            }
            else if (listener.Accepting.IsCompleted)
            {
                // It broke, which was told; the next lines bind it again.
                await UnbindAsync(address);
            }
        }

        failing.IntersectWith(present);
        foreach (var address in present.Where(address => !bound.ContainsKey(address)))
        {
            await BindAsync(address, isStarting, cancellationToken);
        }

        if (bound.Count == 0 && !isWaiting)
        {
            log.OverlayWaits(endPoint.Url);
        }

        isWaiting = bound.Count == 0;
    }

    /// <summary>The addresses inside the prefix; null when the system could not tell just now.</summary>
    private HashSet<IPEndPoint>? FindAddresses(bool isStarting)
    {
        try
        {
            return [.. addresses().Where(endPoint.Prefix.Contains).Select(address => new IPEndPoint(address, endPoint.Url.Port))];
        }
        catch (NetworkInformationException e) when (!isStarting)
        {
            // An interface that vanishes while it is looked at; the next look tells.
            log.OverlayUnknown(endPoint.Url, e.Message);
            return null;
        }
    }

    private async Task BindAsync(IPEndPoint address, bool isStarting, CancellationToken cancellationToken)
    {
        try
        {
            var listener = await sockets.BindAsync(address, cancellationToken);
            bound.Add(address, new Bound(listener, AcceptAllAsync(address, listener)));
            failing.Remove(address);
            log.OverlayListens(endPoint.Url, address);
        }
        catch (ServerStartException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.AddressNotAvailable })
        {
            // A new IPv6 address is tentative until no neighbour was found to have it (RFC 4862, section 5.4): a second or two.
        }
        catch (Exception e) when (!isStarting && e is (ServerStartException or IOException or SocketException))
        {
            if (failing.Add(address))
            {
                log.OverlayFailed(endPoint.Url, address, e.Message);
            }
        }
    }

    private async Task AcceptAllAsync(IPEndPoint address, IConnectionListener listener)
    {
        try
        {
            while (await listener.AcceptAsync() is { } connection)
            {
                if (!accepted.Writer.TryWrite(connection))
                {
                    connection.Abort();
                    await connection.DisposeAsync();
                }
            }
        }
        catch (SocketException e)
        {
            log.OverlayFailed(endPoint.Url, address, e.Message);
        }
    }

    private async Task UnbindAsync(IPEndPoint address)
    {
        if (bound.Remove(address, out var one))
        {
            await one.Listener.UnbindAsync();
            await one.Accepting;
            await one.Listener.DisposeAsync();
        }
    }

    /// <summary>An address that is listened on.</summary>
    private sealed record Bound(IConnectionListener Listener, Task Accepting);
}
