using System.Security.Cryptography;
using RpcStore.Core.Catalog;

namespace RpcStore.Core.Accounts.Passwords;

/// <summary>Passwords as rows of the catalog, in a transaction of the caller.</summary>
/// <param name="session">The transaction.</param>
internal readonly struct PasswordRows(CatalogSession session)
{
    /// <summary>Gives an account a password in place of the one that it has.</summary>
    /// <returns>The id of the one that it had; null when it had none.</returns>
    public string? Replace(string accountId, PasswordHash? password, DateTimeOffset now)
    {
        var former = session.Prepare("select id from account_passwords where account_id = @account")
            .Bind("@account", accountId).FirstOrDefault(row => row.GetString(0));

        // Takes the sessions with it that it opened.
        session.Prepare("delete from account_passwords where account_id = @account").Bind("@account", accountId).Execute();
        if (password is not null)
        {
            session.Prepare(
                """
                insert into account_passwords (id, account_id, scheme, rounds, salt, hash, set_at)
                values (@id, @account, @scheme, @rounds, @salt, @hash, @now)
                """)
                .Bind("@id", RandomNumberGenerator.GetHexString(32, lowercase: true)).Bind("@account", accountId)
                .Bind("@scheme", password.Scheme).Bind("@rounds", (long)password.Rounds).Bind("@salt", password.Salt)
                .Bind("@hash", password.Hash.ToArray()).Bind("@now", now).Execute();
        }

        return former;
    }

    /// <summary>The password of an account, with the account but without its keys.</summary>
    /// <returns>Null when there is no such account, or it has no password.</returns>
    public StoredPassword? Find(string name) => session.Prepare(
        """
        select p.id, p.scheme, p.rounds, p.salt, p.hash,
            a.id, a.version, a.name, a.role, a.disabled, a.created_at, a.updated_at, p.set_at
        from accounts a join account_passwords p on p.account_id = a.id where a.name = @name
        """)
        .Bind("@name", name).FirstOrDefault(Read);

    private static StoredPassword Read(CatalogRow row) => new(
        row.GetString(0),
        new PasswordHash(row.GetString(1), row.GetInt64(2), row.GetBytes(3), row.GetBytes(4)),
        new StoredAccount(
            row.GetString(5),
            row.GetInt64(6),
            new Account
            {
                Name = row.GetString(7),
                Role = AccountTables.ToRole(row.GetString(8)),
                IsDisabled = row.GetBoolean(9),
                CreatedAt = row.GetTime(10),
                UpdatedAt = row.GetTime(11),
                PasswordSetAt = row.GetTime(12),
            }));
}

/// <summary>A password as the catalog keeps it.</summary>
/// <param name="Id">Random; another password of the same account has another.</param>
/// <param name="Hash">What it is compared with.</param>
/// <param name="Account">Whose it is.</param>
internal sealed record StoredPassword(string Id, PasswordHash Hash, StoredAccount Account);
