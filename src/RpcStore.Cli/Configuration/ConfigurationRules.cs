using RpcStore.Cli.Configuration.Declarations;

namespace RpcStore.Cli.Configuration;

/// <summary>What must hold between settings.</summary>
internal static class ConfigurationRules
{
    /// <summary>What does not hold, a line each.</summary>
    public static IEnumerable<string> FindFaults(ServeConfiguration configuration)
    {
        switch (configuration.Get(EndpointSettings.TlsCertificate), configuration.Get(EndpointSettings.TlsKey))
        {
            case (not null, null):
                yield return $"{NameOf(configuration, EndpointSettings.TlsCertificate)} needs {EndpointSettings.TlsKey.Flag}";
                break;
            case (null, not null):
                yield return $"{NameOf(configuration, EndpointSettings.TlsKey)} needs {EndpointSettings.TlsCertificate.Flag}";
                break;
            case (not null, not null) when configuration.Get(EndpointSettings.TlsSelfSigned):
                yield return $"{NameOf(configuration, EndpointSettings.TlsSelfSigned)} and "
                    + $"{NameOf(configuration, EndpointSettings.TlsCertificate)} exclude each other";
                break;
            default:
                break;
        }

        // Base64 makes four bytes of three; the rest of such a message is a few hundred bytes.
        const int Around = 1 << 10;
        var inline = configuration.Get(LimitSettings.MaxInlineBlobBytes);
        if ((((inline + 2) / 3) * 4) + Around > configuration.Get(LimitSettings.MaxMessageBytes))
        {
            yield return $"{NameOf(configuration, LimitSettings.MaxInlineBlobBytes)}: {configuration.Find(LimitSettings.MaxInlineBlobBytes).Text} in "
                + $"base64 does not fit into max-message-bytes, {configuration.Find(LimitSettings.MaxMessageBytes).Text}";
        }
    }

    private static string NameOf(ServeConfiguration configuration, Setting setting) => configuration.Find(setting).Source switch
    {
        { Kind: SettingSourceKind.Default } => setting.Name,
        var source => source.Name,
    };
}
