using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using RpcStore.Core.Accounts.Passwords;
using RpcStore.Core.Accounts.Sessions;
using RpcStore.Core.Catalog;

namespace RpcStore.Core.Accounts.Logins;

/// <summary>
/// Logins with an API password (spec/auth.md, section 8). A password is compared slowly on purpose, so that this happens for a
/// few at a time, and not again for some minutes for whoever sends it with every request. Safe to use from any thread.
/// </summary>
public sealed class PasswordLogins
{
    /// <summary>How long a password that was right is taken without the slow comparison. A change of it counts at once.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    // Half of the processors compare, the others serve; a comparison takes 100 ms, so that the last of these waits 13 seconds.
    private static readonly int AtOnce = Math.Max(1, Environment.ProcessorCount / 2);
    private static readonly int MaxWaiting = 128 * AtOnce;

    private readonly CatalogDatabase catalog;
    private readonly SessionRegistry sessions;
    private readonly LoginThrottle throttle;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim turns = new(AtOnce);
    private readonly byte[] macKey = RandomNumberGenerator.GetBytes(32);
    private readonly PasswordHash decoy = PasswordHash.CreateDecoy();
    private readonly ConcurrentDictionary<string, Known> knownByName = new();
    private int waiting;

    internal PasswordLogins(CatalogDatabase catalog, SessionRegistry sessions, LoginThrottle throttle, TimeProvider time)
    {
        this.catalog = catalog;
        this.sessions = sessions;
        this.throttle = throttle;
        this.time = time;
    }

    /// <summary>Opens a session for whoever knows the password of an account.</summary>
    /// <param name="account">The name of the account; anything.</param>
    /// <param name="password">The password; anything.</param>
    /// <param name="address">Who asks: an IP address without its port, or a word for another kind of endpoint.</param>
    /// <param name="cancellationToken">Takes the request back as long as the session is not being opened.</param>
    /// <returns>The token, which is told once, and its session.</returns>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Unauthenticated"/>: it is not accepted; the detail <c>reason</c> is <c>password</c>, which does not tell
    /// whether there is such an account, or <c>disabled</c> for who knows the password. <see cref="Fault.RateLimited"/>: too many
    /// failed. <see cref="Fault.Unavailable"/>: too many log in at this moment. As <see cref="CatalogDatabase"/>: nothing was opened.
    /// </exception>
    public async Task<(string Token, Session Session)> LoginAsync(
        string account, string password, string address, CancellationToken cancellationToken = default)
    {
        var found = await TakeTurnAsync(() => CompareAsync(account, password, address, cancellationToken), cancellationToken);
        return await sessions.OpenAsync(
            found.Account, SessionCredential.OfPassword(found.Id), address, transaction => Recheck(transaction, found), cancellationToken);
    }

    /// <summary>Who a caller is who sends a name and a password with every request.</summary>
    /// <returns>
    /// A session that is in memory alone and has no token: the same one for all requests as long as the password, and what
    /// the account may do, stay.
    /// </returns>
    /// <inheritdoc cref="LoginAsync" path="/param"/>
    /// <inheritdoc cref="LoginAsync" path="/exception"/>
    public ValueTask<Session> AuthenticateAsync(
        string account, string password, string address, CancellationToken cancellationToken = default)
    {
        var mac = Mac(account, password);
        return FindKnown(account, mac) is { } session
            ? new(session)
            : new(TakeTurnAsync(() => CompareOnceAsync(account, password, mac, address, cancellationToken), cancellationToken));
    }

    private async Task<Session> CompareOnceAsync(
        string account, string password, byte[] mac, string address, CancellationToken cancellationToken)
    {
        // Programs open several connections at once; one comparison is enough for all.
        if (FindKnown(account, mac) is { } known)
        {
            return known;
        }

        var found = await CompareAsync(account, password, address, cancellationToken);
        var before = knownByName.TryGetValue(account, out var former) ? former.Session : null;
        var session = before is { PasswordId: { } id } && id == found.Id && sessions.Use(before)
            ? before
            : await sessions.OpenUnwrittenAsync(
                found.Account,
                SessionCredential.OfPassword(found.Id),
                address,
                () => catalog.ReadAsync(transaction => Recheck(transaction, found), cancellationToken));
        knownByName[account] = new Known(mac, session, time.GetTimestamp());
        return session;
    }

    private Session? FindKnown(string account, byte[] mac) =>
        knownByName.TryGetValue(account, out var known)
        && time.GetElapsedTime(known.ComparedAt) < Remembered
        && CryptographicOperations.FixedTimeEquals(known.Mac, mac)
        && sessions.Use(known.Session)
            ? known.Session
            : null;

    private async Task<StoredPassword> CompareAsync(string account, string password, string address, CancellationToken cancellationToken)
    {
        var name = AccountName.IsValid(account) ? account : "";
        throttle.CountPassword(address, name);
        var isGuess = false;
        try
        {
            var found = await catalog.ReadAsync(session => new PasswordRows(session).Find(name), cancellationToken);
            var isRight = (found?.Hash ?? decoy).Matches(password.Length <= ApiPassword.MaxLength ? password : "");
            return isRight && found is not null ? Admit(found) : throw Wrong();
        }
        catch (StoreException e) when (e.Fault == Fault.Unauthenticated)
        {
            isGuess = true;
            throw;
        }
        finally
        {
            if (!isGuess)
            {
                throttle.ForgivePassword(address, name);
            }
        }
    }

    private async Task<T> TakeTurnAsync<T>(Func<Task<T>> compare, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref waiting);
            throw new StoreException(Fault.Unavailable, "Too many passwords are being compared at this moment.");
        }

        try
        {
            await turns.WaitAsync(cancellationToken);
            try
            {
                // Not on the loop that reads a connection.
                return await Task.Run(compare, cancellationToken);
            }
            finally
            {
                turns.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    // The password may have been changed, or the account disabled, while it was compared.
    private static StoredAccount Recheck(CatalogSession transaction, StoredPassword found)
    {
        var now = new PasswordRows(transaction).Find(found.Account.Account.Name);
        return now?.Id == found.Id ? Admit(now).Account : throw Wrong();
    }

    private static StoredPassword Admit(StoredPassword found) => found.Account.Account.IsDisabled
        ? throw AccountFaults.NotAccepted("disabled", $"Account '{found.Account.Account.Name}' is disabled.")
        : found;

    private static StoreException Wrong() => AccountFaults.NotAccepted("password", "The name or the password is wrong.");

    // Keyed with what only this process knows: what is in memory says nothing about the password.
    private byte[] Mac(string account, string password) =>
        HMACSHA256.HashData(macKey, Encoding.UTF8.GetBytes($"{account.Length}:{account}{password}"));

    private sealed record Known(byte[] Mac, Session Session, long ComparedAt);
}
