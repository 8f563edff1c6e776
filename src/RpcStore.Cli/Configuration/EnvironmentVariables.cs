namespace RpcStore.Cli.Configuration;

/// <summary>The environment variables of this program that say something about a server.</summary>
internal static class EnvironmentVariables
{
    /// <summary>Names the configuration file.</summary>
    public const string ConfigVariable = Setting.VariablePrefix + "CONFIG";

    // What else the program reads.
    private static readonly string[] Others = [ConfigVariable, Defaults.ServerVariable, ErrorReport.DebugVariable];

    /// <summary>The values that variables give a setting; null when they do not.</summary>
    /// <param name="environment">The variables.</param>
    /// <param name="setting">The setting. The values of a list are separated by commas.</param>
    public static IReadOnlyList<string>? Find(IReadOnlyDictionary<string, string> environment, Setting setting) =>
        environment.GetValueOrDefault(setting.Variable) is not { Length: > 0 } text ? null
        : setting.IsList ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : [text];

    /// <summary>What is wrong with the names of variables.</summary>
    public static IEnumerable<string> FindFaults(IReadOnlyDictionary<string, string> environment) =>
        from name in environment.Keys.Order(StringComparer.Ordinal)
        where name.StartsWith(Setting.VariablePrefix, StringComparison.Ordinal)
            && !Others.Contains(name)
            && SettingList.All.All(setting => setting.Variable != name)
            && LooksLikeSetting(name)
        let nearest = FindNearest(name)
        select $"{name} is no setting" + (nearest is null ? "" : $"; did you mean {nearest}?");

    // The prefix is the same everywhere, and would make short names seem alike.
    private static string? FindNearest(string name) =>
        NearestName.Find(Strip(name), SettingList.All.Select(setting => Strip(setting.Variable))) is { } nearest
            ? Setting.VariablePrefix + nearest
            : null;

    /// <summary>
    /// Whether somebody meant a setting. Others may use the prefix: test runs, and container managers that describe a service
    /// called <c>rpcstore</c> by variables such as <c>RPCSTORE_PORT_9750_TCP</c>.
    /// </summary>
    private static bool LooksLikeSetting(string name)
    {
        var first = FirstWord(name);
        return SettingList.All.Any(setting => FirstWord(setting.Variable) == first)
            || FindNearest(name) is not null;
    }

    private static string FirstWord(string variable) => Strip(variable).Split('_')[0];

    private static string Strip(string variable) => variable[Setting.VariablePrefix.Length..];
}
