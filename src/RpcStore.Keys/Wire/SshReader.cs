using System.Buffers.Binary;
using System.Text;

namespace RpcStore.Keys.Wire;

/// <summary>
/// Reads the data types of RFC 4251 section 5 from bytes that nobody vouches for. Every length is compared with what is
/// there before it is used; nothing is copied or allocated for a length that a stranger wrote.
/// </summary>
/// <param name="bytes">The whole of it.</param>
/// <param name="what">What it is, for messages: <c>the public key</c>.</param>
internal ref struct SshReader(ReadOnlySpan<byte> bytes, string what)
{
    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>What was not read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => rest;

    /// <summary>Reads a <c>uint32</c>.</summary>
    /// <exception cref="FormatException">It is cut off.</exception>
    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(ReadBytes(sizeof(uint)));

    /// <summary>Reads so many bytes.</summary>
    /// <exception cref="FormatException">It is cut off.</exception>
    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if (rest.Length < count)
        {
            throw CutOff();
        }

        var read = rest[..count];
        rest = rest[count..];
        return read;
    }

    /// <summary>Reads a <c>string</c>: bytes behind their count.</summary>
    /// <exception cref="FormatException">It is cut off.</exception>
    public ReadOnlySpan<byte> ReadString()
    {
        var length = ReadUInt32();
        return length <= (uint)rest.Length ? ReadBytes((int)length) : throw CutOff();
    }

    /// <summary>Reads a <c>string</c> that is a name.</summary>
    /// <returns>The name, or null for one that is longer than any known name or has other bytes than printable ASCII.</returns>
    /// <exception cref="FormatException">It is cut off.</exception>
    public string? ReadName()
    {
        var name = ReadString();
        return name.Length <= 64 && !name.ContainsAnyExceptInRange((byte)'!', (byte)'~') ? Encoding.ASCII.GetString(name) : null;
    }

    /// <summary>Reads an <c>mpint</c> that is positive and in its shortest form, into a field of fixed length.</summary>
    /// <exception cref="FormatException">It is cut off, zero, negative, too large, or has superfluous zeros.</exception>
    public void ReadPositiveInteger(scoped Span<byte> field)
    {
        var number = ReadString();
        var isPadded = number.Length > 1 && number[0] == 0;
        if (number.IsEmpty || number[0] >= 0x80 || (isPadded && number[1] < 0x80) || number is [0])
        {
            throw new FormatException($"{what} has a number that is not a positive one in its shortest form");
        }

        number = isPadded ? number[1..] : number;
        if (number.Length > field.Length)
        {
            throw new FormatException($"{what} has a number of more than {field.Length} bytes");
        }

        field.Clear();
        number.CopyTo(field[^number.Length..]);
    }

    /// <summary>Makes sure that everything was read.</summary>
    /// <exception cref="FormatException">Bytes are left.</exception>
    public readonly void End()
    {
        if (!rest.IsEmpty)
        {
            throw new FormatException($"{what} has {rest.Length} bytes too many at its end");
        }
    }

    private readonly FormatException CutOff() => new($"{what} is cut off");
}
