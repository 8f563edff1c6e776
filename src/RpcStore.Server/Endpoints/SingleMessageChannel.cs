using RpcStore.JsonRpc;

namespace RpcStore.Server.Endpoints;

/// <summary>
/// A channel that gives its session one message and then stops it, so that the connection closes when that message is
/// answered. For senders that never end their side: a bus that forwards a message to a unix socket waits for the close.
/// </summary>
/// <param name="inner">The channel; this one owns it.</param>
internal sealed class SingleMessageChannel(IMessageChannel inner) : IMessageChannel
{
    private bool isReceived;

    /// <summary>Stops the session. Called when it asks for a second message; to be set before it runs.</summary>
    public Action? Received { get; set; }

    /// <inheritdoc/>
    public ChannelKind Kind => inner.Kind;

    /// <inheritdoc/>
    public long PartialMessageSince => isReceived ? 0 : inner.PartialMessageSince;

    /// <inheritdoc/>
    public async ValueTask<bool> WaitToReceiveAsync(CancellationToken cancellationToken)
    {
        if (isReceived)
        {
            // A stopped session waits for its calls without a limit, as the one who is waiting for this answer does.
            Received?.Invoke();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        try
        {
            return await inner.WaitToReceiveAsync(cancellationToken);
        }
        catch (RpcFramingException)
        {
            isReceived = true;
            throw;
        }
    }

    /// <inheritdoc/>
    public bool TryReceive(out ReadOnlyMemory<byte> message)
    {
        message = default;
        if (isReceived)
        {
            return false;
        }

        try
        {
            return isReceived = inner.TryReceive(out message);
        }
        catch (RpcFramingException)
        {
            isReceived = true;
            throw;
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> message) => inner.Write(message);

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
