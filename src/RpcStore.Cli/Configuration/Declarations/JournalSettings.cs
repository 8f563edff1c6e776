using RpcStore.Cli.Configuration.Types;

namespace RpcStore.Cli.Configuration.Declarations;

/// <summary>What the journal records and how much of it is kept.</summary>
internal static class JournalSettings
{
    /// <summary>Only what changes something.</summary>
    public const string Changes = "changes";

    /// <summary>What moves bytes out as well.</summary>
    public const string Actions = "actions";

    /// <summary>Questions as well.</summary>
    public const string All = "all";

    /// <summary>What is recorded.</summary>
    public static Setting<string> Records { get; } = new(
        "journal-records", new ChoiceType(Changes, Actions, All), Actions,
        "What the journal records: changes (what changes something, and logins), actions (reads of blobs too), or all (every "
        + "call and request). What was refused or failed is always recorded.");

    /// <summary>Retention by age.</summary>
    public static Setting<TimeSpan> MaxAge { get; } = new(
        "journal-max-age", new DurationType(TimeSpan.FromMinutes(1), TimeSpan.FromDays(36500)), TimeSpan.FromDays(400),
        "Entries of the journal that are older are removed.")
    { IsReloadable = true };

    /// <summary>Retention by size.</summary>
    public static Setting<long> MaxBytes { get; } = new(
        "journal-max-bytes", new BytesType(1 << 20, 1L << 50), 1L << 30,
        "Bytes of entries, about, beyond which the oldest are removed; indexes add half as much on the disk.")
    { IsReloadable = true };

    /// <summary>All of them.</summary>
    public static SettingGroup Group { get; } = new("Journal", [Records, MaxAge, MaxBytes]);
}
