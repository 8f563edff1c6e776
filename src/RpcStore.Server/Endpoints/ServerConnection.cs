using RpcStore.Contract.Connections;
using RpcStore.JsonRpc;
using RpcStore.Server.Access;

namespace RpcStore.Server.Endpoints;

/// <summary>A connection to this server: where it came in, and who is on the other side. Safe to use from any thread.</summary>
/// <param name="endpoint">The endpoint that accepted it.</param>
/// <param name="remoteAddress">The address on the other side; null where it has none, as on a unix socket.</param>
/// <param name="caller">Who is on the other side, as far as the connection itself tells.</param>
public sealed class ServerConnection(EndpointUrl endpoint, string? remoteAddress, Caller caller) : RpcConnection
{
    /// <summary>The endpoint that accepted it.</summary>
    public EndpointUrl Endpoint { get; } = endpoint;

    /// <summary>The address on the other side; null where it has none.</summary>
    public string? RemoteAddress { get; } = remoteAddress;

    /// <summary>Who is on the other side.</summary>
    public Caller Caller { get; } = caller;
}
