using RpcStore.Cli.Configuration.Types;

namespace RpcStore.Cli.Configuration.Declarations;

/// <summary>How long logins last, and how often somebody may try.</summary>
internal static class AccessSettings
{
    private static readonly DurationType SessionTime = new(TimeSpan.FromMinutes(1), TimeSpan.FromDays(3650));
    private static readonly CountType Burst = new(1, 1_000_000);

    /// <summary>The sliding lifetime.</summary>
    public static Setting<TimeSpan> SessionIdle { get; } = new(
        "session-idle", SessionTime, TimeSpan.FromHours(12), "A session that was not used for so long ends.");

    /// <summary>The absolute lifetime.</summary>
    public static Setting<TimeSpan> SessionLifetime { get; } = new(
        "session-lifetime", SessionTime, TimeSpan.FromDays(30),
        "A session ends so long after its login, however much it is used. Holds for later logins.");

    /// <summary>How many there may be.</summary>
    public static Setting<int> SessionsPerAccount { get; } = new(
        "sessions-per-account", new CountType(1, 100_000), 64,
        "Sessions of one account; a further login ends the one that was not used for the longest time.");

    /// <summary>How long a challenge is good.</summary>
    public static Setting<TimeSpan> ChallengeLifetime { get; } = new(
        "challenge-lifetime", new DurationType(TimeSpan.FromSeconds(5), TimeSpan.FromHours(1)), TimeSpan.FromMinutes(2),
        "A login must answer its challenge in this time.");

    /// <summary>How often an address may fail.</summary>
    public static Setting<int> LoginFailuresPerAddress { get; } = new(
        "login-failures-per-address", Burst, 20,
        "Logins from one address that may fail before it must wait; each 3 seconds allow one more.");

    /// <summary>How often a key may fail.</summary>
    public static Setting<int> LoginFailuresPerKey { get; } = new(
        "login-failures-per-key", Burst, 40,
        "Logins with one key, or with the password of one account, that may fail before everybody who tries it must wait; each second allows one more.");

    /// <summary>How often an address may ask.</summary>
    public static Setting<int> LoginChallengesPerAddress { get; } = new(
        "login-challenges-per-address", Burst, 100,
        "Challenges that one address may ask for before it must wait; each 200 ms allow one more.");

    /// <summary>Whether blocks are for everybody.</summary>
    public static Setting<bool> OpenBlocks { get; } = new(
        "open-blocks", new SwitchType(), false,
        "Let guests read every block whose id they know, and list all ids, by the routes of the flist server. Otherwise guests read "
            + "the blocks of public flists.");

    /// <summary>All of them.</summary>
    public static SettingGroup Group { get; } = new(
        "Logins and sessions",
        [
            SessionIdle, SessionLifetime, SessionsPerAccount, ChallengeLifetime, LoginFailuresPerAddress, LoginFailuresPerKey,
            LoginChallengesPerAddress, OpenBlocks,
        ]);
}
