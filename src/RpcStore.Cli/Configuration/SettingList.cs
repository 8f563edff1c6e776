using RpcStore.Cli.Configuration.Declarations;

namespace RpcStore.Cli.Configuration;

/// <summary>
/// Every setting of a server. A new one is declared in a group and used in <see cref="ServerOptionsFactory"/>; all else
/// follows.
/// </summary>
internal static class SettingList
{
    /// <summary>The settings by what they are about.</summary>
    public static IReadOnlyList<SettingGroup> Groups { get; } =
        [
            EndpointSettings.Group, AccessSettings.Group, JournalSettings.Group, LimitSettings.Group, SiteSettings.Group, RunSettings.Group,
            TelemetrySettings.Group,
        ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Setting> All { get; } = [.. Groups.SelectMany(group => group.Settings)];

    /// <summary>The setting of a name; null when there is none.</summary>
    public static Setting? Find(string name) => All.FirstOrDefault(setting => setting.Name == name);
}
