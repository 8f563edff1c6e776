namespace RpcStore.Cli.Configuration;

/// <summary>A value for every setting. Immutable.</summary>
/// <param name="values">The values.</param>
internal sealed class ServeConfiguration(IReadOnlyDictionary<Setting, SettingValue> values)
{
    /// <summary>The value of a setting.</summary>
    public T Get<T>(Setting<T> setting) => (T)values[setting].Value!;

    /// <summary>The value of a setting, and where it is from.</summary>
    public SettingValue Find(Setting setting) => values[setting];

    /// <summary>The same, with the values of another configuration for some settings.</summary>
    /// <param name="other">The other configuration.</param>
    /// <param name="which">The settings.</param>
    public ServeConfiguration With(ServeConfiguration other, Func<Setting, bool> which) =>
        new(values.ToDictionary(pair => pair.Key, pair => which(pair.Key) ? other.Find(pair.Key) : pair.Value));
}
