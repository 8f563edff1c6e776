namespace RpcStore.JsonRpc;

/// <summary>
/// Whole JSON-RPC messages in both directions: what every transport and framing becomes. A message is the UTF-8 text of one
/// JSON value, without anything that its framing adds.
/// </summary>
/// <remarks>
/// One reader and one writer may work at the same time; two readers, or two writers, may not. Receiving is split in a
/// waiting and a taking step, and sending in a writing and a flushing one, so that a burst of small messages costs one
/// wake-up and one system call.
/// </remarks>
public interface IMessageChannel : IAsyncDisposable
{
    /// <summary>What a session may expect of the transport behind the channel.</summary>
    ChannelKind Kind { get; }

    /// <summary>
    /// When the first byte of a message came whose last one is still missing, as a timestamp of the channel's time provider;
    /// 0 when no message is half received. May be read from any thread, so that one watchdog can look after many channels.
    /// </summary>
    long PartialMessageSince { get; }

    /// <summary>Waits until <see cref="TryReceive"/> can take a message.</summary>
    /// <returns>False at the orderly end: the peer sends nothing any more, and nothing half sent was left.</returns>
    /// <exception cref="RpcFramingException">
    /// The bytes received break the framing. The session sends <see cref="RpcFramingException.Error"/> with a null id;
    /// where <see cref="RpcFramingException.CanContinue"/> is false nothing can be received any more.
    /// </exception>
    /// <exception cref="IOException">The transport failed or was reset.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; the channel can be used on.</exception>
    ValueTask<bool> WaitToReceiveAsync(CancellationToken cancellationToken);

    /// <summary>Takes the next message if it is here in full.</summary>
    /// <param name="message">
    /// The message, in one piece; valid until the next call of this method or of <see cref="WaitToReceiveAsync"/>.
    /// </param>
    /// <returns>False when there is none yet.</returns>
    /// <exception cref="RpcFramingException">As in <see cref="WaitToReceiveAsync"/>.</exception>
    bool TryReceive(out ReadOnlyMemory<byte> message);

    /// <summary>Buffers a message to be sent by the next <see cref="FlushAsync"/>. The bytes are copied.</summary>
    void Write(ReadOnlySpan<byte> message);

    /// <summary>Sends what was written, and waits while the peer reads slower than this side writes.</summary>
    /// <exception cref="IOException">The transport failed or was reset.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing can be sent any more.</exception>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}
