using System.Text;

namespace RpcStore.Contract.Parameters;

/// <summary>The strings of an enum in the order of its members, as they are on the wire. Immutable.</summary>
public sealed class EnumTable
{
    private readonly string[] names;
    private readonly byte[][] utf8Names;

    /// <summary>A table of these strings.</summary>
    public EnumTable(params string[] names)
    {
        this.names = names;
        utf8Names = [.. names.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The string of a member.</summary>
    public string this[int index] => names[index];

    /// <summary>The string of a member in UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8(int index) => utf8Names[index];

    /// <summary>The index of a string, or -1.</summary>
    public int IndexOf(ReadOnlySpan<byte> utf8Name)
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

    /// <summary>The strings for a person to read.</summary>
    public override string ToString() => string.Join(", ", names.Select(name => $"\"{name}\""));
}
