using RpcStore.Core.Catalog;

namespace RpcStore.Core.Accounts.Sessions;

/// <summary>A session as the catalog keeps it.</summary>
internal sealed record SessionRow(
    string Id,
    TokenHash TokenHash,
    SessionCredential Credential,
    string Address,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUsedAt,
    DateTimeOffset EndsAt);

/// <summary>What opened a session; it ends with it. One of the two.</summary>
/// <param name="KeyFingerprint">A key.</param>
/// <param name="PasswordId">The id of a password.</param>
internal readonly record struct SessionCredential(string? KeyFingerprint, string? PasswordId)
{
    /// <summary>A key.</summary>
    public static SessionCredential OfKey(string fingerprint) => new(fingerprint, null);

    /// <summary>A password.</summary>
    public static SessionCredential OfPassword(string id) => new(null, id);
}

/// <summary>Sessions as rows of the catalog, in a transaction of the caller.</summary>
/// <param name="session">The transaction.</param>
internal readonly struct SessionRows(CatalogSession session)
{
    /// <summary>Adds one.</summary>
    public void Insert(SessionRow row, string accountId) => session.Prepare(
        """
        insert into sessions (id, token_hash, account_id, key_fingerprint, password_id, address, created_at, last_used_at, ends_at)
        values (@id, @hash, @account, @key, @password, @address, @created, @used, @ends)
        """)
        .Bind("@id", row.Id).Bind("@hash", row.TokenHash.ToArray()).Bind("@account", accountId)
        .Bind("@key", row.Credential.KeyFingerprint).Bind("@password", row.Credential.PasswordId).Bind("@address", row.Address).Bind("@created", row.CreatedAt)
        .Bind("@used", row.LastUsedAt).Bind("@ends", row.EndsAt).Execute();

    /// <summary>Removes one, if it is there.</summary>
    public void Delete(string id) => session.Prepare("delete from sessions where id = @id").Bind("@id", id).Execute();

    /// <summary>Notes when one was used.</summary>
    public void Touch(string id, DateTimeOffset lastUsed) => session.Prepare(
        "update sessions set last_used_at = @used where id = @id").Bind("@id", id).Bind("@used", lastUsed).Execute();

    /// <summary>All sessions with their accounts, the keys left out.</summary>
    public List<(SessionRow Row, StoredAccount Account)> List() => session.Prepare(
        """
        select s.id, s.token_hash, s.key_fingerprint, s.password_id, s.address, s.created_at, s.last_used_at, s.ends_at,
            a.id, a.version, a.name, a.role, a.disabled, a.created_at, a.updated_at
        from sessions s join accounts a on a.id = s.account_id
        """).ToList(Read);

    private static (SessionRow Row, StoredAccount Account) Read(CatalogRow row) => (
        new SessionRow(
            row.GetString(0),
            TokenHash.Read(row.GetBytes(1)),
            new SessionCredential(row.GetStringOrNull(2), row.GetStringOrNull(3)),
            row.GetString(4),
            row.GetTime(5),
            row.GetTime(6),
            row.GetTime(7)),
        new StoredAccount(
            row.GetString(8),
            row.GetInt64(9),
            new Account
            {
                Name = row.GetString(10),
                Role = AccountTables.ToRole(row.GetString(11)),
                IsDisabled = row.GetBoolean(12),
                CreatedAt = row.GetTime(13),
                UpdatedAt = row.GetTime(14),
            }));
}
