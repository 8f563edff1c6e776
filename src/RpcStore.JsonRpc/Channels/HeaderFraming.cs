using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace RpcStore.JsonRpc.Channels;

/// <summary>
/// Messages behind <c>Content-Length</c> headers (<c>spec/connections.md</c>, section 4): the base protocol of the Language
/// Server Protocol, section "Header Part".
/// </summary>
/// <param name="maxMessageBytes">Bytes of a received body. At least 1.</param>
public sealed class HeaderFraming(int maxMessageBytes) : MessageFraming
{
    /// <summary>Bytes of all headers of a message together, with the empty line.</summary>
    private const int MaxHeaderBytes = 4096;

    /// <summary>The start of a header part that came in pieces; null between messages, as most come in one.</summary>
    private byte[]? header;
    private int headerLength;
    private int bodyMissing;

    /// <inheritdoc/>
    public override bool IsInsideMessage => headerLength > 0 || bodyMissing > 0;

    /// <inheritdoc/>
    public override FrameStep Read(ReadOnlySpan<byte> bytes)
    {
        var skipped = 0;
        if (bodyMissing == 0)
        {
            if (!TryReadHeader(bytes, out skipped, out bodyMissing))
            {
                return new FrameStep(bytes.Length, 0, EndsMessage: false);
            }
        }

        var taken = Math.Min(bytes.Length - skipped, bodyMissing);
        bodyMissing -= taken;
        return new FrameStep(skipped, taken, EndsMessage: bodyMissing == 0);
    }

    /// <inheritdoc/>
    public override bool ReadEnd() =>
        IsInsideMessage ? throw Broken("The stream ended inside a message.") : false;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> message, IBufferWriter<byte> output)
    {
        const int LongestHeader = 40;
        var target = output.GetSpan(LongestHeader + message.Length);
        System.Text.Unicode.Utf8.TryWrite(
            target, CultureInfo.InvariantCulture, $"Content-Length: {message.Length}\r\n\r\n", out var written);
        message.CopyTo(target[written..]);
        output.Advance(written + message.Length);
    }

    /// <summary>Reads the header part, which may have begun in earlier bytes.</summary>
    /// <returns>False when it goes on after these bytes, all of which were kept.</returns>
    private bool TryReadHeader(ReadOnlySpan<byte> bytes, out int length, out int bodyLength)
    {
        if (headerLength == 0 && bytes.IndexOf("\r\n\r\n"u8) is >= 0 and <= MaxHeaderBytes - 4 and var end)
        {
            length = end + 4;
            bodyLength = ParseHeader(bytes[..(end + 2)]);
            return true;
        }

        bodyLength = 0;
        for (length = 0; length < bytes.Length;)
        {
            if (KeepAndCheckForEnd(bytes[length++]))
            {
                bodyLength = ParseHeader(header.AsSpan(0, headerLength - 2));
                ArrayPool<byte>.Shared.Return(header!);
                header = null;
                headerLength = 0;
                return true;
            }
        }

        return false;
    }

    private bool KeepAndCheckForEnd(byte letter)
    {
        if (headerLength == MaxHeaderBytes)
        {
            throw Broken($"The headers of a message take more than {MaxHeaderBytes} bytes.");
        }

        header ??= ArrayPool<byte>.Shared.Rent(MaxHeaderBytes);
        header[headerLength++] = letter;
        var kept = header.AsSpan(0, headerLength);
        if (letter == '\n' && !kept.EndsWith("\r\n"u8))
        {
            throw Broken("A header line does not end in CRLF.");
        }

        return kept.EndsWith("\r\n\r\n"u8) || kept.SequenceEqual("\r\n"u8);
    }

    /// <summary>Reads header lines, each with its CRLF.</summary>
    /// <returns>The length of the body.</returns>
    private int ParseHeader(ReadOnlySpan<byte> lines)
    {
        int? length = null;
        while (lines.Length > 0)
        {
            var end = lines.IndexOf("\r\n"u8);
            var line = lines[..end];
            lines = lines[(end + 2)..];
            var colon = line.IndexOf((byte)':');
            if (colon <= 0 || line.ContainsAny((byte)'\r', (byte)'\n'))
            {
                throw Broken("A header line is not of the form Name: value.");
            }

            var name = line[..colon];
            var value = line[(colon + 1)..].Trim(" \t"u8);
            if (Ascii.EqualsIgnoreCase(name, "Content-Length"u8))
            {
                length = length is null ? ParseLength(value) : throw Broken("Content-Length is there twice.");
            }
            else if (Ascii.EqualsIgnoreCase(name, "Content-Type"u8))
            {
                CheckCharset(value);
            }
        }

        return length ?? throw Broken("Content-Length is missing.");
    }

    private int ParseLength(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            throw Broken("Content-Length is not a decimal number.");
        }

        return Utf8Parser.TryParse(value, out int length, out _) && length <= maxMessageBytes
            ? length
            : throw RpcErrors.MessageTooLarge(maxMessageBytes);
    }

    private static void CheckCharset(ReadOnlySpan<byte> contentType)
    {
        foreach (var range in contentType.Split((byte)';'))
        {
            var parameter = contentType[range].Trim(" \t"u8);
            var equals = parameter.IndexOf((byte)'=');
            if (equals < 0 || !Ascii.EqualsIgnoreCase(parameter[..equals].Trim(" \t"u8), "charset"u8))
            {
                continue;
            }

            var charset = parameter[(equals + 1)..].Trim(" \t\""u8);
            if (!Ascii.EqualsIgnoreCase(charset, "utf-8"u8) && !Ascii.EqualsIgnoreCase(charset, "utf8"u8))
            {
                throw Broken("The charset is not utf-8.");
            }
        }
    }

    private static RpcFramingException Broken(string reason) => new(RpcErrors.InvalidRequest(reason), canContinue: false);
}
