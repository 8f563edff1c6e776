using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using RpcStore.Contract;
using RpcStore.Digests;
using RpcStore.JsonRpc;
using RpcStore.Server.Endpoints;
using RpcStore.Server.Journaling;

namespace RpcStore.Server.Web;

/// <summary>What the routes ask of a request.</summary>
internal static class HttpContextExtensions
{
    /// <summary>The connection that the request came in on.</summary>
    public static TrackedConnection GetTracked(this HttpContext context) =>
        context.Features.Get<TrackedConnection>() ?? throw new InvalidOperationException("The connection is not tracked.");

    /// <summary>Where the request came in, and who makes it.</summary>
    public static ServerConnection GetConnection(this HttpContext context) =>
        context.Features.Get<ServerConnection>() ?? throw new InvalidOperationException("The request did not come through the guard.");

    /// <summary>The record of the request.</summary>
    public static ActionRecord GetAction(this HttpContext context) =>
        context.Features.Get<ActionRecord>() ?? throw new InvalidOperationException("The request did not come through the guard.");

    /// <summary>A part of the path.</summary>
    public static string GetPathValue(this HttpContext context, string name) =>
        context.GetRouteValue(name) as string ?? throw new InvalidOperationException($"The route has no '{name}'.");

    /// <summary>The blob id in the path.</summary>
    /// <exception cref="RpcException">It is none.</exception>
    public static BlobId GetPathId(this HttpContext context) => ParseId(context.GetPathValue("id"), "/id");

    /// <summary>Reads a blob id.</summary>
    /// <exception cref="RpcException">It is none.</exception>
    public static BlobId ParseId(string text, string pointer) =>
        BlobId.TryParse(text, out var id)
            ? id
            : throw InvalidParam(pointer, "not a blob id: 64 lower-case hex digits, or 'blake2b-' and 64 of them");

    /// <summary>The error for a malformed part of a request.</summary>
    public static RpcException InvalidParam(string pointer, string reason) => new(ContractErrors.InvalidParams(
        $"{pointer}: {reason}.", pointer, reason));

    /// <summary>Lets a body be as long as it is: the engine that reads it keeps the limits.</summary>
    public static void AllowAnyBodySize(this HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = null;
        }
    }
}
