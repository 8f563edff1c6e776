using System.Collections.Concurrent;
using System.Security.Cryptography;
using RpcStore.Core.Catalog;

namespace RpcStore.Core.Accounts.Sessions;

/// <summary>
/// The sessions that are open. All of them are in memory, so that a call with a token reads nothing from the disk, whether the
/// token is right or not; how many there are is bounded by the accounts that admins make. The catalog carries them over a
/// restart. Safe to use from any thread.
/// </summary>
public sealed class SessionRegistry
{
    // Uses that one change to the catalog writes, so that others do not wait for long.
    private const int TouchesAtOnce = 500;

    private readonly CatalogDatabase catalog;
    private readonly SessionOptions options;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<TokenHash, Session> byToken = new();
    private readonly ConcurrentDictionary<string, Session> byId = new();

    private SessionRegistry(CatalogDatabase catalog, SessionOptions options, TimeProvider time)
    {
        this.catalog = catalog;
        this.options = options;
        this.time = time;
    }

    /// <summary>Reads the sessions that are still open.</summary>
    /// <param name="catalog">Where they are kept; opened with <see cref="AccountTables.Migrations"/>.</param>
    /// <param name="options">How long they last.</param>
    /// <param name="time">What the time is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StoreException"><see cref="Fault.Unavailable"/>: the catalog cannot be read.</exception>
    public static async Task<SessionRegistry> OpenAsync(
        CatalogDatabase catalog, SessionOptions options, TimeProvider time, CancellationToken cancellationToken = default)
    {
        var registry = new SessionRegistry(catalog, options, time);
        foreach (var (row, account) in await catalog.ReadAsync(session => new SessionRows(session).List(), cancellationToken))
        {
            // Those that have expired meanwhile are ended by the first maintenance, which also takes them off the disk.
            registry.Register(new Session(row, account, options.IdleTimeout));
        }

        return registry;
    }

    /// <summary>Sessions that are open.</summary>
    public int Count => byId.Count;

    /// <summary>The session of a token; finding it counts as using it.</summary>
    /// <param name="token">What the caller sent; anything.</param>
    /// <returns>Null when there is none, or it has ended or expired.</returns>
    public Session? Find(ReadOnlySpan<char> token) =>
        SessionToken.TryHash(token, out var hash) && byToken.TryGetValue(hash, out var session) && Use(session) ? session : null;

    /// <summary>Asks whether a session that somebody holds may still be used, and counts it as used.</summary>
    /// <returns>False when it has ended or expired.</returns>
    public bool Use(Session session)
    {
        var now = time.GetUtcNow();
        if (session.IsEnded || session.IsExpired(now))
        {
            return false;
        }

        session.Touch(now);
        return true;
    }

    /// <summary>Sessions that are open, the newest first.</summary>
    /// <param name="account">Of this account only; null: of all.</param>
    /// <param name="limit">At most so many; at least 1.</param>
    /// <param name="cursor">Where the page before ended; null: from the newest.</param>
    /// <returns>The sessions, and the cursor of the next page; null when there is none.</returns>
    /// <exception cref="StoreException"><see cref="Fault.Invalid"/>: the cursor is none that a listing gave.</exception>
    public (IReadOnlyList<Session> Sessions, string? Next) List(string? account, int limit, string? cursor)
    {
        var now = time.GetUtcNow();
        return SessionListing.Page(
            byId.Values.Where(session =>
                (account is null || session.Account == account) && !session.IsUnwritten && !session.IsEnded && !session.IsExpired(now)),
            limit,
            cursor);
    }

    /// <summary>Ends a session, at once and for good.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="account">The account that it must be of; null: of any.</param>
    /// <exception cref="StoreException">
    /// <see cref="Fault.NotFound"/>: there is none; as <see cref="CatalogDatabase"/>: it has ended, and would be open again
    /// after a restart because the disk could not be written.
    /// </exception>
    /// <returns>The session, which has ended.</returns>
    public async Task<Session> RevokeAsync(string id, string? account)
    {
        if (!byId.TryGetValue(id, out var session) || (account is not null && session.Account != account) || session.IsEnded)
        {
            throw AccountFaults.NoSession(id);
        }

        await EndAsync([session]);
        return session;
    }

    /// <summary>Ends the session of whoever logs out, at once and for good; one that has ended already is no error.</summary>
    /// <exception cref="StoreException">As <see cref="RevokeAsync"/>.</exception>
    public Task LogoutAsync(Session session) => EndAsync([session]);

    /// <summary>Ends what has expired, and writes to the disk when sessions were used.</summary>
    /// <exception cref="StoreException">As <see cref="CatalogDatabase"/>; the next time does what was left.</exception>
    public async Task MaintainAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var all = byId.Values.ToList();
        foreach (var expired in all.Where(session => session.IsEnded || session.IsExpired(now)).Chunk(TouchesAtOnce))
        {
            await EndAsync(expired);
        }

        foreach (var used in all.Where(session => !session.IsEnded && !session.IsUnwritten && session.IsUsedSinceWritten).Chunk(TouchesAtOnce))
        {
            var times = Array.ConvertAll(used, session => (session, session.LastUsedAt));
            await catalog.WriteAsync(
                session => Array.ForEach(times, item => new SessionRows(session).Touch(item.session.Id, item.LastUsedAt)),
                cancellationToken);
            Array.ForEach(times, item => item.session.MarkWritten(item.LastUsedAt));
        }
    }

    /// <summary>Does <see cref="MaintainAsync"/> at every <see cref="SessionOptions.MaintenanceInterval"/>.</summary>
    /// <param name="failed">Told of a failure, for the log; the next interval tries again.</param>
    /// <param name="cancellationToken">Ends it; the uses since the last time are written before.</param>
    public Task RunAsync(Action<StoreException> failed, CancellationToken cancellationToken) => PeriodicWork.RunAsync(
        options.MaintenanceInterval, time, () => MaintainAsync(CancellationToken.None), failed, cancellationToken);

    /// <summary>Opens a session; nobody knows its token before the task ends well.</summary>
    /// <param name="account">The account that the credential was found to belong to.</param>
    /// <param name="credential">What opens it.</param>
    /// <param name="address">Where the login comes from.</param>
    /// <param name="verify">Looks again, in the transaction that adds the session, whether the account may log in.</param>
    /// <param name="cancellationToken">Takes it back as long as it has not begun.</param>
    internal async Task<(string Token, Session Session)> OpenAsync(
        StoredAccount account,
        SessionCredential credential,
        string address,
        Func<CatalogSession, StoredAccount> verify,
        CancellationToken cancellationToken)
    {
        var token = SessionToken.Create();
        SessionToken.TryHash(token, out var hash);

        var row = NewRow(hash, credential, address);
        var session = new Session(row, account, options.IdleTimeout);

        // Registered before it is written: a change that disables the account comes either before the transaction, which then
        // fails, or after it, and then finds the session here and ends it.
        Register(session);
        try
        {
            var current = await catalog.WriteAsync(
                transaction =>
                {
                    var verified = verify(transaction);
                    new SessionRows(transaction).Insert(row, verified.Id);
                    return verified;
                },
                cancellationToken);
            session.Apply(current.Account.Role, current.Version);
        }
        catch
        {
            Forget(session);
            session.End();
            throw;
        }

        await EndSurplusAsync(account.Id);
        return (token, session);
    }

    /// <summary>
    /// Opens a session that is in memory alone, for a caller who proves the account with every request. It has no token and is
    /// not in lists; it ends as any other.
    /// </summary>
    /// <param name="account">The account that the credential was found to belong to.</param>
    /// <param name="credential">What opens it.</param>
    /// <param name="address">Where the request comes from.</param>
    /// <param name="verify">Looks again, once the session can be found, whether the account may log in.</param>
    internal async Task<Session> OpenUnwrittenAsync(
        StoredAccount account, SessionCredential credential, string address, Func<ValueTask<StoredAccount>> verify)
    {
        var session = new Session(NewRow(default, credential, address), account, options.IdleTimeout) { IsUnwritten = true };

        // A change of the account is committed either before it is looked at again, or finds the session here.
        Register(session);
        try
        {
            var current = await verify();
            session.Apply(current.Account.Role, current.Version);
            return session;
        }
        catch
        {
            Forget(session);
            session.End();
            throw;
        }
    }

    /// <summary>Takes over what has become of an account.</summary>
    internal void Apply(StoredAccount stored)
    {
        if (stored.Account.IsDisabled)
        {
            // One that was opened after the account was enabled again, by a later change that was heard of earlier, stays.
            EndAll(session => session.AccountId == stored.Id && session.Version <= stored.Version);
            return;
        }

        foreach (var session in byId.Values.Where(session => session.AccountId == stored.Id))
        {
            session.Apply(stored.Account.Role, stored.Version);
        }
    }

    /// <summary>Ends sessions that are off the disk already.</summary>
    internal void EndAll(Func<Session, bool> which)
    {
        foreach (var session in byId.Values.Where(which))
        {
            Forget(session);
            session.End();
        }
    }

    // Times as the catalog keeps them, so that it is in the same place of a listing after a restart.
    private SessionRow NewRow(TokenHash token, SessionCredential credential, string address)
    {
        var now = CatalogTime.FromMicroseconds(CatalogTime.ToMicroseconds(time.GetUtcNow()));
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        return new SessionRow(id, token, credential, address, now, now, now + options.Lifetime);
    }

    private async Task EndSurplusAsync(string accountId)
    {
        var surplus = byId.Values.Where(session => session.AccountId == accountId && !session.IsUnwritten)
            .OrderByDescending(session => session.LastUsedAt)
            .Skip(options.MaxPerAccount)
            .ToArray();
        if (surplus.Length > 0)
        {
            await EndAsync(surplus);
        }
    }

    // First in memory, where it counts. What is asked for here must not depend on a disk that is full.
    private async Task EndAsync(IReadOnlyList<Session> sessions)
    {
        foreach (var session in sessions)
        {
            session.End();
        }

        await catalog.WriteAsync(transaction =>
        {
            foreach (var session in sessions)
            {
                new SessionRows(transaction).Delete(session.Id);
            }
        });

        // Kept until here, so that the next maintenance tries again what could not be written.
        foreach (var session in sessions)
        {
            Forget(session);
        }
    }

    private void Register(Session session)
    {
        if (!session.IsUnwritten)
        {
            byToken[session.TokenHash] = session;
        }

        byId[session.Id] = session;
    }

    private void Forget(Session session)
    {
        if (!session.IsUnwritten)
        {
            byToken.TryRemove(session.TokenHash, out _);
        }

        byId.TryRemove(session.Id, out _);
    }
}
