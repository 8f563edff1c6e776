using System.Net;
using System.Text;

namespace RpcStore.CodeGen.Reference;

/// <summary>Puts HTML together, element by element. What is text is escaped; what is called HTML is taken as it is.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder text = new();

    /// <summary>An element with others inside, its tags on lines of their own.</summary>
    /// <param name="tag">Its name, with attributes that need no escape.</param>
    /// <param name="body">Writes what is inside.</param>
    /// <param name="attributes">Attributes whose values are escaped.</param>
    public void Block(string tag, Action body, params (string Name, string Value)[] attributes)
    {
        Open(tag, attributes);
        text.Append('\n');
        body();
        Close(tag);
    }

    /// <summary>An element with HTML inside, on one line.</summary>
    public void Element(string tag, string html, params (string Name, string Value)[] attributes)
    {
        Open(tag, attributes);
        text.Append(html);
        Close(tag);
    }

    /// <summary>Code as it is, with its line breaks.</summary>
    public void Code(string code) => Element("pre tabindex=\"0\"", $"<code>{WebUtility.HtmlEncode(code)}</code>");

    /// <summary>All of it.</summary>
    public override string ToString() => text.ToString();

    private void Open(string tag, (string Name, string Value)[] attributes)
    {
        text.Append('<').Append(tag);
        foreach (var (name, value) in attributes)
        {
            text.Append(' ').Append(name).Append("=\"").Append(WebUtility.HtmlEncode(value).Replace("\n", "&#10;", StringComparison.Ordinal)).Append('"');
        }

        text.Append('>');
    }

    private void Close(string tag) => text.Append("</").Append(tag.Split(' ')[0]).Append(">\n");
}
