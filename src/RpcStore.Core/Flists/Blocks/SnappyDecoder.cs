using System.Buffers.Binary;
using System.Globalization;

namespace RpcStore.Core.Flists.Blocks;

/// <summary>
/// Unpacks snappy's raw format (google/snappy, format_description.txt) into memory that is there already, so that a length
/// that somebody made up allocates nothing. Safe to use from any thread.
/// </summary>
internal static class SnappyDecoder
{
    /// <summary>Unpacks everything.</summary>
    /// <param name="packed">A length, and elements that make that many bytes.</param>
    /// <param name="destination">Takes the bytes.</param>
    /// <param name="length">How many there are.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Decode(ReadOnlySpan<byte> packed, Span<byte> destination, out int length)
    {
        length = 0;
        if (!TryReadLength(ref packed, out var declared))
        {
            return "its snappy data have no length";
        }

        if (declared == 0 || declared > (uint)destination.Length)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"its snappy data claim {declared} bytes, where 1 to {destination.Length} are allowed");
        }

        destination = destination[..(int)declared];
        var written = 0;
        while (!packed.IsEmpty)
        {
            if (!TryReadElement(ref packed, destination, ref written))
            {
                return "its snappy data are malformed";
            }
        }

        length = written;
        return written == destination.Length
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"its snappy data make {written} of the {declared} bytes that they claim");
    }

    private static bool TryReadLength(ref ReadOnlySpan<byte> packed, out uint length)
    {
        ulong value = 0;
        for (var i = 0; i < Math.Min(packed.Length, 5); i++)
        {
            value |= (ulong)(packed[i] & 0x7f) << (7 * i);
            if (packed[i] < 0x80)
            {
                packed = packed[(i + 1)..];
                length = (uint)value;
                return value <= uint.MaxValue;
            }
        }

        length = 0;
        return false;
    }

    private static bool TryReadElement(ref ReadOnlySpan<byte> packed, Span<byte> destination, ref int written)
    {
        var tag = packed[0];
        packed = packed[1..];
        var upper = tag >> 2;
        switch (tag & 3)
        {
            case 0:
                return TryCopyLiteral(ref packed, upper, destination, ref written);
            case 1 when packed.Length >= 1:
                var near = ((tag >> 5) << 8) | packed[0];
                packed = packed[1..];
                return TryCopyBack(destination, ref written, (uint)near, (upper & 7) + 4);
            case 2 when packed.Length >= 2:
                var middle = BinaryPrimitives.ReadUInt16LittleEndian(packed);
                packed = packed[2..];
                return TryCopyBack(destination, ref written, middle, upper + 1);
            case 3 when packed.Length >= 4:
                var far = BinaryPrimitives.ReadUInt32LittleEndian(packed);
                packed = packed[4..];
                return TryCopyBack(destination, ref written, far, upper + 1);
            default:
                return false;
        }
    }

    private static bool TryCopyLiteral(ref ReadOnlySpan<byte> packed, int upper, Span<byte> destination, ref int written)
    {
        // Up to 60 bytes the tag says it; above, one to four bytes behind it do.
        long length = upper + 1;
        if (upper >= 60)
        {
            var bytes = upper - 59;
            if (packed.Length < bytes)
            {
                return false;
            }

            length = 1;
            for (var i = 0; i < bytes; i++)
            {
                length += (long)packed[i] << (8 * i);
            }

            packed = packed[bytes..];
        }

        if (length > packed.Length || length > destination.Length - written)
        {
            return false;
        }

        packed[..(int)length].CopyTo(destination[written..]);
        packed = packed[(int)length..];
        written += (int)length;
        return true;
    }

    private static bool TryCopyBack(Span<byte> destination, ref int written, uint offset, int length)
    {
        if (offset == 0 || offset > (uint)written || length > destination.Length - written)
        {
            return false;
        }

        var from = written - (int)offset;
        if (offset >= (uint)length)
        {
            destination.Slice(from, length).CopyTo(destination[written..]);
        }
        else
        {
            // A pattern that repeats: what is copied was written by this very copy.
            for (var i = 0; i < length; i++)
            {
                destination[written + i] = destination[from + i];
            }
        }

        written += length;
        return true;
    }
}
