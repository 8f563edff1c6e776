namespace RpcStore.JsonRpc.Channels;

/// <summary>One message in and at most one reply out, such as the two bodies of an HTTP request.</summary>
/// <param name="request">The message; it must stay unchanged while the session runs.</param>
public sealed class ExchangeChannel(ReadOnlyMemory<byte> request) : IMessageChannel
{
    private bool isReceived;

    /// <inheritdoc/>
    public ChannelKind Kind => ChannelKind.Exchange;

    /// <inheritdoc/>
    public long PartialMessageSince => 0;

    /// <summary>
    /// The reply, once the session has run; empty when the message asked for none: a notification, or a batch of them.
    /// </summary>
    public ReadOnlyMemory<byte> Reply { get; private set; }

    /// <inheritdoc/>
    public ValueTask<bool> WaitToReceiveAsync(CancellationToken cancellationToken) => new(!isReceived);

    /// <inheritdoc/>
    public bool TryReceive(out ReadOnlyMemory<byte> message)
    {
        message = isReceived ? default : request;
        return !isReceived && (isReceived = true);
    }

    /// <inheritdoc/>
    /// <remarks>The first message is the reply; there is no way for others, which are dropped.</remarks>
    public void Write(ReadOnlySpan<byte> message)
    {
        if (Reply.IsEmpty)
        {
            Reply = message.ToArray();
        }
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
