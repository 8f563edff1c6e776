using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace RpcStore.JsonRpc.Channels;

/// <summary>Messages over a duplex pipe, such as a socket, told apart by a framing.</summary>
/// <param name="pipe">The transport; the channel owns it and completes both its sides.</param>
/// <param name="framing">Where messages begin and end; not to be shared with another channel.</param>
/// <param name="timeProvider">Measures <see cref="PartialMessageSince"/> and the farewell; null for the system's.</param>
public sealed class PipeChannel(IDuplexPipe pipe, MessageFraming framing, TimeProvider? timeProvider = null) : IMessageChannel
{
    /// <summary>How long a peer that sent broken bytes may go on sending, and pause in it, before the transport is closed.</summary>
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan FarewellQuiet = TimeSpan.FromMilliseconds(100);

    private readonly PipeReader input = pipe.Input;
    private readonly PipeWriter output = pipe.Output;
    private readonly TimeProvider time = timeProvider ?? TimeProvider.System;
    private readonly PartialMessage partial = new();

    /// <summary>What the pipe lent; given back before the next read, when all of it is taken or copied.</summary>
    private ReadOnlySequence<byte> borrowed;
    private bool isBorrowing;
    private bool isEnded;
    private SequencePosition nextSegment;
    private ReadOnlyMemory<byte> segment;
    private int position;

    private ReadOnlyMemory<byte> ready;
    private bool isReady;
    private bool isBroken;
    private long partialSince;
    private Exception? sendFailure;

    /// <inheritdoc/>
    public ChannelKind Kind => ChannelKind.HalfClosing;

    /// <inheritdoc/>
    public long PartialMessageSince => Volatile.Read(ref partialSince);

    /// <inheritdoc/>
    public async ValueTask<bool> WaitToReceiveAsync(CancellationToken cancellationToken)
    {
        while (!isReady && !TryTakeFrame())
        {
            if (isEnded)
            {
                return TryTakeLastFrame();
            }

            GiveBack();
            await ReadAsync(cancellationToken);
        }

        return true;
    }

    /// <inheritdoc/>
    public bool TryReceive(out ReadOnlyMemory<byte> message)
    {
        if (!isReady && !TryTakeFrame())
        {
            message = default;
            return false;
        }

        message = ready;
        isReady = false;
        return true;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> message) => framing.Write(message, output);

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        ValueTask<FlushResult> flush;
        try
        {
            flush = output.FlushAsync(cancellationToken);
        }
        catch (Exception e)
        {
            flush = ValueTask.FromException<FlushResult>(e);
        }

        return flush.IsCompletedSuccessfully && !flush.Result.IsCompleted
            ? ValueTask.CompletedTask
            : AwaitFlushAsync(flush, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// After broken bytes the peer may still be sending. If the transport closed on unread bytes, TCP would reset the
    /// connection, and the peer might lose the error that tells it why; so these are read first, for a moment.
    /// </remarks>
    public async ValueTask DisposeAsync()
    {
        partial.Clear();
        if (isBroken && sendFailure is null)
        {
            await PassOverRestAsync();
        }

        // With a failure, what could not be sent is dropped; without, completing would try to send it again.
        await output.CompleteAsync(sendFailure);
        await input.CompleteAsync();
    }

    /// <summary>Goes on through the bytes at hand, up to the end of a message or of the bytes.</summary>
    private bool TryTakeFrame()
    {
        partial.DropTaken();
        while (position < segment.Length || MoveToNextSegment())
        {
            var step = ReadFrame(segment.Span[position..]);
            var taken = segment.Slice(position + step.Skipped, step.Taken);
            position += step.Skipped + step.Taken;
            if (step.EndsMessage)
            {
                MakeReady(partial.IsEmpty ? taken : partial.Complete(taken.Span));
                return true;
            }

            partial.Append(taken.Span);
        }

        if (partialSince == 0 && framing.IsInsideMessage)
        {
            Volatile.Write(ref partialSince, Math.Max(1, time.GetTimestamp()));
        }

        return false;
    }

    private FrameStep ReadFrame(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return framing.Read(bytes);
        }
        catch (RpcFramingException)
        {
            isBroken = true;
            throw;
        }
    }

    private bool TryTakeLastFrame()
    {
        Volatile.Write(ref partialSince, 0);
        if (!framing.ReadEnd() || partial.IsEmpty)
        {
            return false;
        }

        MakeReady(partial.Complete([]));
        return true;
    }

    private void MakeReady(ReadOnlyMemory<byte> message)
    {
        ready = message;
        isReady = true;
        if (partialSince != 0)
        {
            Volatile.Write(ref partialSince, 0);
        }
    }

    private bool MoveToNextSegment()
    {
        while (isBorrowing && borrowed.TryGet(ref nextSegment, out segment))
        {
            position = 0;
            if (!segment.IsEmpty)
            {
                return true;
            }
        }

        segment = default;
        position = 0;
        return false;
    }

    private void GiveBack()
    {
        if (isBorrowing)
        {
            isBorrowing = false;
            input.AdvanceTo(borrowed.End);
        }
    }

    private async ValueTask ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = await input.ReadAsync(cancellationToken);
            borrowed = result.Buffer;
            nextSegment = borrowed.Start;
            isBorrowing = true;
            isEnded = result.IsCompleted;
        }
        catch (Exception e) when (IsTransportFailure(e, cancellationToken))
        {
            throw TransportFailed(e);
        }
    }

    private async ValueTask AwaitFlushAsync(ValueTask<FlushResult> flush, CancellationToken cancellationToken)
    {
        try
        {
            if ((await flush).IsCompleted)
            {
                throw new IOException("The peer reads no more.");
            }
        }
        catch (Exception e)
        {
            sendFailure = e;
            if (IsTransportFailure(e, cancellationToken))
            {
                throw TransportFailed(e);
            }

            throw;
        }
    }

    private async ValueTask PassOverRestAsync()
    {
        using var limit = new CancellationTokenSource(FarewellLimit, time);
        try
        {
            while (!isEnded)
            {
                GiveBack();
                using var quiet = new CancellationTokenSource(FarewellQuiet, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, limit.Token);
                await ReadAsync(either.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The peer has stopped sending, or hung up, or does not stop: all the same now.
        }
    }

    /// <summary>
    /// Transports have their own ways to say that they broke: among them a cancellation that nobody here asked for, which is
    /// how Kestrel reports an aborted connection.
    /// </summary>
    private static bool IsTransportFailure(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        SocketException or ObjectDisposedException => true,
        _ => false,
    };

    private static IOException TransportFailed(Exception inner) => new("The transport failed: " + inner.Message, inner);
}
