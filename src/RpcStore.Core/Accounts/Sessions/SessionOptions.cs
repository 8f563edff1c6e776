namespace RpcStore.Core.Accounts.Sessions;

/// <summary>How long sessions last and how many there may be.</summary>
public sealed record SessionOptions
{
    /// <summary>A session that was not used for so long ends.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromHours(12);

    /// <summary>A session ends so long after the login, however much it is used.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Sessions of one account; a further login ends the one that was not used for the longest time.</summary>
    public int MaxPerAccount { get; init; } = 64;

    /// <summary>
    /// How often expired sessions are ended and uses are written to the disk. After a crash a session may seem to have been
    /// used so much earlier than it was.
    /// </summary>
    public TimeSpan MaintenanceInterval { get; init; } = TimeSpan.FromMinutes(1);
}
