using System.Text;

namespace RpcStore.Cli.Configuration;

/// <summary>The settings as tables of Markdown, for <c>spec/configuration.md</c>.</summary>
internal static class SettingsDocument
{
    /// <summary>Writes the tables.</summary>
    public static string Write()
    {
        var text = new StringBuilder();
        foreach (var group in SettingList.Groups)
        {
            text.Append($"### {group.Title}\n\n| setting | takes | default | meaning |\n|---|---|---|---|\n");
            foreach (var setting in group.Settings)
            {
                var more = (setting.IsList ? " May be several." : "") + (setting.IsReloadable ? " *Reloads.*" : "");
                text.Append($"| `{setting.Name}` | {setting.Allowed} | {setting.DefaultText} | {setting.Description}{more} |\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
