using RpcStore.Contract;
using RpcStore.Contract.Connections;
using RpcStore.Server.Configuration;

namespace RpcStore.Server.Handlers;

/// <summary>What the server is, as the contract writes it.</summary>
internal static class ServerInfoWire
{
    /// <summary>The answer of <c>server.info</c>.</summary>
    public static ServerInfo Create(string serverId, ServerLimits limits, IReadOnlyList<EndpointUrl> endpoints) => new()
    {
        Name = "RpcStore",
        Version = ContractInfo.Version,
        ServerId = serverId,
        Limits = ToWire(limits),
        DigestFunctions = [DigestFunction.Sha256, DigestFunction.Blake2b],
        Endpoints = [.. endpoints.Select(url => url.ToString())],
    };

    private static Limits ToWire(ServerLimits limits) => new()
    {
        MaxMessageBytes = limits.MaxMessageBytes,
        MaxMessageDepth = limits.MaxMessageDepth,
        MaxBatchCalls = limits.MaxBatchCalls,
        MaxConcurrentCalls = limits.MaxConcurrentCalls,
        MaxConnections = limits.MaxConnections,
        ConnectionIdleSeconds = (long)limits.ConnectionIdle.TotalSeconds,
        MessageSeconds = (long)limits.Message.TotalSeconds,
        MaxInlineBlobBytes = limits.MaxInlineBlobBytes,
        MaxBlobBytes = limits.MaxBlobBytes,
        MaxBatchEntries = limits.MaxBatchEntries,
        MaxBatchBytes = limits.MaxBatchBytes,
        MaxBlockBytes = limits.MaxBlockBytes,
        MaxTransfers = limits.MaxTransfers,
        TransferSeconds = (long)limits.Transfer.TotalSeconds,
        MaxFlistBytes = limits.Flists.MaxFlistBytes,
        MaxFlistInodes = limits.Flists.MaxInodes,
        MaxFlistFileBytes = limits.Flists.MaxFileBytes,
        MaxArchiveBytes = limits.Flists.MaxArchiveBytes,
    };
}
