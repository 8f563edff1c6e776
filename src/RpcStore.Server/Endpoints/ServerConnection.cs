using System.Net;
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
    private Caller caller = caller;
    private BoundSession? bound;
    private string? remoteHost;

    /// <summary>The endpoint that accepted it.</summary>
    public EndpointUrl Endpoint { get; } = endpoint;

    /// <summary>The endpoint as a text, for the journal.</summary>
    internal string EndpointText => Endpoint.ToString();

    /// <summary>The address on the other side; null where it has none.</summary>
    public string? RemoteAddress { get; } = remoteAddress;

    /// <summary>The address on the other side without its port; null where it has none.</summary>
    public string? RemoteHost => remoteHost ??=
        RemoteAddress is not null && IPEndPoint.TryParse(RemoteAddress, out var remote) ? remote.Address.ToString() : RemoteAddress;

    /// <summary>Who is on the other side now: whose session it is bound to, or whom the connection itself tells.</summary>
    public Caller Caller => Volatile.Read(ref bound)?.Caller ?? Volatile.Read(ref caller);

    /// <summary>Whether a login binds it: each request over HTTP proves itself instead.</summary>
    internal bool IsBindable { get; init; } = true;

    /// <summary>The session that it acts in; null for none.</summary>
    internal BoundSession? Session => Volatile.Read(ref bound);

    /// <summary>Acts in a session from now on.</summary>
    internal void Bind(BoundSession session) => Volatile.Write(ref bound, session);

    /// <summary>Acts as whom the connection itself tells from now on.</summary>
    internal void Unbind() => Volatile.Write(ref bound, null);

    /// <summary>Acts as one of its requests does from now on: that request has taken it over.</summary>
    internal void Become(ServerConnection request)
    {
        Volatile.Write(ref caller, request.caller);
        Volatile.Write(ref bound, request.Session);
    }

    /// <summary>The connection as one HTTP request on it sees it.</summary>
    /// <param name="session">The session that the request proves; null for none.</param>
    /// <param name="countsAsGuest">Whether it is nobody without a session, whoever made the connection.</param>
    internal ServerConnection ForRequest(BoundSession? session, bool countsAsGuest = false)
    {
        var request = new ServerConnection(Endpoint, RemoteAddress, countsAsGuest ? Caller.Guest : caller) { IsBindable = false };
        if (session is not null)
        {
            request.Bind(session);
        }

        return request;
    }
}
