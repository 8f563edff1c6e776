using System.Net;
using RpcStore.Contract.Connections;

namespace RpcStore.Server.Endpoints.Overlay;

/// <summary>What Kestrel is told to listen on for <c>overlay://PREFIX/LENGTH:PORT</c>.</summary>
/// <param name="url">The endpoint.</param>
internal sealed class OverlayEndPoint(EndpointUrl url) : EndPoint
{
    /// <summary>The endpoint.</summary>
    public EndpointUrl Url { get; } = url;

    /// <summary>The addresses that it is about.</summary>
    public IPNetwork Prefix { get; } = url.Prefix ?? throw new ArgumentException("This endpoint is no overlay.", nameof(url));

    /// <inheritdoc/>
    public override string ToString() => Url.ToString();
}
