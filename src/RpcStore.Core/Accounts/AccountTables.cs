using RpcStore.Core.Catalog;

namespace RpcStore.Core.Accounts;

/// <summary>The tables of this domain.</summary>
public static class AccountTables
{
    /// <summary>What the catalog must be opened with.</summary>
    /// <remarks>
    /// Ids are random and never used again, unlike names: what was written for an account that is gone cannot come to mean
    /// another one. <c>version</c> counts the changes of an account, so that of two the later wins, in whichever order they
    /// are heard of.
    /// </remarks>
    public static IReadOnlyList<CatalogMigration> Migrations { get; } =
    [
        new("accounts", 1, """
            create table accounts (
                id text not null primary key,
                name text not null unique,
                role text not null,
                disabled bigint not null,
                version bigint not null,
                created_at bigint not null,
                updated_at bigint not null
            );
            create table account_keys (
                fingerprint text not null primary key,
                public_key text not null,
                account_id text not null references accounts (id) on delete cascade,
                label text not null,
                added_at bigint not null,
                last_used_at bigint
            );
            create index account_keys_by_account on account_keys (account_id);
            create table sessions (
                id text not null primary key,
                token_hash bytea not null unique,
                account_id text not null references accounts (id) on delete cascade,
                key_fingerprint text not null references account_keys (fingerprint) on delete cascade,
                address text not null,
                created_at bigint not null,
                last_used_at bigint not null,
                ends_at bigint not null
            );
            create index sessions_by_account on sessions (account_id);
            create index sessions_by_key on sessions (key_fingerprint);
            """),

        // A session is opened by a key or by a password, and ends with it.
        new("accounts", 2, """
            create table account_passwords (
                id text not null primary key,
                account_id text not null unique references accounts (id) on delete cascade,
                scheme text not null,
                rounds bigint not null,
                salt bytea not null,
                hash bytea not null,
                set_at bigint not null
            );
            create table sessions_2 (
                id text not null primary key,
                token_hash bytea not null unique,
                account_id text not null references accounts (id) on delete cascade,
                key_fingerprint text references account_keys (fingerprint) on delete cascade,
                password_id text references account_passwords (id) on delete cascade,
                address text not null,
                created_at bigint not null,
                last_used_at bigint not null,
                ends_at bigint not null,
                check ((key_fingerprint is null) <> (password_id is null))
            );
            insert into sessions_2 (id, token_hash, account_id, key_fingerprint, address, created_at, last_used_at, ends_at)
                select id, token_hash, account_id, key_fingerprint, address, created_at, last_used_at, ends_at from sessions;
            drop table sessions;
            alter table sessions_2 rename to sessions;
            create index sessions_by_account on sessions (account_id);
            create index sessions_by_key on sessions (key_fingerprint);
            create index sessions_by_password on sessions (password_id);
            """),
    ];

    /// <summary>How a role is stored.</summary>
    internal static string ToText(AccountRole role) => role == AccountRole.Admin ? "admin" : "user";

    /// <summary>The role that is stored.</summary>
    /// <exception cref="InvalidDataException">The catalog says something that this server never writes.</exception>
    internal static AccountRole ToRole(string text) => text switch
    {
        "admin" => AccountRole.Admin,
        "user" => AccountRole.User,
        _ => throw new InvalidDataException($"The catalog has the unknown role '{text}'."),
    };
}
