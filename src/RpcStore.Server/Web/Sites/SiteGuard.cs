using System.Text;
using Microsoft.AspNetCore.Http;
using RpcStore.Core.Accounts.Sessions;
using RpcStore.JsonRpc;
using RpcStore.Server.Access;
using RpcStore.Server.Endpoints;

namespace RpcStore.Server.Web.Sites;

/// <summary>Finds the session of somebody who gives a name and a password (RFC 7617).</summary>
/// <param name="user">The name.</param>
/// <param name="password">The password.</param>
/// <param name="connection">Where the request came in.</param>
/// <param name="cancellationToken">Ends it.</param>
/// <returns>Null when they are not known, or the password is wrong.</returns>
internal delegate ValueTask<BoundSession?> AuthenticateBasicAsync(
    string user, string password, ServerConnection connection, CancellationToken cancellationToken);

/// <summary>Finds out who reads a site, and whether they may.</summary>
/// <param name="sessions">Where tokens are known.</param>
/// <param name="basic">Knows passwords; null where there are none.</param>
internal sealed class SiteGuard(SessionRegistry sessions, AuthenticateBasicAsync? basic)
{
    private const string BasicScheme = "Basic ";

    /// <summary>Who asks. Whoever names themselves must be known, also where a guest might read.</summary>
    /// <exception cref="RpcException"><c>unauthenticated</c>.</exception>
    public async ValueTask<ServerConnection> IdentifyAsync(HttpContext context)
    {
        var connection = context.GetTracked().Connection;
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return connection;
        }

        var text = header.ToString();
        if (basic is null || !text.StartsWith(BasicScheme, StringComparison.OrdinalIgnoreCase))
        {
            return connection.ForRequest(BearerToken.Find(header, sessions));
        }

        var session = TryDecode(text.AsSpan(BasicScheme.Length).Trim(), out var user, out var password)
            ? await basic(user, password, connection, context.RequestAborted)
            : null;
        return connection.ForRequest(session ?? throw new RpcException(
            RpcStore.Contract.ContractErrors.Unauthenticated("The name or the password is wrong.")));
    }

    /// <summary>Whether they may read a site.</summary>
    /// <returns>Null when they may, otherwise what to answer.</returns>
    public static RpcError? Check(SiteSlot site, ServerConnection connection) =>
        site.Options.IsPublic ? null : AccessPolicy.Check("user", connection.Caller);

    /// <summary>Says how to name oneself.</summary>
    public void Challenge(HttpResponse response)
    {
        response.Headers.Append("WWW-Authenticate", "Bearer");
        if (basic is not null)
        {
            response.Headers.Append("WWW-Authenticate", "Basic realm=\"RpcStore\", charset=\"UTF-8\"");
        }
    }

    private static bool TryDecode(ReadOnlySpan<char> text, out string user, out string password)
    {
        (user, password) = ("", "");
        Span<byte> bytes = stackalloc byte[1024];
        if (text.Length > 1024 || !Convert.TryFromBase64Chars(text, bytes, out var length))
        {
            return false;
        }

        var pair = Encoding.UTF8.GetString(bytes[..length]);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return false;
        }

        (user, password) = (pair[..colon], pair[(colon + 1)..]);
        return true;
    }
}
