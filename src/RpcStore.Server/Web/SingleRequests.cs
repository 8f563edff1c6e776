using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace RpcStore.Server.Web;

/// <summary>Ends an HTTP connection after its first answer where the endpoint takes one message a connection.</summary>
internal static class SingleRequests
{
    /// <summary>Adds <c>Connection: close</c> to every answer of such an endpoint; a WebSocket closes by its session.</summary>
    public static void UseSingleRequests(this IApplicationBuilder application) => application.Use((context, next) =>
    {
        if (context.GetTracked().Connection.Endpoint.IsSingle)
        {
            context.Response.OnStarting(static state => CloseAfterwards((HttpContext)state), context);
        }

        return next(context);
    });

    // When the answer starts, because an error clears the headers that were set before.
    private static Task CloseAfterwards(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Connection = "close";
        }

        return Task.CompletedTask;
    }
}
