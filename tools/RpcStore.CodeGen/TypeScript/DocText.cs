using System.Text;
using RpcStore.CodeGen.Reference;

namespace RpcStore.CodeGen.TypeScript;

/// <summary>Turns text of the contract into text of a TSDoc comment (<see href="https://tsdoc.org"/>).</summary>
internal static class DocText
{
    /// <summary>Escapes what TSDoc and the end of a comment would take for themselves; <c>`code`</c> stays.</summary>
    public static string Escape(string markdown)
    {
        var parts = markdown.Replace("*/", "*\\/", StringComparison.Ordinal).Split('`');
        var text = new StringBuilder();
        for (var i = 0; i < parts.Length; i++)
        {
            text.Append(i == 0 ? "" : "`").Append(i % 2 == 0 ? EscapePlain(parts[i]) : parts[i]);
        }

        return text.ToString();
    }

    /// <summary>Escapes the text of a tag: what stands before the first <c> - </c> or after a link is the writer's own.</summary>
    public static string EscapeTag(string tag)
    {
        var at = tag.StartsWith("@param", StringComparison.Ordinal) ? tag.IndexOf(" - ", StringComparison.Ordinal) + 3
            : tag.StartsWith("@throws", StringComparison.Ordinal) ? tag.IndexOf('}') + 1
            : tag.IndexOf(' ');
        return tag[..at] + Escape(tag[at..]);
    }

    /// <summary>Breaks text into lines at spaces, never inside a link.</summary>
    public static IEnumerable<string> Wrap(string content, int width)
    {
        var line = "";
        foreach (var word in content.Replace("{@link ", "{@link\u00a0", StringComparison.Ordinal).Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.Replace('\u00a0', ' ');
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line.Replace('\u00a0', ' ');
    }

    /// <summary>A string literal as prettier writes it.</summary>
    public static string Literal(string text)
    {
        var escaped = TextLiteral.Escape(text, @"\u{0}");
        return text.Contains('"') && !text.Contains('\'') ? $"'{escaped.Replace("\\\"", "\"", StringComparison.Ordinal)}'" : $"\"{escaped}\"";
    }

    private static string EscapePlain(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            escaped.Append(c is '{' or '}' or '@' or '<' or '>' ? "\\" : "").Append(c);
        }

        return escaped.ToString();
    }
}
