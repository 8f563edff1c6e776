using System.Collections.Immutable;
using System.Globalization;

namespace RpcStore.CodeGen.Patterns;

/// <summary>
/// Reads a <see cref="Pattern"/>: <c>^</c>, then literal characters, classes such as <c>[0-9a-f]</c> and groups of these,
/// each with <c>?</c>, <c>*</c>, <c>+</c>, <c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c>, then <c>$</c>.
/// </summary>
public sealed class PatternParser
{
    private const string Special = "\\^$.|?*+()[]{}";

    private readonly string text;
    private int at;

    private PatternParser(string text) => this.text = text;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FormatException">It is not of the supported kind; the message says why.</exception>
    public static Pattern Parse(string text)
    {
        var items = new PatternParser(text).ParseItems();
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i].Minimum != items[i].Maximum && PatternAmbiguity.CanFollow(items[i].Unit, items[(i + 1)..]))
            {
                throw new FormatException($"where repeat {i + 1} of \"{text}\" ends cannot be told by reading forward once");
            }
        }

        return new Pattern(text, items);
    }

    private ImmutableArray<PatternItem> ParseItems()
    {
        Expect('^');
        var items = ImmutableArray.CreateBuilder<PatternItem>();
        while (at < text.Length && text[at] != '$')
        {
            var unit = text[at] == '(' ? ParseGroup() : [ParseSet()];
            var (minimum, maximum) = ParseRepeat();
            items.Add(new PatternItem(unit, minimum, maximum));
        }

        Expect('$');
        return at == text.Length ? items.ToImmutable() : throw new FormatException($"text after $ in \"{text}\"");
    }

    private ImmutableArray<CharacterSet> ParseGroup()
    {
        Expect('(');
        var sets = ImmutableArray.CreateBuilder<CharacterSet>();
        while (at < text.Length && text[at] != ')')
        {
            var set = ParseSet();
            var (minimum, maximum) = ParseRepeat();
            if (minimum != maximum)
            {
                throw new FormatException($"a repeat of varying length inside a group of \"{text}\"");
            }

            sets.AddRange(Enumerable.Repeat(set, minimum));
        }

        Expect(')');
        return sets.Count > 0 ? sets.ToImmutable() : throw new FormatException($"an empty group in \"{text}\"");
    }

    private CharacterSet ParseSet()
    {
        if (text[at] != '[')
        {
            var literal = ParseCharacter(Special);
            return new CharacterSet([(literal, literal)]);
        }

        at++;
        var ranges = ImmutableArray.CreateBuilder<(char, char)>();
        while (at < text.Length && text[at] != ']')
        {
            var first = ParseCharacter("^[");
            var last = first;
            if (at + 1 < text.Length && text[at] == '-' && text[at + 1] != ']')
            {
                at++;
                last = ParseCharacter("^[");
            }

            ranges.Add(first <= last ? (first, last) : throw new FormatException($"a range that ends before it starts in \"{text}\""));
        }

        Expect(']');
        return ranges.Count > 0 ? new CharacterSet(ranges.ToImmutable()) : throw new FormatException($"an empty class in \"{text}\"");
    }

    private char ParseCharacter(string refused)
    {
        var c = text[at++];
        if (c == '\\')
        {
            c = at < text.Length ? text[at++] : '\0';
            return Special.Contains(c) || c is '-' or '/' ? c : throw new FormatException($"\"\\{c}\" is not supported in \"{text}\"");
        }

        return c is >= ' ' and <= '~' && !refused.Contains(c) ? c : throw new FormatException($"\"{c}\" is not supported here in \"{text}\"");
    }

    private (int Minimum, int Maximum) ParseRepeat()
    {
        switch (at < text.Length ? text[at] : '\0')
        {
            case '?':
                at++;
                return (0, 1);
            case '*':
                at++;
                return (0, int.MaxValue);
            case '+':
                at++;
                return (1, int.MaxValue);
            case '{':
                return ParseBraces();
            default:
                return (1, 1);
        }
    }

    private (int Minimum, int Maximum) ParseBraces()
    {
        var end = text.IndexOf('}', at);
        var parts = end < 0 ? [] : text[(at + 1)..end].Split(',');
        at = end + 1;
        if (parts.Length is 1 or 2 && TryCount(parts[0], out var minimum))
        {
            if (parts.Length == 1)
            {
                return (minimum, minimum);
            }

            if (parts[1].Length == 0)
            {
                return (minimum, int.MaxValue);
            }

            if (TryCount(parts[1], out var maximum) && minimum <= maximum)
            {
                return (minimum, maximum);
            }
        }

        throw new FormatException($"a repeat that is not {{n}}, {{n,}} or {{n,m}} in \"{text}\"");
    }

    private static bool TryCount(string digits, out int count) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count <= 10_000;

    private void Expect(char c)
    {
        if (at >= text.Length || text[at] != c)
        {
            throw new FormatException($"\"{c}\" is missing in \"{text}\"; a pattern starts with ^ and ends with $");
        }

        at++;
    }
}
