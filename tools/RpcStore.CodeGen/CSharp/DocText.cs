using System.Text;
using RpcStore.CodeGen.Reference;

namespace RpcStore.CodeGen.CSharp;

/// <summary>Turns text of the contract into text of a doc comment.</summary>
internal static class DocText
{
    /// <summary>Escapes XML, and turns <c>`code`</c> into elements.</summary>
    public static string FromMarkdown(string markdown)
    {
        var parts = markdown.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Split('`');
        var text = new StringBuilder();
        for (var i = 0; i < parts.Length; i++)
        {
            text.Append(i % 2 == 0 ? parts[i] : $"<c>{parts[i]}</c>");
        }

        return text.ToString();
    }

    /// <summary>Breaks text into lines at spaces, never inside an element.</summary>
    public static IEnumerable<string> Wrap(string content, int width)
    {
        var line = "";
        foreach (var word in content.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }

    /// <summary>A C# string literal.</summary>
    public static string Literal(string text) => $"\"{TextLiteral.Escape(text, @"\u{0}")}\"";
}
