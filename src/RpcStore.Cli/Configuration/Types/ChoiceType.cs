namespace RpcStore.Cli.Configuration.Types;

/// <summary>One of a few words.</summary>
/// <param name="words">The words.</param>
internal sealed class ChoiceType(params string[] words) : SettingType<string>
{
    /// <inheritdoc/>
    public override string Placeholder => string.Join('|', words);

    /// <inheritdoc/>
    public override string Allowed => $"{string.Join(", ", words[..^1])} or {words[^1]}";

    /// <inheritdoc/>
    public override string Format(string value) => value;

    /// <inheritdoc/>
    protected override string Parse(string text) => words.Contains(text) ? text : throw Refuse(text);
}
