using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace RpcStore.Keys.Wire;

/// <summary>Writes the data types of RFC 4251 section 5.</summary>
internal sealed class SshWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <summary>Bytes written so far.</summary>
    public int Length => buffer.WrittenCount;

    /// <summary>Writes a <c>uint32</c>.</summary>
    public SshWriter WriteUInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(buffer.GetSpan(sizeof(uint)), value);
        buffer.Advance(sizeof(uint));
        return this;
    }

    /// <summary>Writes bytes as they are.</summary>
    public SshWriter WriteBytes(ReadOnlySpan<byte> bytes)
    {
        buffer.Write(bytes);
        return this;
    }

    /// <summary>Writes a <c>string</c>: bytes behind their count.</summary>
    public SshWriter WriteString(ReadOnlySpan<byte> bytes) => WriteUInt32((uint)bytes.Length).WriteBytes(bytes);

    /// <summary>Writes a <c>string</c> of UTF-8.</summary>
    public SshWriter WriteString(string text) => WriteString(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes an unsigned big-endian number as an <c>mpint</c>.</summary>
    public SshWriter WriteInteger(ReadOnlySpan<byte> number)
    {
        number = number.TrimStart((byte)0);
        if (number.IsEmpty || number[0] < 0x80)
        {
            return WriteString(number);
        }

        return WriteUInt32((uint)number.Length + 1).WriteBytes([0]).WriteBytes(number);
    }

    /// <summary>What was written.</summary>
    public byte[] ToArray() => buffer.WrittenSpan.ToArray();
}
