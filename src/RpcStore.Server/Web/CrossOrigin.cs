using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace RpcStore.Server.Web;

/// <summary>
/// Lets web pages of any origin talk JSON-RPC, read the contract (spec/connections.md, section 5) and use the routes of the flist
/// server. Credentials that a browser keeps are never allowed, so a page can do what a guest can, or whoever gives it a token.
/// </summary>
internal static class CrossOrigin
{
    /// <summary>
    /// Whether a page makes this request that this machine did not show itself. Whoever forwards a local socket to a port, for
    /// their browser, makes every page in it reach that port: such a page is not the person whose socket it is. A page counts as
    /// this machine's own when its address names the machine by a number or as <c>localhost</c>: any other name may be one that
    /// somebody had lead here.
    /// </summary>
    public static bool IsOfAnotherSite(HttpRequest request)
    {
        if (!request.Headers.TryGetValue("Origin", out var origin))
        {
            return false;
        }

        var host = request.Host;
        var isOfThisMachine = host.Host == "localhost" || IPAddress.TryParse(host.Host.Trim('[', ']'), out _);
        return !isOfThisMachine || !origin.ToString().EndsWith($"://{host.Value}", StringComparison.OrdinalIgnoreCase);
    }

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
