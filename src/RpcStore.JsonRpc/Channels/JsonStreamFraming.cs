using System.Buffers;

namespace RpcStore.JsonRpc.Channels;

/// <summary>
/// JSON values one after another (<c>spec/connections.md</c>, section 3): received with or without white space between
/// them, sent one a line.
/// </summary>
/// <param name="maxMessageBytes">Bytes of a received value, and of the white space before it. At least 1.</param>
public sealed class JsonStreamFraming(int maxMessageBytes) : MessageFraming
{
    private static readonly SearchValues<byte> ScalarBytes =
        SearchValues.Create("+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private JsonValueScanner scanner = new();
    private Inside inside;
    private bool isBegun;
    private bool escapesNext;
    private int received;

    private enum Inside
    {
        Nothing,
        Brackets,
        String,
        Scalar,
    }

    /// <inheritdoc/>
    public override bool IsInsideMessage => inside != Inside.Nothing;

    /// <inheritdoc/>
    public override FrameStep Read(ReadOnlySpan<byte> bytes)
    {
        // What lies beyond the limit is not looked at, so that the answer is the same however the stream is cut.
        var room = Math.Min(bytes.Length, maxMessageBytes - received);
        var seen = bytes[..room];
        var skipped = inside == Inside.Nothing ? SkipWhiteSpace(seen) : 0;
        var value = seen[skipped..];
        if (inside == Inside.Nothing && value.Length > 0)
        {
            inside = Begin(value[0]);
        }

        if (value.Length > 0 && TryFindEnd(value, out var length))
        {
            inside = Inside.Nothing;
            received = 0;
            return new FrameStep(skipped, length, EndsMessage: true);
        }

        if (room < bytes.Length)
        {
            throw RpcErrors.MessageTooLarge(maxMessageBytes);
        }

        received += room;
        return new FrameStep(skipped, value.Length, EndsMessage: false);
    }

    /// <inheritdoc/>
    public override bool ReadEnd()
    {
        // Only a number or a literal can end with the stream: nothing else would end it before the next byte.
        return inside switch
        {
            Inside.Nothing => false,
            Inside.Scalar => true,
            _ => throw Broken("The stream ended inside a value."),
        };
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> message, IBufferWriter<byte> output)
    {
        var line = output.GetSpan(message.Length + 1);
        message.CopyTo(line);

        // Text that came ready-made may be broken over lines; between tokens, a line feed is as good as a space.
        if (message.Contains((byte)'\n'))
        {
            line[..message.Length].Replace((byte)'\n', (byte)' ');
        }

        line[message.Length] = (byte)'\n';
        output.Advance(message.Length + 1);
    }

    private static int SkipWhiteSpace(ReadOnlySpan<byte> bytes)
    {
        // Between messages there is mostly nothing, or one line feed.
        for (var index = 0; index < bytes.Length; index++)
        {
            if (bytes[index] is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return index;
            }
        }

        return bytes.Length;
    }

    private static Inside Begin(byte first) => first switch
    {
        (byte)'{' or (byte)'[' => Inside.Brackets,
        (byte)'"' => Inside.String,
        (byte)'-' or (>= (byte)'0' and <= (byte)'9') or (byte)'t' or (byte)'f' or (byte)'n' => Inside.Scalar,
        _ => throw Broken("Between two values stands what cannot begin one."),
    };

    private bool TryFindEnd(ReadOnlySpan<byte> value, out int length)
    {
        switch (inside)
        {
            case Inside.Brackets:
                length = scanner.FindEnd(value);
                return length > 0;

            case Inside.String:
                return TryFindEndOfString(value, out length);

            default:
                length = value.IndexOfAnyExcept(ScalarBytes);
                return length >= 0;
        }
    }

    /// <summary>A string that is a message: not a request, but one must know where it ends to say so.</summary>
    private bool TryFindEndOfString(ReadOnlySpan<byte> value, out int length)
    {
        var index = isBegun ? 0 : 1;
        isBegun = true;
        for (; index < value.Length; index++)
        {
            var letter = value[index];
            if (letter < 0x20)
            {
                throw Broken("A control character stands inside a string.");
            }

            if (letter == '"' && !escapesNext)
            {
                length = index + 1;
                isBegun = false;
                return true;
            }

            escapesNext = letter == '\\' && !escapesNext;
        }

        length = 0;
        return false;
    }

    private static RpcFramingException Broken(string reason) => new(RpcErrors.ParseError(reason), canContinue: false);
}
