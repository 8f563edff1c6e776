using System.Buffers;

namespace RpcStore.JsonRpc.Channels;

/// <summary>
/// Where messages begin and end in a stream of bytes. A framing remembers how far it has come in the message that is being
/// received, so each stream needs one of its own; it sees every byte once, however the stream is cut in pieces.
/// </summary>
/// <remarks>The receiving members may run at the same time as <see cref="Write"/>, and no other two.</remarks>
public abstract class MessageFraming
{
    /// <summary>Whether a message has begun and not ended.</summary>
    public abstract bool IsInsideMessage { get; }

    /// <summary>Takes a step into received bytes: up to the end of a message, or of the bytes.</summary>
    /// <param name="bytes">Bytes that come right after those of the last step; never empty.</param>
    /// <exception cref="RpcFramingException">The bytes break the framing, or a message is too large.</exception>
    public abstract FrameStep Read(ReadOnlySpan<byte> bytes);

    /// <summary>Tells that no more bytes come.</summary>
    /// <returns>Whether the bytes taken so far are a message that ends with the stream.</returns>
    /// <exception cref="RpcFramingException">The stream ended inside a message.</exception>
    public abstract bool ReadEnd();

    /// <summary>Writes a message as it is sent.</summary>
    public abstract void Write(ReadOnlySpan<byte> message, IBufferWriter<byte> output);
}
