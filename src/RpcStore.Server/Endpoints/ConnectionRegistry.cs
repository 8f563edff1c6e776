using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using RpcStore.Server.Configuration;

namespace RpcStore.Server.Endpoints;

/// <summary>
/// Every open connection: counts them against the limit, closes those that are idle or too slow, and stops them all. One
/// timer looks after all connections, so that an idle one costs memory only. Safe to use from any thread.
/// </summary>
internal sealed class ConnectionRegistry : IDisposable
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<TrackedConnection, byte> connections = new();
    private readonly ServerLimits limits;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private readonly SurgeMemory memory = new();
    private int open;
    private int maxConnections;
    private volatile bool stopping;

    public ConnectionRegistry(ServerLimits limits, TimeProvider time)
    {
        this.limits = limits;
        this.time = time;
        maxConnections = limits.MaxConnections;
        timer = time.CreateTimer(_ => Watch(), null, WatchInterval, WatchInterval);
    }

    /// <summary>Connections open now.</summary>
    public int Count => Volatile.Read(ref open);

    /// <summary>Connections open at once; fewer than there are closes none.</summary>
    public int MaxConnections
    {
        get => Volatile.Read(ref maxConnections);
        set => Volatile.Write(ref maxConnections, value);
    }

    /// <summary>Counts a connection in.</summary>
    /// <returns>Null when the limit is reached, or the server stops: the caller tells the peer and closes.</returns>
    public TrackedConnection? TryOpen(ConnectionContext transport, ServerConnection connection)
    {
        if (stopping)
        {
            return null;
        }

        var count = Interlocked.Increment(ref open);
        if (count > MaxConnections)
        {
            Interlocked.Decrement(ref open);
            return null;
        }

        memory.Opened(count);
        var tracked = new TrackedConnection(transport, connection, time.GetTimestamp());
        connections.TryAdd(tracked, 0);
        if (stopping)
        {
            tracked.Stop();
        }

        return tracked;
    }

    /// <summary>Counts it out.</summary>
    public void Close(TrackedConnection tracked)
    {
        if (connections.TryRemove(tracked, out _))
        {
            Interlocked.Decrement(ref open);
        }
    }

    /// <summary>Stops every connection: calls that run are answered, no further one is read.</summary>
    public void StopAll()
    {
        stopping = true;
        foreach (var (tracked, _) in connections)
        {
            tracked.Stop();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private void Watch()
    {
        foreach (var (tracked, _) in connections)
        {
            tracked.Watch(time, limits.ConnectionIdle, limits.Message);
        }

        memory.Observe(Count);
    }
}
