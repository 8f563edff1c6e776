using System.Text;

namespace RpcStore.CodeGen.Reference;

/// <summary>Puts blocks of Markdown together.</summary>
internal sealed class MarkdownPage
{
    private readonly StringBuilder text = new();

    /// <summary>A line, with nothing before it.</summary>
    public void Line(string line) => text.Append(line).Append('\n');

    /// <summary>A block of its own.</summary>
    public void Paragraph(string markdown)
    {
        text.Append('\n');
        Line(markdown);
    }

    /// <summary>A table; nothing where it has no rows.</summary>
    public void Table(string[] head, IEnumerable<string[]> rows)
    {
        var isFirst = true;
        foreach (var row in rows)
        {
            if (isFirst)
            {
                text.Append('\n');
                Line("|" + string.Concat(head.Select(cell => cell.Length == 0 ? " |" : $" {cell} |")));
                Line($"|{string.Concat(head.Select(_ => "---|"))}");
                isFirst = false;
            }

            Line("|" + string.Concat(row.Select(cell => cell.Length == 0 ? " |" : $" {cell} |")));
        }
    }

    /// <summary>Code between fences that are longer than any in it.</summary>
    public void Code(string language, string code)
    {
        var fence = "```";
        while (code.Contains(fence, StringComparison.Ordinal))
        {
            fence += '`';
        }

        text.Append('\n');
        Line($"{fence}{language}");
        Line(code);
        Line(fence);
    }

    /// <summary>The page.</summary>
    public override string ToString() => text.ToString();
}
