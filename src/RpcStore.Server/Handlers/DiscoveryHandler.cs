using RpcStore.Contract;
using RpcStore.JsonRpc;

namespace RpcStore.Server.Handlers;

/// <summary>The methods of <c>rpc</c>.</summary>
internal sealed class DiscoveryHandler : IRpcService
{
    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> DiscoverAsync(CallContext context) => new(ContractInfo.OpenRpcJson);
}
