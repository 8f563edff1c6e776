using System.Runtime.InteropServices;
using System.Text;

namespace RpcStore.JsonRpc;

/// <summary>The methods of a session, found by the UTF-8 bytes of their names. Immutable; shared by many sessions.</summary>
/// <remarks>
/// A table of its own rather than a dictionary of strings, so that looking a method up makes no string. Nobody outside can
/// add to it, so the hash need not withstand chosen keys.
/// </remarks>
public sealed class RpcMethodTable
{
    private readonly Entry[] slots;
    private readonly int mask;

    /// <summary>Makes the table.</summary>
    /// <exception cref="ArgumentException">Two methods have the same name.</exception>
    public RpcMethodTable(IEnumerable<RpcMethod> methods)
    {
        ArgumentNullException.ThrowIfNull(methods);
        Methods = [.. methods];

        // At most a quarter full, so that a look-up seldom sees a second slot.
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, Methods.Count * 4));
        slots = new Entry[size];
        mask = size - 1;
        foreach (var method in Methods)
        {
            Add(method);
        }
    }

    /// <summary>A table without methods: that of a client.</summary>
    public static RpcMethodTable Empty { get; } = new([]);

    /// <summary>All methods, in the order in which they were given.</summary>
    public IReadOnlyList<RpcMethod> Methods { get; }

    /// <summary>The method of this name; null when there is none. Names are compared byte for byte.</summary>
    public RpcMethod? Find(ReadOnlySpan<byte> utf8Name)
    {
        for (var slot = Hash(utf8Name) & mask; slots[slot].Method is { } method; slot = (slot + 1) & mask)
        {
            if (utf8Name.SequenceEqual(slots[slot].Name))
            {
                return method;
            }
        }

        return null;
    }

    private void Add(RpcMethod method)
    {
        var name = Encoding.UTF8.GetBytes(method.Name);
        if (Find(name) is not null)
        {
            throw new ArgumentException($"There are two methods of the name {method.Name}.");
        }

        var slot = Hash(name) & mask;
        while (slots[slot].Method is not null)
        {
            slot = (slot + 1) & mask;
        }

        slots[slot] = new Entry(name, method);
    }

    /// <summary>Mixes the length with the first and the last eight bytes, in which the names of a contract differ.</summary>
    private static int Hash(ReadOnlySpan<byte> name)
    {
        ulong head = 0, tail = 0;
        if (name.Length >= sizeof(ulong))
        {
            head = MemoryMarshal.Read<ulong>(name);
            tail = MemoryMarshal.Read<ulong>(name[^sizeof(ulong)..]);
        }
        else
        {
            foreach (var letter in name)
            {
                head = (head << 8) | letter;
            }
        }

        var mixed = (head ^ (tail * 0x9E3779B97F4A7C15) ^ (ulong)name.Length) * 0xD6E8FEB86659FD93;
        return (int)(mixed >> 33);
    }

    private readonly record struct Entry(byte[] Name, RpcMethod Method);
}
