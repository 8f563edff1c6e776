using System.Collections.Immutable;

namespace RpcStore.CodeGen.Patterns;

/// <summary>
/// Tells whether a repeat's end can be told by reading forward: it cannot when what follows the repeat may itself start with
/// one more of its units. <c>^a?[a-z]$</c> is such a case: of "a" the first item would take what the second needs.
/// </summary>
internal static class PatternAmbiguity
{
    /// <summary>Whether a text that matches <paramref name="rest"/> can start with <paramref name="unit"/>.</summary>
    public static bool CanFollow(ImmutableArray<CharacterSet> unit, ImmutableArray<PatternItem> rest)
    {
        // The states of an automaton for the rest: in item I, after C whole repeats, before character O of the unit.
        var states = new HashSet<(int Item, int Count, int Offset)> { (0, 0, 0) };
        foreach (var set in unit)
        {
            var next = new HashSet<(int, int, int)>();
            foreach (var (item, count, offset) in states.SelectMany(state => Reachable(state, rest)))
            {
                if (item < rest.Length && rest[item].Unit[offset].Intersects(set))
                {
                    next.Add(offset + 1 < rest[item].Unit.Length ? (item, count, offset + 1) : (item, Saturate(count + 1, rest[item]), 0));
                }
            }

            states = next;
        }

        return states.Count > 0;
    }

    /// <summary>The state itself and, between units, those of the items that may come next; a full item is left.</summary>
    private static IEnumerable<(int Item, int Count, int Offset)> Reachable((int Item, int Count, int Offset) state, ImmutableArray<PatternItem> rest)
    {
        var (item, count, offset) = state;
        while (item < rest.Length)
        {
            if (offset > 0 || count < rest[item].Maximum)
            {
                yield return (item, count, offset);
            }

            if (offset > 0 || count < rest[item].Minimum)
            {
                yield break;
            }

            (item, count) = (item + 1, 0);
        }
    }

    /// <summary>Keeps the number of states finite: beyond the minimum of an endless repeat the count tells nothing more.</summary>
    private static int Saturate(int count, PatternItem item) => item.Maximum == int.MaxValue ? Math.Min(count, item.Minimum) : count;
}
