using System.CommandLine;
using RpcStore.Cli.Configuration;

namespace RpcStore.Cli.Commands;

/// <summary>The option of a setting. It takes any text: what is allowed is the same wherever a value is from.</summary>
internal static class SettingOption
{
    /// <summary>Makes the option.</summary>
    public static Option<string[]> Create(Setting setting) => new(setting.Flag)
    {
        Description = Describe(setting),
        HelpName = setting.Placeholder,
        Arity = setting.IsList ? ArgumentArity.OneOrMore : setting.IsSwitch ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = static result => [.. result.Tokens.Select(token => token.Value)],
    };

    private static string Describe(Setting setting)
    {
        var takes = setting.IsSwitch ? "" : $" Takes {setting.Allowed}.";
        var repeated = setting.IsList ? " May be repeated." : "";
        return $"{setting.Description}{takes}{repeated} Default: {setting.DefaultText}.";
    }
}
