using RpcStore.Core.Catalog;

namespace RpcStore.Core.Accounts;

/// <summary>
/// Finds the ids of accounts for tables that refer to them: a name may belong to another account one day, an id does not.
/// </summary>
internal static class AccountIds
{
    /// <summary>The id of an account; null for the built-in one, which has none.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="account">The account's name.</param>
    /// <exception cref="StoreException"><see cref="Fault.NotFound"/>: there is no such account.</exception>
    public static string? FindAccountId(this CatalogSession session, string account) =>
        account == AccountName.Local ? null
        : AccountName.IsReserved(account) ? throw AccountFaults.NoAccount(account)
        : session.Prepare("select id from accounts where name = @name").Bind("@name", account).FirstOrDefault(row => row.GetString(0))
            ?? throw AccountFaults.NoAccount(account);
}
