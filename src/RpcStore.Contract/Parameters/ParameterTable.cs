using System.Text;

namespace RpcStore.Contract.Parameters;

/// <summary>The names that an object may have: the parameters of a method in their order, or the members of a type. Immutable.</summary>
public sealed class ParameterTable
{
    /// <summary>Names in one table at the most: what fits the bits of a <see cref="ulong"/>.</summary>
    public const int MaxCount = 64;

    private readonly byte[][] utf8Names;

    /// <summary>A table.</summary>
    /// <param name="required">The names that must be there; they come first.</param>
    /// <param name="optional">The names that may be left out.</param>
    /// <exception cref="ArgumentException">There are more than <see cref="MaxCount"/>.</exception>
    public ParameterTable(string[] required, string[] optional)
    {
        string[] names = [.. required, .. optional];
        if (names.Length > MaxCount)
        {
            throw new ArgumentException($"A table holds at most {MaxCount} names.", nameof(optional));
        }

        Names = names;
        RequiredCount = required.Length;
        utf8Names = [.. names.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The names, required ones first.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many of them, from the first, must be there.</summary>
    public int RequiredCount { get; }

    /// <summary>The index of a name, or -1.</summary>
    internal int IndexOf(ReadOnlySpan<byte> utf8Name)
    {
        for (var i = 0; i < utf8Names.Length; i++)
        {
            if (utf8Name.SequenceEqual(utf8Names[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
