namespace RpcStore.Cli.Configuration.Types;

/// <summary>The address of somebody who speaks HTTP.</summary>
internal sealed class HttpUrlType : SettingType<Uri?>
{
    /// <inheritdoc/>
    public override string Placeholder => "URL";

    /// <inheritdoc/>
    public override string Allowed => "a URL of http or https, as http://localhost:4317";

    /// <inheritdoc/>
    public override string Format(Uri? value) => value?.OriginalString ?? "";

    /// <inheritdoc/>
    protected override Uri? Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw Refuse(text);
}
