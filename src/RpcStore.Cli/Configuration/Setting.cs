using RpcStore.Cli.Configuration.Types;

namespace RpcStore.Cli.Configuration;

/// <summary>
/// Something about a server that a person may choose, declared once: its flag, its variable, its key in a file, the help and
/// the documentation come from here. Immutable.
/// </summary>
/// <param name="name">Its name everywhere: lower-case words with hyphens.</param>
/// <param name="description">What it means, for a person: whole sentences.</param>
internal abstract class Setting(string name, string description)
{
    /// <summary>What the names of all environment variables of the program begin with.</summary>
    public const string VariablePrefix = "RPCSTORE_";

    /// <summary>Its name, which is also its key in a file.</summary>
    public string Name => name;

    /// <summary>What it means.</summary>
    public string Description => description;

    /// <summary>Its option on the command line.</summary>
    public string Flag => "--" + name;

    /// <summary>Its environment variable.</summary>
    public string Variable => VariablePrefix + name.Replace('-', '_').ToUpperInvariant();

    /// <summary>Whether a server that runs takes over another value when it is asked to reload.</summary>
    public bool IsReloadable { get; init; }

    /// <summary>What stands for a value in the help.</summary>
    public abstract string Placeholder { get; }

    /// <summary>What is allowed, as the object of "takes".</summary>
    public abstract string Allowed { get; }

    /// <summary>What holds when nobody says, for a person.</summary>
    public abstract string DefaultText { get; }

    /// <summary>Whether there may be several values.</summary>
    public abstract bool IsList { get; }

    /// <summary>Whether the flag may stand alone.</summary>
    public abstract bool IsSwitch { get; }

    /// <summary>Understands what somebody wrote.</summary>
    /// <param name="texts">The values.</param>
    /// <param name="source">Where they are from.</param>
    /// <exception cref="FormatException">It is not allowed; the message continues the name of the setting.</exception>
    public abstract SettingValue Parse(IReadOnlyList<string> texts, SettingSource source);

    /// <summary>The value when nobody says.</summary>
    /// <param name="configuration">The settings that were declared before this one.</param>
    /// <exception cref="FormatException">As <see cref="Parse"/>.</exception>
    public abstract SettingValue GetDefault(ServeConfiguration configuration);
}

/// <inheritdoc cref="Setting"/>
/// <typeparam name="T">A value, understood.</typeparam>
internal sealed class Setting<T> : Setting
{
    private readonly SettingType<T> type;
    private readonly Func<ServeConfiguration, T> getDefault;
    private readonly Func<string> getDefaultText;

    /// <summary>Declares a setting with a fixed default.</summary>
    public Setting(string name, SettingType<T> type, T defaultValue, string description)
        : base(name, description)
    {
        this.type = type;
        getDefault = _ => defaultValue;
        getDefaultText = () => type.Format(defaultValue) is { Length: > 0 } text ? text : "none";
    }

    /// <summary>Declares a setting whose default follows from where the server runs, or from other settings.</summary>
    public Setting(string name, SettingType<T> type, Func<ServeConfiguration, T> getDefault, string defaultText, string description)
        : base(name, description)
    {
        this.type = type;
        this.getDefault = getDefault;
        getDefaultText = () => defaultText;
    }

    /// <inheritdoc/>
    public override string Placeholder => type.Placeholder;

    /// <inheritdoc/>
    public override string Allowed => type.Allowed;

    /// <inheritdoc/>
    public override string DefaultText => getDefaultText();

    /// <inheritdoc/>
    public override bool IsList => type.IsList;

    /// <inheritdoc/>
    public override bool IsSwitch => type.IsSwitch;

    /// <inheritdoc/>
    public override SettingValue Parse(IReadOnlyList<string> texts, SettingSource source) => ToValue(type.Parse(texts), source);

    /// <inheritdoc/>
    public override SettingValue GetDefault(ServeConfiguration configuration) =>
        ToValue(getDefault(configuration), SettingSource.Default);

    private SettingValue ToValue(T value, SettingSource source) => new(value, type.Format(value), source);
}
