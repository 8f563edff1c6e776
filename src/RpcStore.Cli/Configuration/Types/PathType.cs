namespace RpcStore.Cli.Configuration.Types;

/// <summary>A file or a folder; a relative path counts from the working directory.</summary>
/// <param name="placeholder">What stands for it in the help.</param>
internal sealed class PathType(string placeholder) : SettingType<string?>
{
    /// <inheritdoc/>
    public override string Placeholder => placeholder;

    /// <inheritdoc/>
    public override string Allowed => "a path";

    /// <inheritdoc/>
    public override string Format(string? value) => value ?? "";

    /// <inheritdoc/>
    protected override string Parse(string text) =>
        text.Length > 0 && !text.Contains('\0') ? Path.GetFullPath(text) : throw Refuse(text);
}
