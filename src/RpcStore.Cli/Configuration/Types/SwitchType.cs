namespace RpcStore.Cli.Configuration.Types;

/// <summary>Yes or no.</summary>
internal sealed class SwitchType : SettingType<bool>
{
    /// <inheritdoc/>
    public override string Placeholder => "true|false";

    /// <inheritdoc/>
    public override string Allowed => "true or false";

    /// <inheritdoc/>
    public override bool IsSwitch => true;

    /// <inheritdoc/>
    public override string Format(bool value) => value ? "true" : "false";

    /// <inheritdoc/>
    protected override bool Parse(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => throw Refuse(text),
    };
}
