using RpcStore.Cli.Configuration;
using RpcStore.Cli.Configuration.Declarations;

namespace RpcStore.Tests.Cli.Configuration;

/// <summary>Settings as somebody wrote them in a test.</summary>
internal static class TestSources
{
    /// <summary>Only flags, as pairs of name and value; a name that is there twice has two values.</summary>
    public static ConfigurationSources Flags(params (string Name, string Text)[] flags) => Create([], null, flags);

    public static ConfigurationSources Create(
        Dictionary<string, string> environment, string? file, params (string Name, string Text)[] flags) => new()
        {
            Flags = flags.GroupBy(flag => flag.Name).ToDictionary(
                group => SettingList.Find(group.Key)!,
                group => ("--" + group.Key, (IReadOnlyList<string>)[.. group.Select(flag => flag.Text)])),
            Environment = environment,
            File = file,
        };

    /// <summary>Flags that give one setting another value than its default, with what it needs beside it.</summary>
    public static (string, string)[] Change(Setting setting)
    {
        string[] candidates = ["7d", "7m", "77", "7MiB", "0600", "true", "debug", "json", "changes", "http", "http://127.0.0.1:4318", "tcp://127.0.0.1:1", "/elsewhere"];
        var usual = Flags().Read().Find(setting).Text;
        var text = candidates.First(candidate => Parse(setting, candidate) is { } parsed && parsed.Text != usual);
        return setting == EndpointSettings.TlsCertificate ? [(setting.Name, text), (EndpointSettings.TlsKey.Name, "/key")]
            : setting == EndpointSettings.TlsKey ? [(setting.Name, text), (EndpointSettings.TlsCertificate.Name, "/certificate")]
            : [(setting.Name, text)];
    }

    private static SettingValue? Parse(Setting setting, string text)
    {
        try
        {
            return setting.Parse([text], SettingSource.Default);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
