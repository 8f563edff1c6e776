using System.Net.WebSockets;
using RpcStore.JsonRpc.Sessions;

namespace RpcStore.JsonRpc.Channels;

/// <summary>One message a text frame of a WebSocket (<c>spec/connections.md</c>, section 5).</summary>
/// <param name="socket">An open socket; the channel owns it.</param>
/// <param name="maxMessageBytes">Bytes of a received message. At least 1.</param>
/// <param name="timeProvider">Measures <see cref="PartialMessageSince"/> and the farewell; null for the system's.</param>
public sealed class WebSocketChannel(WebSocket socket, int maxMessageBytes, TimeProvider? timeProvider = null) : IMessageChannel
{
    private const int ReceiveSize = 4 * 1024;

    /// <summary>How long the peer may take to read the close frame and answer it.</summary>
    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(2);

    private readonly TimeProvider time = timeProvider ?? TimeProvider.System;
    private readonly PartialMessage incoming = new();
    private MessageBuffer? outgoing;
    private WebSocketCloseStatus closeStatus = WebSocketCloseStatus.NormalClosure;

    /// <summary>
    /// The one message that is being received. It outlives a cancelled wait, because cancelling a WebSocket's receive would
    /// abort the connection.
    /// </summary>
    private Task<bool>? receiving;
    private bool isReady;
    private long partialSince;

    /// <inheritdoc/>
    public ChannelKind Kind => ChannelKind.Closing;

    /// <inheritdoc/>
    public long PartialMessageSince => Volatile.Read(ref partialSince);

    /// <inheritdoc/>
    public async ValueTask<bool> WaitToReceiveAsync(CancellationToken cancellationToken)
    {
        if (isReady)
        {
            return true;
        }

        receiving ??= ReceiveMessageAsync().AsTask();
        isReady = await receiving.WaitAsync(cancellationToken);
        if (isReady)
        {
            receiving = null;
        }

        return isReady;
    }

    /// <inheritdoc/>
    public bool TryReceive(out ReadOnlyMemory<byte> message)
    {
        if (!isReady)
        {
            receiving ??= ReceiveMessageAsync().AsTask();
            if (!receiving.IsCompletedSuccessfully || !receiving.Result)
            {
                message = default;
                return false;
            }

            receiving = null;
        }

        isReady = false;
        message = incoming.Complete([]);
        return true;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> message)
    {
        outgoing ??= MessageBuffer.Rent();
        outgoing.Append(message);
        outgoing.EndMessage();
    }

    /// <inheritdoc/>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (outgoing is not { } messages)
        {
            return;
        }

        outgoing = null;
        try
        {
            for (var index = 0; index < messages.Count; index++)
            {
                await socket.SendAsync(messages[index], WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException)
        {
            throw TransportFailed(e);
        }
        finally
        {
            messages.Dispose();
        }
    }

    /// <inheritdoc/>
    /// <remarks>Says goodbye with the status that fits what happened, and waits briefly for the peer's answer.</remarks>
    public async ValueTask DisposeAsync()
    {
        using var grace = new CancellationTokenSource(CloseGrace, time);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(closeStatus, statusDescription: null, grace.Token);
            }

            await ReceiveRestAsync(grace.Token);
        }
        catch (Exception e) when (e is WebSocketException or IOException or RpcFramingException or OperationCanceledException)
        {
            // The peer did not wait for the farewell, or does not answer it: nobody is left to tell.
            socket.Abort();
        }

        socket.Dispose();
        incoming.Clear();
        outgoing?.Dispose();
    }

    private async ValueTask<bool> ReceiveMessageAsync()
    {
        incoming.DropTaken();
        try
        {
            // Without room, this waits for the start of a frame: a connection that is idle needs no buffer.
            var frame = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
            Volatile.Write(ref partialSince, Math.Max(1, time.GetTimestamp()));
            while (Accept(frame) && !frame.EndOfMessage)
            {
                frame = await socket.ReceiveAsync(incoming.GetSpace(ReceiveSize), CancellationToken.None);
            }

            Volatile.Write(ref partialSince, 0);
            return frame.MessageType == WebSocketMessageType.Text;
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            throw TransportFailed(e);
        }
    }

    /// <summary>Whether the frame belongs to a message.</summary>
    private bool Accept(ValueWebSocketReceiveResult frame)
    {
        if (frame.MessageType == WebSocketMessageType.Binary)
        {
            closeStatus = WebSocketCloseStatus.InvalidMessageType;
        }

        if (frame.MessageType != WebSocketMessageType.Text)
        {
            return false;
        }

        incoming.Advance(frame.Count);
        if (incoming.Length > maxMessageBytes)
        {
            closeStatus = WebSocketCloseStatus.MessageTooBig;
            throw RpcErrors.MessageTooLarge(maxMessageBytes);
        }

        return true;
    }

    /// <summary>Passes over what the peer sent before it read the close frame, up to its own close frame.</summary>
    private async Task ReceiveRestAsync(CancellationToken cancellationToken)
    {
        if (receiving is { IsFaulted: false })
        {
            await receiving.WaitAsync(cancellationToken);
        }

        var passedOver = new byte[ReceiveSize];
        while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
        {
            await socket.ReceiveAsync(passedOver.AsMemory(), cancellationToken);
        }
    }

    private static IOException TransportFailed(Exception inner) => new("The WebSocket failed: " + inner.Message, inner);
}
