using RpcStore.Core.Accounts.Passwords;
using RpcStore.Core.Accounts.Sessions;
using RpcStore.Core.Catalog;

namespace RpcStore.Core.Accounts;

/// <summary>
/// The accounts of a server. Whatever takes a permission away ends the sessions that had it, before the task ends.
/// Safe to use from any thread. Every member may also fail as <see cref="CatalogDatabase"/> does.
/// </summary>
/// <param name="catalog">Where they are kept; opened with <see cref="AccountTables.Migrations"/>.</param>
/// <param name="sessions">The sessions of these accounts.</param>
/// <param name="time">What the time is.</param>
public sealed class AccountRegistry(CatalogDatabase catalog, SessionRegistry sessions, TimeProvider time)
{
    /// <summary>Keys that one account may have.</summary>
    public const int MaxKeys = 32;

    private const int MaxLabelLength = 200;

    /// <summary>Makes an account.</summary>
    /// <param name="name">Its name, as <see cref="AccountName"/> demands.</param>
    /// <param name="role">What it may do.</param>
    /// <param name="keys">Its first keys; none is allowed, and then nobody can log in to it yet.</param>
    /// <param name="cancellationToken">Takes the request back as long as it has not begun.</param>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Invalid"/>: the name or a label; <see cref="Fault.Conflict"/>: the account exists, or a key belongs to
    /// another; <see cref="Fault.TooLarge"/>: more than <see cref="MaxKeys"/> keys.
    /// </exception>
    public Task<Account> CreateAsync(
        string name, AccountRole role, IReadOnlyList<NewKey> keys, CancellationToken cancellationToken = default)
    {
        AccountName.Check(name);
        CheckCount(keys.Count);
        for (var i = 0; i < keys.Count; i++)
        {
            CheckLabel(keys[i].Label, $"/keys/{i}/label");
        }

        return catalog.WriteAsync(
            session =>
            {
                var rows = new AccountRows(session);
                var now = time.GetUtcNow();
                var id = rows.Insert(name, role, now);
                foreach (var key in keys)
                {
                    rows.InsertKey(id, key, now);
                }

                return rows.Get(name).Account;
            },
            cancellationToken);
    }

    /// <summary>One account.</summary>
    /// <exception cref="StoreException"><see cref="Fault.NotFound"/>: there is none.</exception>
    public ValueTask<Account> GetAsync(string name, CancellationToken cancellationToken = default) =>
        catalog.ReadAsync(session => new AccountRows(session).Get(name).Account, cancellationToken);

    /// <summary>Accounts in the order of their names.</summary>
    /// <param name="limit">At most so many; at least 1.</param>
    /// <param name="cursor">Where the page before ended; null: from the first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The accounts, and the cursor of the next page; null when there is none.</returns>
    /// <exception cref="StoreException"><see cref="Fault.Invalid"/>: the cursor is none that a listing gave.</exception>
    public async ValueTask<(IReadOnlyList<Account> Accounts, string? Next)> ListAsync(
        int limit, string? cursor, CancellationToken cancellationToken = default)
    {
        if (cursor is not null && !AccountName.IsValid(cursor))
        {
            throw AccountFaults.Invalid("/cursor", "not a cursor that a listing gave");
        }

        var page = await catalog.ReadAsync(session => new AccountRows(session).List(cursor ?? "", limit + 1), cancellationToken);
        return page.Count <= limit ? (page, null) : (page[..limit], page[limit - 1].Name);
    }

    /// <summary>Changes the role of an account, or disables or enables it. Disabling ends its sessions.</summary>
    /// <param name="name">Which account.</param>
    /// <param name="change">What to change.</param>
    /// <param name="isLocal">Whether the caller is on the local socket, who alone may do this to the last admin.</param>
    /// <param name="cancellationToken">Takes the request back as long as it has not begun.</param>
    /// <exception cref="StoreException">
    /// <see cref="Fault.NotFound"/>: there is none; <see cref="Fault.Conflict"/>, reason <c>lastAdmin</c>.
    /// </exception>
    public async Task<Account> UpdateAsync(
        string name, AccountChange change, bool isLocal, CancellationToken cancellationToken = default)
    {
        var stored = await ChangeAsync(
            name,
            isLocal,
            (rows, account) =>
            {
                var isDisabled = change.IsDisabled ?? account.Account.IsDisabled;
                rows.Update(account.Id, change.Role ?? account.Account.Role, isDisabled, time.GetUtcNow());
                if (isDisabled)
                {
                    rows.DeleteSessions(account.Id);
                }

                return rows.Get(name);
            },
            cancellationToken);
        sessions.Apply(stored);
        return stored.Account;
    }

    /// <summary>Removes an account with its keys, and ends its sessions.</summary>
    /// <inheritdoc cref="UpdateAsync" path="/param"/>
    /// <exception cref="StoreException">
    /// <see cref="Fault.NotFound"/>: there is none; <see cref="Fault.Conflict"/>, reason <c>lastAdmin</c>, or <c>owner</c>: it owns flists or
    /// uploaded files.
    /// </exception>
    /// <returns>The account as it was.</returns>
    public async Task<Account> DeleteAsync(string name, bool isLocal, CancellationToken cancellationToken = default)
    {
        var stored = await ChangeAsync(
            name,
            isLocal,
            (rows, account) =>
            {
                try
                {
                    rows.Delete(account.Id);
                }
                catch (StoreException e) when (e.Fault == Fault.Conflict)
                {
                    throw AccountFaults.OwnsThings(name);
                }

                return account;
            },
            cancellationToken);
        sessions.EndAll(session => session.AccountId == stored.Id);
        return stored.Account;
    }

    /// <summary>Gives an account one more key.</summary>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Invalid"/>: the label; <see cref="Fault.NotFound"/>: there is no such account;
    /// <see cref="Fault.Conflict"/>: the key belongs to an account, maybe this one; <see cref="Fault.TooLarge"/>: the account
    /// has <see cref="MaxKeys"/>.
    /// </exception>
    public Task<Account> AddKeyAsync(string name, NewKey key, CancellationToken cancellationToken = default)
    {
        CheckLabel(key.Label, "/label");
        return catalog.WriteAsync(
            session =>
            {
                var rows = new AccountRows(session);
                var stored = rows.Get(name);
                CheckCount(stored.Account.Keys.Count + 1);
                var now = time.GetUtcNow();
                rows.InsertKey(stored.Id, key, now);
                rows.Update(stored.Id, stored.Account.Role, stored.Account.IsDisabled, now);
                return rows.Get(name).Account;
            },
            cancellationToken);
    }

    /// <summary>Takes a key from an account, and ends the sessions that it opened.</summary>
    /// <param name="name">Which account.</param>
    /// <param name="fingerprint">Which key: its <see cref="Keys.PublicKey.Fingerprint"/>.</param>
    /// <param name="isLocal">Whether the caller is on the local socket, who alone may take the last admin's last key.</param>
    /// <param name="cancellationToken">Takes the request back as long as it has not begun.</param>
    /// <exception cref="StoreException">
    /// <see cref="Fault.NotFound"/>: there is no such account or key; <see cref="Fault.Conflict"/>, reason <c>lastAdmin</c>.
    /// </exception>
    public async Task<Account> RemoveKeyAsync(
        string name, string fingerprint, bool isLocal, CancellationToken cancellationToken = default)
    {
        var stored = await ChangeAsync(
            name,
            isLocal,
            (rows, account) =>
            {
                if (!rows.DeleteKey(account.Id, fingerprint))
                {
                    throw AccountFaults.NoKey(name, fingerprint);
                }

                rows.Update(account.Id, account.Account.Role, account.Account.IsDisabled, time.GetUtcNow());
                return rows.Get(name);
            },
            cancellationToken);
        sessions.EndAll(session => session.AccountId == stored.Id && session.KeyFingerprint == fingerprint);
        return stored.Account;
    }

    /// <summary>Gives an account an API password, or takes it away, and ends the sessions that the one before opened.</summary>
    /// <param name="name">Which account.</param>
    /// <param name="password">The new one, as <see cref="ApiPassword"/> demands; null for none.</param>
    /// <param name="cancellationToken">Takes the request back as long as it has not begun.</param>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Invalid"/>: the password; <see cref="Fault.NotFound"/>: there is no such account.
    /// </exception>
    public async Task<Account> SetPasswordAsync(string name, string? password, CancellationToken cancellationToken = default)
    {
        if (password is not null)
        {
            ApiPassword.Check(password);
        }

        // Takes its time, and the caller may be the loop that reads a connection.
        var hash = password is null ? null : await Task.Run(() => PasswordHash.Create(password), cancellationToken);
        var (stored, former) = await catalog.WriteAsync(
            session =>
            {
                var rows = new AccountRows(session);
                var account = rows.Get(name);
                var now = time.GetUtcNow();
                var former = new PasswordRows(session).Replace(account.Id, hash, now);
                rows.Update(account.Id, account.Account.Role, account.Account.IsDisabled, now);
                return (rows.Get(name), former);
            },
            cancellationToken);
        if (former is not null)
        {
            sessions.EndAll(session => session.PasswordId == former);
        }

        return stored.Account;
    }

    private Task<StoredAccount> ChangeAsync(
        string name, bool isLocal, Func<AccountRows, StoredAccount, StoredAccount> change, CancellationToken cancellationToken) =>
        catalog.WriteAsync(
            session =>
            {
                var rows = new AccountRows(session);
                var before = rows.CountRemoteAdmins();
                var changed = change(rows, rows.Get(name));
                return isLocal || before == 0 || rows.CountRemoteAdmins() > 0 ? changed : throw AccountFaults.LastAdmin();
            },
            cancellationToken);

    private static void CheckCount(int count)
    {
        if (count > MaxKeys)
        {
            throw new StoreException(Fault.TooLarge, $"An account has at most {MaxKeys} keys.")
            {
                Details = new Dictionary<string, object> { ["limit"] = "maxKeysPerAccount", ["maximum"] = MaxKeys },
            };
        }
    }

    private static void CheckLabel(string label, string pointer)
    {
        if (label.Length > MaxLabelLength || label.Any(char.IsControl))
        {
            throw AccountFaults.Invalid(
                pointer, $"a label has at most {MaxLabelLength} characters, none of them a control character");
        }
    }
}
