using RpcStore.Contract;
using RpcStore.Core.Blobs;
using RpcStore.Core.Transfers;
using RpcStore.JsonRpc;
using RpcStore.Server.Endpoints;

namespace RpcStore.Server.Handlers;

/// <summary>The methods of <c>server</c>.</summary>
/// <param name="info">What the server is.</param>
/// <param name="store">The blobs.</param>
/// <param name="transfers">The transfers.</param>
/// <param name="connections">The connections.</param>
/// <param name="time">Measures the time since the start.</param>
internal sealed class ServerHandler(
    ServerInfoSource info, IBlobStore store, TransferRegistry transfers, ConnectionRegistry connections, TimeProvider time)
    : IServerService
{
    private readonly long startedAt = time.GetTimestamp();

    /// <inheritdoc/>
    public ValueTask<ServerInfo> InfoAsync(CallContext context) => new(info.Current);

    /// <inheritdoc/>
    public async ValueTask<ServerStatus> StatusAsync(CallContext context)
    {
        var usage = await store.GetUsageAsync(context.CancellationToken);
        return new ServerStatus
        {
            UptimeSeconds = (long)time.GetElapsedTime(startedAt).TotalSeconds,
            Connections = connections.Count,
            Blobs = usage.Blobs,
            BlobBytes = usage.Bytes,
            FreeBytes = usage.FreeBytes,
            RunningTransfers = transfers.CountRunning(),
        };
    }
}
