using System.Text;

namespace RpcStore.CodeGen.Rust;

/// <summary>Writes Rust line by line, broken where rustfmt with its default settings breaks.</summary>
internal sealed class RustCode
{
    /// <summary>The longest line, in characters.</summary>
    public const int Width = 100;

    /// <summary>The longest content of an array that rustfmt keeps on one line.</summary>
    public const int ArrayWidth = 60;

    // The longest body of a struct literal that rustfmt keeps on one line.
    private const int LiteralWidth = 18;

    private readonly StringBuilder text = new();
    private int depth;
    private bool wantsBlank;

    /// <summary>Starts a file.</summary>
    /// <param name="summary">What the module is.</param>
    public RustCode(string summary)
    {
        Line("// Made from spec/contract by tools/generate; changes here are lost.");
        Blank();
        Comment("//!", summary);
        Blank();
    }

    /// <summary>A line.</summary>
    public void Line(string line)
    {
        if (wantsBlank)
        {
            text.Append('\n');
            wantsBlank = false;
        }

        text.Append(' ', line.Length == 0 ? 0 : 4 * depth).Append(line).Append('\n');
    }

    /// <summary>A blank line, unless a brace closes next.</summary>
    public void Blank() => wantsBlank = true;

    /// <summary>A line that ends in a brace, and a block under it.</summary>
    public void Block(string head, Action body, string tail = "}")
    {
        Line(head);
        Indented(body);
        wantsBlank = false;
        Line(tail);
    }

    /// <summary>Lines one step further in.</summary>
    public void Indented(Action body)
    {
        depth++;
        body();
        depth--;
    }

    /// <summary>The head of a function, broken into a line for each parameter when it is too long, and its body.</summary>
    public void Function(string name, IReadOnlyList<string> parameters, string result, Action body)
    {
        var single = $"{name}({string.Join(", ", parameters)}) -> {result} {{";
        if (single.Length + (4 * depth) <= Width)
        {
            Block(single, body);
            return;
        }

        Line($"{name}(");
        Indented(() =>
        {
            foreach (var parameter in parameters)
            {
                Line($"{parameter},");
            }
        });
        Block($") -> {result} {{", body);
    }

    /// <summary>A struct literal.</summary>
    /// <param name="head">What stands before its brace.</param>
    /// <param name="members">Its members.</param>
    /// <param name="tail">What stands behind its brace.</param>
    public void Literal(string head, IReadOnlyList<string> members, string tail)
    {
        var content = string.Join(", ", members);
        if (members.Count == 0)
        {
            Line($"{head} {{}}{tail}");
        }
        else if (content.Length <= LiteralWidth)
        {
            Line($"{head} {{ {content} }}{tail}");
        }
        else
        {
            Block($"{head} {{", () => Lines(members), "}" + tail);
        }
    }

    /// <summary>A list of short values in brackets.</summary>
    public void Array(string head, IReadOnlyList<string> items, string tail)
    {
        var content = string.Join(", ", items);
        if (content.Length <= ArrayWidth && head.Length + content.Length + tail.Length + 2 + (4 * depth) <= Width)
        {
            Line($"{head}[{content}]{tail}");
        }
        else
        {
            Block($"{head}[", () => Lines(items), "]" + tail);
        }
    }

    /// <summary>Paragraphs of a doc comment, with empty lines between them.</summary>
    public void Doc(params IEnumerable<string> paragraphs)
    {
        var isFirst = true;
        foreach (var paragraph in paragraphs.Where(paragraph => paragraph.Length > 0))
        {
            if (!isFirst)
            {
                Line("///");
            }

            Comment("///", paragraph);
            isFirst = false;
        }
    }

    /// <summary>The file.</summary>
    public override string ToString() => text.ToString();

    private void Lines(IEnumerable<string> items)
    {
        foreach (var item in items)
        {
            Line($"{item},");
        }
    }

    private void Comment(string slashes, string markdown)
    {
        foreach (var (line, indent) in markdown.Split('\n').SelectMany(item => RustDoc.Wrap(item, Width - (4 * depth) - slashes.Length - 1)))
        {
            Line($"{slashes} {indent}{line}");
        }
    }
}
