namespace RpcStore.Cli.Configuration;

/// <summary>
/// Where the settings of a server are from: flags win over environment variables, those over the file, and it over the
/// defaults. Immutable; the file is read anew each time.
/// </summary>
internal sealed class ConfigurationSources
{
    /// <summary>What was typed: the values of a flag, and the flag as errors name it.</summary>
    public required IReadOnlyDictionary<Setting, (string Flag, IReadOnlyList<string> Texts)> Flags { get; init; }

    /// <summary>The environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The path of the file; null for none.</summary>
    public required string? File { get; init; }

    /// <summary>Reads every setting.</summary>
    /// <exception cref="UsageException">Some are wrong; the message names all of them.</exception>
    public ServeConfiguration Read()
    {
        var faults = new List<string>(EnvironmentVariables.FindFaults(Environment));
        var inFile = ReadFile(faults);
        var values = new Dictionary<Setting, SettingValue>();
        var configuration = new ServeConfiguration(values);
        foreach (var setting in SettingList.All)
        {
            // The default stands in for what is wrong, so that the faults of later settings are found as well.
            values[setting] = ReadOne(setting, inFile, faults) ?? GetDefault(setting, configuration, faults);
        }

        faults.AddRange(ConfigurationRules.FindFaults(configuration));
        return faults.Count == 0 ? configuration : throw ToException(faults);
    }

    private static UsageException ToException(IEnumerable<string> faults) => new(string.Join("; ", faults));

    private static SettingValue GetDefault(Setting setting, ServeConfiguration configuration, List<string> faults)
    {
        try
        {
            return setting.GetDefault(configuration);
        }
        catch (FormatException e)
        {
            // Nothing can stand in for it.
            throw ToException([.. faults, setting.Flag + e.Message]);
        }
    }

    private SettingValue? ReadOne(Setting setting, Dictionary<string, FileEntry> inFile, List<string> faults)
    {
        if (FindTexts(setting, inFile) is not var (texts, source))
        {
            return null;
        }

        try
        {
            return setting.Parse(texts, source);
        }
        catch (FormatException e)
        {
            faults.Add(source.Name + e.Message);
            return null;
        }
    }

    private (IReadOnlyList<string> Texts, SettingSource Source)? FindTexts(Setting setting, Dictionary<string, FileEntry> inFile)
    {
        if (Flags.TryGetValue(setting, out var typed))
        {
            return (typed.Texts, new SettingSource(SettingSourceKind.Flag, typed.Flag));
        }

        if (EnvironmentVariables.Find(Environment, setting) is { } texts)
        {
            return (texts, new SettingSource(SettingSourceKind.Environment, setting.Variable));
        }

        return inFile.TryGetValue(setting.Name, out var entry)
            ? (entry.Texts, new SettingSource(SettingSourceKind.File, $"{File}:{entry.Line}: {setting.Name}"))
            : null;
    }

    private Dictionary<string, FileEntry> ReadFile(List<string> faults)
    {
        var entries = new Dictionary<string, FileEntry>(StringComparer.Ordinal);
        if (File is null)
        {
            return entries;
        }

        try
        {
            foreach (var entry in ConfigurationFile.Read(File))
            {
                if (SettingList.Find(entry.Name) is null)
                {
                    var nearest = NearestName.Find(entry.Name, SettingList.All.Select(setting => setting.Name));
                    faults.Add($"{File}:{entry.Line}: '{entry.Name}' is no setting" + (nearest is null ? "" : $"; did you mean '{nearest}'?"));
                }
                else if (!entries.TryAdd(entry.Name, entry))
                {
                    faults.Add($"{File}:{entry.Line}: '{entry.Name}' is there twice; the first is on line {entries[entry.Name].Line}");
                }
            }
        }
        catch (FormatException e)
        {
            faults.Add(e.Message);
        }

        return entries;
    }
}
