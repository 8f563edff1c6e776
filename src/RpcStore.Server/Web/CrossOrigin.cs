using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace RpcStore.Server.Web;

/// <summary>
/// Lets web pages of any origin talk JSON-RPC, read the contract (spec/connections.md, section 5) and use the routes of the flist
/// server. Credentials that a browser keeps are never allowed, so a page can do what a guest can, or whoever gives it a token.
/// </summary>
internal static class CrossOrigin
{
    /// <summary>Adds the headers, and answers preflights (Fetch standard, "CORS protocol").</summary>
    public static void UseCrossOrigin(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var path = context.Request.Path;
        if (!context.Request.Headers.ContainsKey("Origin") || (path != "/rpc" && path != "/openrpc.json" && !path.StartsWithSegments("/api/v1")))
        {
            return next(context);
        }

        // Late, so that it also stands on an answer that replaced another one.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.AccessControlAllowOrigin = "*";
            return Task.CompletedTask;
        });
        if (!HttpMethods.IsOptions(context.Request.Method))
        {
            return next(context);
        }

        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = "GET, POST";
        headers.AccessControlAllowHeaders = path.StartsWithSegments("/api/v1") ? "Content-Type, Authorization" : "Content-Type";
        headers.AccessControlMaxAge = "86400";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    });
}
