using Microsoft.Extensions.Primitives;
using RpcStore.Contract;
using RpcStore.Core.Accounts.Sessions;
using RpcStore.JsonRpc;

namespace RpcStore.Server.Access;

/// <summary>Finds the session of an <c>Authorization</c> header (RFC 6750, section 2.1).</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    /// <summary>Finds it.</summary>
    /// <param name="header">The header's values.</param>
    /// <param name="sessions">Where sessions are.</param>
    /// <returns>Null when there is no such header.</returns>
    /// <exception cref="RpcException"><c>unauthenticated</c>: the header is another, or its session is not open.</exception>
    public static BoundSession? Find(StringValues header, SessionRegistry sessions)
    {
        if (header.Count == 0)
        {
            return null;
        }

        var text = header.ToString();
        return text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && sessions.Find(text.AsSpan(Scheme.Length).Trim()) is { } session
            ? new BoundSession(sessions, session)
            : throw new RpcException(Refuse());
    }

    /// <summary>What whoever sends a token that is not open is told; it does not say whether it ever was.</summary>
    public static RpcError Refuse() =>
        ContractErrors.Unauthenticated("The token is not that of an open session: it has ended or expired. Log in again.");
}
