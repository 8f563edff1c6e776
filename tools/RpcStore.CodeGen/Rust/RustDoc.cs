using System.Text;

namespace RpcStore.CodeGen.Rust;

/// <summary>Turns text of the contract into text of a doc comment.</summary>
internal static class RustDoc
{
    /// <summary>Escapes what rustdoc would take for a tag or a link, outside of <c>`code`</c>.</summary>
    public static string Escape(string markdown)
    {
        var parts = markdown.Split('`');
        var text = new StringBuilder();
        for (var i = 0; i < parts.Length; i++)
        {
            text.Append(i % 2 == 0 ? EscapePlain(parts[i]) : $"`{parts[i]}`");
        }

        return text.ToString();
    }

    /// <summary>Breaks an item of text into lines at spaces; what follows the first line of a list's item is indented.</summary>
    public static IEnumerable<(string Line, string Indent)> Wrap(string item, int width)
    {
        var further = item.StartsWith("- ", StringComparison.Ordinal) ? "  " : "";
        var indent = "";
        var line = "";
        foreach (var word in item.Split(' '))
        {
            if (line.Length > 0 && indent.Length + line.Length + 1 + word.Length > width)
            {
                yield return (line, indent);
                line = "";
                indent = further;
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return (line, indent);
    }

    private static string EscapePlain(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("[", "\\[", StringComparison.Ordinal)
        .Replace("]", "\\]", StringComparison.Ordinal)
        .Replace("*", "\\*", StringComparison.Ordinal);
}
