using System.Net;
using System.Text;

namespace RpcStore.CodeGen.Reference;

/// <summary>How running text is written: in Markdown or in HTML.</summary>
internal abstract class TextStyle
{
    /// <summary>Text of the contract: <c>`code`</c> and nothing else means something in it.</summary>
    public string Text(string markdown)
    {
        var parts = markdown.Split('`');
        var text = new StringBuilder();
        for (var i = 0; i < parts.Length; i++)
        {
            text.Append(i % 2 == 0 ? Plain(parts[i]) : Code(parts[i]));
        }

        return text.ToString();
    }

    /// <summary>Text that means nothing but itself.</summary>
    public abstract string Plain(string text);

    /// <summary>Code inside a line.</summary>
    public abstract string Code(string code);

    /// <summary>A link to a named type.</summary>
    public abstract string TypeLink(string name);

    /// <summary>A link to what is said of kinds of values.</summary>
    public abstract string ValueLink(string name);

    /// <summary>A link to an error of the table.</summary>
    public abstract string ErrorLink(string name);
}

/// <summary>Markdown as GitHub shows it; it may stand in a table.</summary>
internal sealed class MarkdownStyle : TextStyle
{
    /// <summary>The one style.</summary>
    public static MarkdownStyle Instance { get; } = new();

    /// <summary>The anchor that GitHub gives to a heading.</summary>
    public static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    /// <summary>The heading of a type; <c>ServerInfo</c> alone would have the anchor of <c>server.info</c>.</summary>
    public static string TypeHeading(string name) => $"Type {name}";

    public override string Plain(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            escaped.Append(c is '\\' or '*' or '_' or '<' or '[' or ']' or '|' or '#' ? "\\" : "").Append(c);
        }

        return escaped.ToString();
    }

    public override string Code(string code) => $"`{code.Replace("|", "\\|", StringComparison.Ordinal)}`";

    public override string TypeLink(string name) => $"[`{name}`](#{Anchor(TypeHeading(name))})";

    public override string ValueLink(string name) => $"[{name}](#values)";

    public override string ErrorLink(string name) => $"[`{name}`](#errors)";
}

/// <summary>HTML.</summary>
internal sealed class HtmlStyle : TextStyle
{
    /// <summary>The one style.</summary>
    public static HtmlStyle Instance { get; } = new();

    public override string Plain(string text) => WebUtility.HtmlEncode(text);

    public override string Code(string code) => $"<code>{Plain(code)}</code>";

    public override string TypeLink(string name) => $"<a href=\"#type-{name}\"><code>{name}</code></a>";

    public override string ValueLink(string name) => $"<a href=\"#values\">{Plain(name)}</a>";

    public override string ErrorLink(string name) => $"<a href=\"#error-{name}\"><code>{name}</code></a>";
}
