namespace RpcStore.Cli.Configuration;

/// <summary>The value of a setting.</summary>
/// <param name="Value">The value, understood.</param>
/// <param name="Text">The value as a person may write it; empty for none.</param>
/// <param name="Source">Where it is from.</param>
internal sealed record SettingValue(object? Value, string Text, SettingSource Source);

/// <summary>Where a value is from.</summary>
/// <param name="Kind">What kind of place.</param>
/// <param name="Name">
/// The place as errors name it, with the setting: <c>--log-level</c>, <c>RPCSTORE_LOG_LEVEL</c>, <c>rpcstore.json:3: log-level</c>.
/// </param>
internal sealed record SettingSource(SettingSourceKind Kind, string Name)
{
    /// <summary>Nobody said.</summary>
    public static SettingSource Default { get; } = new(SettingSourceKind.Default, "default");
}

/// <summary>What kind of place a value is from; a later one wins.</summary>
internal enum SettingSourceKind
{
    /// <summary>Nobody said.</summary>
    Default,

    /// <summary>The file.</summary>
    File,

    /// <summary>An environment variable.</summary>
    Environment,

    /// <summary>The command line.</summary>
    Flag,
}
