using RpcStore.Contract;
using RpcStore.JsonRpc;

namespace RpcStore.Server.Access;

/// <summary>
/// The one place that decides whether a caller may use a method or a route. What the contract asks for (<c>x-access</c>) is
/// compared with what the caller is; a word that is not known lets nobody in.
/// </summary>
public static class AccessPolicy
{
    /// <summary>Decides for one call.</summary>
    /// <param name="access">What the contract asks for: <c>guest</c>, <c>user</c> or <c>admin</c>.</param>
    /// <param name="caller">Who calls.</param>
    /// <returns>Null when it may go on, otherwise what to answer.</returns>
    public static RpcError? Check(string access, Caller caller)
    {
        var required = access switch
        {
            "guest" => Role.Guest,
            "user" => Role.User,
            "admin" => Role.Admin,
            _ => (Role?)null,
        };
        if (required <= caller.Role)
        {
            return null;
        }

        return caller.Role == Role.Guest
            ? ContractErrors.Unauthenticated(
                $"This needs {Article(access)} and the caller is a guest: log in, or connect to the local socket as the server's user.", access)
            : ContractErrors.Forbidden($"This needs {Article(access)}; account '{caller.Account}' is none.", access);
    }

    private static string Article(string access) => access == "admin" ? "an admin" : "a " + access;
}
