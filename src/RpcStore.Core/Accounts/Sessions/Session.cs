namespace RpcStore.Core.Accounts.Sessions;

/// <summary>
/// What a login yields: as long as it has not ended, whoever holds its token acts for its account. There is one object for
/// each, which connections and transfers hold on to, so that an end reaches all of them at once. Safe to use from any thread.
/// </summary>
public sealed class Session
{
    private readonly CancellationTokenSource ended = new();
    private readonly Lock gate = new();
    private readonly TimeSpan idleTimeout;
    private long lastUsedTicks;
    private long writtenTicks;
    private AccountRole role;
    private long version;

    internal Session(SessionRow row, StoredAccount account, TimeSpan idleTimeout)
    {
        this.idleTimeout = idleTimeout;
        Id = row.Id;
        TokenHash = row.TokenHash;
        AccountId = account.Id;
        Account = account.Account.Name;
        KeyFingerprint = row.Credential.KeyFingerprint;
        PasswordId = row.Credential.PasswordId;
        Address = row.Address;
        CreatedAt = row.CreatedAt;
        EndsAt = row.EndsAt;
        lastUsedTicks = writtenTicks = row.LastUsedAt.UtcTicks;
        role = account.Account.Role;
        version = account.Version;
        Ended = ended.Token;
    }

    /// <summary>Names it in lists and for revoking; it is no secret. 32 hex digits.</summary>
    public string Id { get; }

    /// <summary>The name of the account that it acts for.</summary>
    public string Account { get; }

    /// <summary>What the account may do now.</summary>
    public AccountRole Role
    {
        get
        {
            lock (gate)
            {
                return role;
            }
        }
    }

    /// <summary>The key that opened it; null when a password did.</summary>
    public string? KeyFingerprint { get; }

    /// <summary>Whether a password opened it.</summary>
    public bool IsByPassword => PasswordId is not null;

    /// <summary>Where it was opened from.</summary>
    public string Address { get; }

    /// <summary>When it was opened.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>When it was last used.</summary>
    public DateTimeOffset LastUsedAt => new(Volatile.Read(ref lastUsedTicks), TimeSpan.Zero);

    /// <summary>When it ends, however much it is used.</summary>
    public DateTimeOffset EndsAt { get; }

    /// <summary>When it ends if it is not used again.</summary>
    public DateTimeOffset ExpiresAt
    {
        get
        {
            var idle = LastUsedAt + idleTimeout;
            return idle < EndsAt ? idle : EndsAt;
        }
    }

    /// <summary>
    /// Cancelled when it ends: by a logout, by being revoked, with its account or key, or some time after it expired. What is
    /// registered on it must not throw.
    /// </summary>
    public CancellationToken Ended { get; }

    /// <summary>Whether it has ended; then it permits nothing any more.</summary>
    public bool IsEnded => Ended.IsCancellationRequested;

    internal string AccountId { get; }

    /// <summary>The password that opened it; null when a key did.</summary>
    internal string? PasswordId { get; }

    /// <summary>Whether it is in memory alone: it has no token, and is not in lists.</summary>
    internal bool IsUnwritten { get; init; }

    internal TokenHash TokenHash { get; }

    /// <summary>Whether it was used after what the disk says.</summary>
    internal bool IsUsedSinceWritten => Volatile.Read(ref lastUsedTicks) > Volatile.Read(ref writtenTicks);

    /// <summary>The version of the account that is known here.</summary>
    internal long Version
    {
        get
        {
            lock (gate)
            {
                return version;
            }
        }
    }

    internal bool IsExpired(DateTimeOffset now) => now >= ExpiresAt;

    internal void Touch(DateTimeOffset now)
    {
        var ticks = now.UtcTicks;
        var seen = Volatile.Read(ref lastUsedTicks);
        while (ticks > seen)
        {
            var before = Interlocked.CompareExchange(ref lastUsedTicks, ticks, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }

    internal void MarkWritten(DateTimeOffset lastUsed) => Volatile.Write(ref writtenTicks, lastUsed.UtcTicks);

    /// <summary>Takes over what the account may do, unless something newer is known.</summary>
    internal void Apply(AccountRole newRole, long newVersion)
    {
        lock (gate)
        {
            if (newVersion > version)
            {
                role = newRole;
                version = newVersion;
            }
        }
    }

    internal void End() => ended.Cancel();
}
