using System.Collections.Immutable;

namespace RpcStore.CodeGen.Patterns;

/// <summary>
/// A regular expression of the supported kind: both anchors, and between them units that repeat. It is chosen so that
/// reading forward once, taking of every unit as many as there are, is always right: nothing ever has to be taken back.
/// </summary>
/// <param name="Text">As the contract has it.</param>
/// <param name="Items">What stands between the anchors.</param>
public sealed record Pattern(string Text, ImmutableArray<PatternItem> Items)
{
    /// <summary>Whether a text matches as a whole.</summary>
    public bool Matches(ReadOnlySpan<char> text)
    {
        var at = 0;
        foreach (var item in Items)
        {
            var count = 0;
            while (count < item.Maximum && item.StandsAt(text[at..]))
            {
                at += item.Unit.Length;
                count++;
            }

            if (count < item.Minimum)
            {
                return false;
            }
        }

        return at == text.Length;
    }
}

/// <summary>Characters that stand together, and how often they repeat.</summary>
/// <param name="Unit">One set a character.</param>
/// <param name="Minimum">Repeats at the least.</param>
/// <param name="Maximum">Repeats at the most; <see cref="int.MaxValue"/> for no limit.</param>
public sealed record PatternItem(ImmutableArray<CharacterSet> Unit, int Minimum, int Maximum)
{
    /// <summary>Whether a text starts with the unit.</summary>
    public bool StandsAt(ReadOnlySpan<char> text)
    {
        if (text.Length < Unit.Length)
        {
            return false;
        }

        for (var i = 0; i < Unit.Length; i++)
        {
            if (!Unit[i].Contains(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Characters of ASCII, as ranges.</summary>
/// <param name="Ranges">First and last of each.</param>
public sealed record CharacterSet(ImmutableArray<(char First, char Last)> Ranges)
{
    /// <summary>Whether a character is one of them.</summary>
    public bool Contains(char c) => Ranges.Any(range => c >= range.First && c <= range.Last);

    /// <summary>Whether a character is in both.</summary>
    public bool Intersects(CharacterSet other) =>
        Ranges.Any(a => other.Ranges.Any(b => a.First <= b.Last && b.First <= a.Last));
}
