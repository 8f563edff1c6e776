using System.Security.Cryptography;
using RpcStore.Core.Catalog;
using RpcStore.Keys;

namespace RpcStore.Core.Accounts;

/// <summary>Accounts and keys as rows of the catalog, in a transaction of the caller.</summary>
/// <param name="session">The transaction.</param>
internal readonly struct AccountRows(CatalogSession session)
{
    private const string Columns =
        "id, name, role, disabled, created_at, updated_at, version, "
        + "(select p.set_at from account_passwords p where p.account_id = accounts.id)";

    /// <summary>An account, with its keys.</summary>
    /// <exception cref="StoreException"><see cref="Fault.NotFound"/>: there is none.</exception>
    public StoredAccount Get(string name)
    {
        var stored = Find(name) ?? throw AccountFaults.NoAccount(name);
        var keys = session.Prepare(
            """
            select account_id, public_key, label, added_at, last_used_at from account_keys
            where account_id = @id order by added_at, fingerprint
            """)
            .Bind("@id", stored.Id).ToList(row => ReadKey(row).Key);
        return stored with { Account = stored.Account with { Keys = keys } };
    }

    /// <summary>Accounts whose names come after another's, with their keys, in the order of the names.</summary>
    public List<Account> List(string after, int limit)
    {
        const string Page = "from accounts where name > @after order by name limit @limit";
        var page = session.Prepare($"select {Columns} {Page}").Bind("@after", after).Bind("@limit", limit).ToList(ReadAccount);
        var keys = session.Prepare(
            $"""
            select account_id, public_key, label, added_at, last_used_at from account_keys
            where account_id in (select id {Page}) order by added_at, fingerprint
            """)
            .Bind("@after", after).Bind("@limit", limit).ToList(ReadKey).ToLookup(row => row.AccountId, row => row.Key);
        return [.. page.Select(stored => stored.Account with { Keys = [.. keys[stored.Id]] })];
    }

    /// <summary>Adds an account without keys.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="StoreException"><see cref="Fault.Conflict"/>: there is one of this name.</exception>
    public string Insert(string name, AccountRole role, DateTimeOffset now)
    {
        if (Find(name) is not null)
        {
            throw AccountFaults.AccountExists(name);
        }

        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        session.Prepare(
            """
            insert into accounts (id, name, role, disabled, version, created_at, updated_at)
            values (@id, @name, @role, 0, 1, @now, @now)
            """)
            .Bind("@id", id).Bind("@name", name).Bind("@role", AccountTables.ToText(role)).Bind("@now", now).Execute();
        return id;
    }

    /// <summary>Changes an account; its version goes up.</summary>
    public void Update(string id, AccountRole role, bool isDisabled, DateTimeOffset now) => session.Prepare(
        "update accounts set role = @role, disabled = @disabled, version = version + 1, updated_at = @now where id = @id")
        .Bind("@id", id).Bind("@role", AccountTables.ToText(role)).Bind("@disabled", isDisabled).Bind("@now", now).Execute();

    /// <summary>Removes an account with its keys and sessions.</summary>
    public void Delete(string id) => session.Prepare("delete from accounts where id = @id").Bind("@id", id).Execute();

    /// <summary>Gives a key to an account.</summary>
    /// <exception cref="StoreException"><see cref="Fault.Conflict"/>: it belongs to one.</exception>
    public void InsertKey(string id, NewKey key, DateTimeOffset now)
    {
        var owner = session.Prepare(
            "select a.name from account_keys k join accounts a on a.id = k.account_id where k.fingerprint = @fingerprint")
            .Bind("@fingerprint", key.Key.Fingerprint).FirstOrDefault(row => row.GetString(0));
        if (owner is not null)
        {
            throw AccountFaults.KeyTaken(key.Key.Fingerprint, owner);
        }

        session.Prepare(
            """
            insert into account_keys (fingerprint, public_key, account_id, label, added_at)
            values (@fingerprint, @key, @id, @label, @now)
            """)
            .Bind("@fingerprint", key.Key.Fingerprint).Bind("@key", key.Key.Text).Bind("@id", id)
            .Bind("@label", key.Label).Bind("@now", now).Execute();
    }

    /// <summary>Takes a key from an account, with the sessions that it opened.</summary>
    /// <returns>False when the account has no such key.</returns>
    public bool DeleteKey(string id, string fingerprint) => session.Prepare(
        "delete from account_keys where account_id = @id and fingerprint = @fingerprint")
        .Bind("@id", id).Bind("@fingerprint", fingerprint).Execute() > 0;

    /// <summary>Removes all sessions of an account.</summary>
    public void DeleteSessions(string id) =>
        session.Prepare("delete from sessions where account_id = @id").Bind("@id", id).Execute();

    /// <summary>The account that a key logs in to, without its keys.</summary>
    /// <returns>Null when it belongs to none.</returns>
    public StoredAccount? FindByKey(PublicKey key) => session.Prepare(
        $"select {Columns} from accounts where id = (select account_id from account_keys where fingerprint = @fingerprint)")
        .Bind("@fingerprint", key.Fingerprint).FirstOrDefault(ReadAccount);

    /// <summary>Notes that a key logged in.</summary>
    public void TouchKey(string fingerprint, DateTimeOffset now) => session.Prepare(
        "update account_keys set last_used_at = @now where fingerprint = @fingerprint")
        .Bind("@fingerprint", fingerprint).Bind("@now", now).Execute();

    /// <summary>Enabled admins who have a key, which is who can manage the server over the network.</summary>
    public long CountRemoteAdmins() => session.Prepare(
        """
        select count(*) from accounts a where a.role = 'admin' and a.disabled = 0
            and exists (select 1 from account_keys k where k.account_id = a.id)
        """).Scalar() ?? 0;

    private StoredAccount? Find(string name) =>
        session.Prepare($"select {Columns} from accounts where name = @name").Bind("@name", name).FirstOrDefault(ReadAccount);

    private static StoredAccount ReadAccount(CatalogRow row) => new(
        row.GetString(0),
        row.GetInt64(6),
        new Account
        {
            Name = row.GetString(1),
            Role = AccountTables.ToRole(row.GetString(2)),
            IsDisabled = row.GetBoolean(3),
            CreatedAt = row.GetTime(4),
            UpdatedAt = row.GetTime(5),
            PasswordSetAt = row.GetTimeOrNull(7),
        });

    private static (string AccountId, AccountKey Key) ReadKey(CatalogRow row) => (
        row.GetString(0),
        new AccountKey(PublicKey.Parse(row.GetString(1)), row.GetString(2), row.GetTime(3), row.GetTimeOrNull(4)));
}

/// <summary>An account and what only the catalog knows of it.</summary>
/// <param name="Id">What other rows call it.</param>
/// <param name="Version">Counts its changes.</param>
/// <param name="Account">What it is.</param>
internal sealed record StoredAccount(string Id, long Version, Account Account);
