using RpcStore.Cli.Output;

namespace RpcStore.Cli.Configuration;

/// <summary>Prints every setting with its value and where that is from.</summary>
internal static class ConfigurationPrinter
{
    private static readonly Column<SettingRow>[] Columns =
    [
        new("SETTING", row => row.Name) { Width = SettingList.All.Max(setting => setting.Name.Length) },
        new("VALUE", row => row.Value ?? "-") { Width = 24 },
        new("FROM", row => row.Source),
    ];

    /// <summary>Prints them.</summary>
    public static void Write(CommandOutput output, ServeConfiguration configuration)
    {
        var rows = RowWriter<SettingRow>.Create(output, CliJson.Default.SettingRow, Columns);
        foreach (var setting in SettingList.All)
        {
            var (_, text, source) = configuration.Find(setting);
            rows.Write(new SettingRow(setting.Name, text.Length == 0 ? null : text, ToText(source)));
        }

        rows.End();
    }

    // The name of the setting is in a column of its own.
    private static string ToText(SettingSource source) => source.Kind == SettingSourceKind.File
        ? source.Name[..source.Name.LastIndexOf(": ", StringComparison.Ordinal)]
        : source.Name;
}
