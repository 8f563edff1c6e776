using System.Buffers;

namespace RpcStore.Server.Endpoints;

/// <summary>What a connection speaks.</summary>
internal enum ConnectionProtocol
{
    /// <summary>The bytes so far allow more than one.</summary>
    Undecided,

    /// <summary>JSON values one after another.</summary>
    JsonStream,

    /// <summary>JSON behind <c>Content-Length</c> headers.</summary>
    HeaderDelimited,

    /// <summary>HTTP/1.x, or bytes that HTTP will refuse.</summary>
    Http1,

    /// <summary>HTTP/2 with prior knowledge (RFC 9113, section 3.3).</summary>
    Http2,
}

/// <summary>Tells from its first bytes what a connection speaks (spec/connections.md, section 2).</summary>
internal static class FirstBytes
{
    // The first three words of the preface are enough: no HTTP/1 method is called PRI (RFC 9113, section 11.1).
    private static ReadOnlySpan<byte> Http2Preface => "PRI * HTTP/2.0\r\n"u8;

    private static ReadOnlySpan<byte> ContentLength => "content-length:"u8;

    /// <summary>Decides as soon as the bytes allow only one protocol.</summary>
    public static ConnectionProtocol Detect(in ReadOnlySequence<byte> received)
    {
        var reader = new SequenceReader<byte>(received);
        reader.AdvancePastAny((byte)' ', (byte)'\t', (byte)'\r', (byte)'\n');
        if (!reader.TryPeek(out var first))
        {
            return ConnectionProtocol.Undecided;
        }

        if (first is (byte)'{' or (byte)'[')
        {
            return ConnectionProtocol.JsonStream;
        }

        if (reader.Consumed > 0)
        {
            return ConnectionProtocol.Http1;
        }

        Span<byte> head = stackalloc byte[Math.Max(Http2Preface.Length, ContentLength.Length)];
        var length = (int)Math.Min(received.Length, head.Length);
        received.Slice(0, length).CopyTo(head);
        head = head[..length];
        return Compare(head, ContentLength, ignoreCase: true, ConnectionProtocol.HeaderDelimited)
            ?? Compare(head, Http2Preface, ignoreCase: false, ConnectionProtocol.Http2)
            ?? ConnectionProtocol.Http1;
    }

    /// <summary>The protocol when it is certain, undecided while it is possible, null when it is not.</summary>
    private static ConnectionProtocol? Compare(
        ReadOnlySpan<byte> head, ReadOnlySpan<byte> mark, bool ignoreCase, ConnectionProtocol protocol)
    {
        var length = Math.Min(head.Length, mark.Length);
        var same = ignoreCase
            ? System.Text.Ascii.EqualsIgnoreCase(head[..length], mark[..length])
            : head[..length].SequenceEqual(mark[..length]);
        return !same ? null : length == mark.Length ? protocol : ConnectionProtocol.Undecided;
    }
}
