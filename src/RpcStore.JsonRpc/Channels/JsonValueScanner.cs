using System.Numerics;
using System.Runtime.Intrinsics;

namespace RpcStore.JsonRpc.Channels;

/// <summary>
/// Finds the end of a JSON object or array without reading what is in it: brackets are counted outside strings, 64 bytes at
/// a time. It can stop after any byte and go on with the next.
/// </summary>
/// <remarks>
/// The bit arithmetic is that of Langdale and Lemire, "Parsing Gigabytes of JSON per Second", section 3.1: one bit a byte,
/// quotes turned into "inside a string" by a running exclusive or. Which kind each open bracket has is kept as well, since
/// <c>[{]</c> would otherwise leave a peer waiting for an answer that never comes.
/// </remarks>
internal struct JsonValueScanner()
{
    private const int BlockLength = 64;

    /// <summary>One bit for each open bracket, set for an object; 64 levels to begin with.</summary>
    private ulong[] kinds = new ulong[1];
    private int depth;
    private bool insideString;
    private bool escapesNext;

    /// <summary>Goes on into a value whose first byte, a bracket, was the first one given.</summary>
    /// <returns>The length up to and with the closing bracket; 0 when the value goes on after these bytes.</returns>
    /// <exception cref="RpcFramingException">Where the value ends cannot be told.</exception>
    public int FindEnd(ReadOnlySpan<byte> bytes)
    {
        var offset = 0;
        for (; bytes.Length - offset >= BlockLength; offset += BlockLength)
        {
            if (FindEndInBlock(bytes.Slice(offset, BlockLength), BlockLength) is var length and not 0)
            {
                return offset + length;
            }
        }

        if (offset == bytes.Length)
        {
            return 0;
        }

        Span<byte> padded = stackalloc byte[BlockLength];
        var rest = bytes[offset..];
        padded.Fill((byte)' ');
        rest.CopyTo(padded);
        return FindEndInBlock(padded, rest.Length) is var last and not 0 ? offset + last : 0;
    }

    private int FindEndInBlock(ReadOnlySpan<byte> block, int count)
    {
        var low = Vector256.Create(block);
        var high = Vector256.Create(block[Vector256<byte>.Count..]);

        // Setting bit 5 makes brackets and braces alike: [ and { become {, ] and } become }.
        var lowFolded = low | Vector256.Create((byte)0x20);
        var highFolded = high | Vector256.Create((byte)0x20);
        var opening = Matches(lowFolded, highFolded, (byte)'{');
        var closing = Matches(lowFolded, highFolded, (byte)'}');
        var quotes = Matches(low, high, (byte)'"');
        var controls = Mask(
            Vector256.LessThan(low, Vector256.Create((byte)0x20)),
            Vector256.LessThan(high, Vector256.Create((byte)0x20)));

        quotes &= ~FindEscaped(Matches(low, high, (byte)'\\'), count);
        var inside = RunningXor(quotes) ^ (insideString ? ulong.MaxValue : 0);
        var brackets = (opening | closing) & ~inside;
        var length = Balance(block, brackets, opening);

        var considered = length is 0 or BlockLength ? ulong.MaxValue : (1UL << length) - 1;
        if ((controls & inside & considered) != 0)
        {
            throw Broken("A control character stands inside a string.");
        }

        insideString = (inside >> (BlockLength - 1)) != 0;
        if (length != 0)
        {
            insideString = false;
            escapesNext = false;
        }

        return length;
    }

    /// <summary>Opens and closes brackets in their order, until none is open.</summary>
    private int Balance(ReadOnlySpan<byte> block, ulong brackets, ulong opening)
    {
        for (; brackets != 0; brackets &= brackets - 1)
        {
            var index = BitOperations.TrailingZeroCount(brackets);

            // { and } have bit 5, [ and ] have not.
            var isObject = (block[index] & 0x20) != 0;
            if (((opening >> index) & 1) != 0)
            {
                Push(isObject);
            }
            else if (Pop() != isObject)
            {
                throw Broken("A closing bracket matches no opening one.");
            }
            else if (depth == 0)
            {
                return index + 1;
            }
        }

        return 0;
    }

    private void Push(bool isObject)
    {
        var word = depth / 64;
        if (word == kinds.Length)
        {
            Array.Resize(ref kinds, kinds.Length * 2);
        }

        var bit = 1UL << (depth % 64);
        kinds[word] = isObject ? kinds[word] | bit : kinds[word] & ~bit;
        depth++;
    }

    private bool Pop()
    {
        depth--;
        return ((kinds[depth / 64] >> (depth % 64)) & 1) != 0;
    }

    /// <summary>Marks the bytes that a backslash before them escapes, and remembers whether the next byte is one.</summary>
    private ulong FindEscaped(ulong backslashes, int count)
    {
        var escaped = escapesNext ? 1UL : 0;
        escapesNext = false;
        for (backslashes &= ~escaped; backslashes != 0;)
        {
            var next = BitOperations.TrailingZeroCount(backslashes) + 1;
            if (next == count)
            {
                escapesNext = true;
                break;
            }

            escaped |= 1UL << next;
            backslashes &= backslashes - 1;
            backslashes &= ~(1UL << next);
        }

        return escaped;
    }

    /// <summary>Sets each bit to the exclusive or of itself and all bits below it.</summary>
    private static ulong RunningXor(ulong bits)
    {
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }

    private static ulong Matches(Vector256<byte> low, Vector256<byte> high, byte value) =>
        Mask(Vector256.Equals(low, Vector256.Create(value)), Vector256.Equals(high, Vector256.Create(value)));

    private static ulong Mask(Vector256<byte> low, Vector256<byte> high) =>
        low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << Vector256<byte>.Count);

    private static RpcFramingException Broken(string reason) => new(RpcErrors.ParseError(reason), canContinue: false);
}
