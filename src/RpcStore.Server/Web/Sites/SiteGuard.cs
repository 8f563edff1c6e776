using Microsoft.AspNetCore.Http;
using RpcStore.Contract;
using RpcStore.JsonRpc;
using RpcStore.Server.Access;
using RpcStore.Server.Endpoints;

namespace RpcStore.Server.Web.Sites;

/// <summary>Finds out who reads a site, and whether they may.</summary>
/// <param name="credentials">Where tokens and passwords are known.</param>
internal sealed class SiteGuard(RequestCredentials credentials)
{
    /// <summary>Who asks. Whoever names themselves must be known, also where a guest might read.</summary>
    /// <exception cref="RpcException"><c>unauthenticated</c>.</exception>
    /// <exception cref="Core.StoreException">The password is wrong, or was tried too often.</exception>
    public ValueTask<ServerConnection> IdentifyAsync(HttpContext context)
    {
        // Most readers say nothing of themselves.
        var connection = context.GetTracked().Connection;
        return context.Request.Headers.Authorization.Count == 0 ? new(connection) : FindAsync(context, connection);
    }

    /// <summary>Whether they may read a site.</summary>
    /// <returns>Null when they may, otherwise what to answer.</returns>
    public static RpcError? Check(SiteSlot site, ServerConnection connection) =>
        site.Options.IsPublic ? null : AccessPolicy.Check("user", connection.Caller);

    /// <summary>
    /// Refuses a script that would stand between readers and everything on the server's own addresses, <c>/openrpc</c>, where
    /// people log in, included: a service worker reaches as far as the folder that it comes from.
    /// </summary>
    /// <returns>Null when it is none, otherwise what to answer.</returns>
    public static RpcError? CheckWorker(SiteSlot site, IHeaderDictionary headers) =>
        site.Address.Prefix == "/" && headers["Service-Worker"].Count > 0
            ? ContractErrors.Forbidden("A site at / runs no service worker, which could reach the server's own pages. Give the site a domain.")
            : null;

    /// <summary>Says how to name oneself: browsers and WebDAV clients have names and passwords, programs tokens.</summary>
    public static void Challenge(HttpResponse response)
    {
        response.Headers.Append("WWW-Authenticate", "Bearer");
        response.Headers.Append("WWW-Authenticate", RequestCredentials.BasicChallenge);
    }

    private async ValueTask<ServerConnection> FindAsync(HttpContext context, ServerConnection connection) =>
        connection.ForRequest(await credentials.FindAsync(context, connection.RemoteHost));
}
