using System.Text;

namespace RpcStore.CodeGen.TypeScript;

/// <summary>Writes TypeScript line by line, broken where prettier would break it (<c>clients/typescript/.prettierrc.json</c>).</summary>
internal sealed class CodeWriter
{
    /// <summary>The <c>printWidth</c> of prettier.</summary>
    public const int Width = 120;

    private readonly StringBuilder text = new();
    private int depth;
    private bool wantsBlank;

    /// <summary>Starts a file.</summary>
    public CodeWriter()
    {
        Line("// Made from spec/contract by tools/generate; changes here are lost.");
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

        text.Append(' ', 2 * depth).Append(line).Append('\n');
    }

    /// <summary>A blank line, unless a brace closes next.</summary>
    public void Blank() => wantsBlank = true;

    /// <summary>A line that ends in a brace, and a block under it.</summary>
    public void Block(string head, Action body, string tail = "}")
    {
        Line(head);
        Body(body, tail);
    }

    /// <summary>A block whose opening line is written already.</summary>
    public void Body(Action body, string tail = "}")
    {
        depth++;
        body();
        depth--;
        wantsBlank = false;
        Line(tail);
    }

    /// <summary>A list of things between brackets: on one line where it fits, or one a line with a comma after each.</summary>
    /// <param name="head">What stands before the first, with the opening bracket.</param>
    /// <param name="items">The things.</param>
    /// <param name="tail">What stands behind the last, with the closing bracket.</param>
    /// <param name="pad">What stands between the brackets and the things on one line.</param>
    public void List(string head, IReadOnlyCollection<string> items, string tail, string pad = "")
    {
        var single = $"{head}{pad}{string.Join(", ", items)}{pad}{tail}";
        if (Fits(single))
        {
            Line(single);
            return;
        }

        Block(head, () =>
        {
            foreach (var item in items)
            {
                Line($"{item},");
            }
        }, tail);
    }

    /// <summary>An object that is written one member a line.</summary>
    /// <param name="head">What stands before it.</param>
    /// <param name="members">Its members; none make <c>{}</c>.</param>
    /// <param name="tail">What stands behind it.</param>
    public void Object(string head, IReadOnlyCollection<string> members, string tail)
    {
        if (members.Count == 0)
        {
            Line($"{head}{{}}{tail}");
            return;
        }

        Block(head + "{", () =>
        {
            foreach (var member in members)
            {
                Line($"{member},");
            }
        }, "}" + tail);
    }

    /// <summary>A union type: on one line where it fits, or one alternative a line.</summary>
    public void Union(string name, IReadOnlyCollection<string> alternatives)
    {
        var single = $"export type {name} = {string.Join(" | ", alternatives)};";
        if (Fits(single))
        {
            Line(single);
            return;
        }

        Line($"export type {name} =");
        depth++;
        var last = alternatives.Count;
        foreach (var alternative in alternatives)
        {
            Line($"| {alternative}{(--last == 0 ? ";" : "")}");
        }

        depth--;
    }

    /// <summary>Imports of types or values, in order, those that nothing is taken from left out.</summary>
    public void Imports(IEnumerable<(string Module, IEnumerable<string> Names, bool TypesOnly)> imports)
    {
        foreach (var (module, names, typesOnly) in imports)
        {
            string[] sorted = [.. names.Distinct().Order(StringComparer.Ordinal)];
            if (sorted.Length > 0)
            {
                List($"import {(typesOnly ? "type " : "")}{{", sorted, $"}} from \"{module}\";", pad: " ");
            }
        }

        Blank();
    }

    /// <summary>A doc comment.</summary>
    /// <param name="paragraphs">Texts of the contract; a text that starts with <c>@</c> is a tag, and tags stand together.</param>
    public void Doc(params IReadOnlyList<string> paragraphs)
    {
        var single = $"/** {DocText.Escape(paragraphs[0])} */";
        if (paragraphs.Count == 1 && Fits(single))
        {
            Line(single);
            return;
        }

        Line("/**");
        var afterTag = true;
        foreach (var paragraph in paragraphs)
        {
            var isTag = paragraph.StartsWith('@');
            if (!(isTag && afterTag) && paragraph != paragraphs[0])
            {
                Line(" *");
            }

            foreach (var line in DocText.Wrap(isTag ? DocText.EscapeTag(paragraph) : DocText.Escape(paragraph), Width - (2 * depth) - 3))
            {
                Line($" * {line}");
            }

            afterTag = isTag;
        }

        Line(" */");
    }

    /// <summary>The file.</summary>
    public override string ToString() => text.ToString();

    private bool Fits(string line) => line.Length + (2 * depth) <= Width;
}
