namespace RpcStore.Core.Accounts.Logins;

/// <summary>How long a challenge is good, and how often somebody may try.</summary>
public sealed record LoginOptions
{
    /// <summary>A challenge must be answered in this time.</summary>
    public TimeSpan ChallengeLifetime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Nonces that were used and have not expired yet, which is the only thing about challenges that is remembered. Beyond
    /// that, logins wait until some expire. It takes a right signature to use one.
    /// </summary>
    public int MaxUsedNonces { get; init; } = 65_536;

    /// <summary>Failed logins from one address before it must wait.</summary>
    public RateLimit FailuresPerAddress { get; init; } = new(Burst: 20, Interval: TimeSpan.FromSeconds(3));

    /// <summary>
    /// Failed logins with one key, or with the password of one account, before everybody who tries it must wait. It fills up faster than the one of an address, so
    /// that no single address can keep the owner of a key out.
    /// </summary>
    public RateLimit FailuresPerKey { get; init; } = new(Burst: 40, Interval: TimeSpan.FromSeconds(1));

    /// <summary>Challenges to one address before it must wait.</summary>
    public RateLimit ChallengesPerAddress { get; init; } = new(Burst: 100, Interval: TimeSpan.FromMilliseconds(200));

    /// <summary>Addresses, and keys, that are told apart; those beyond share one allowance.</summary>
    public int MaxTracked { get; init; } = 16_384;
}

/// <summary>How often something may happen: a bucket of tokens.</summary>
/// <param name="Burst">Tokens in a full bucket: so often at once. At least 1.</param>
/// <param name="Interval">One token comes back in this time.</param>
public sealed record RateLimit(int Burst, TimeSpan Interval);
