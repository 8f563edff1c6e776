namespace RpcStore.Cli.Configuration;

/// <summary>Settings that belong together.</summary>
/// <param name="Title">What they are about.</param>
/// <param name="Settings">The settings, in the order in which people read them.</param>
internal sealed record SettingGroup(string Title, IReadOnlyList<Setting> Settings);
