using System.Text.Json.Serialization.Metadata;

namespace RpcStore.JsonRpc.Sessions;

/// <summary>A call of the peer. The object of a call that ended at once serves the next one.</summary>
internal sealed class IncomingCall(CallDispatcher dispatcher) : CallContext
{
    private readonly Lock gate = new();

    /// <summary>The id as it came; copied, because the message is gone by the time that a slow call is answered.</summary>
    private byte[] id = new byte[24];
    private int idLength;
    private bool isAnswered;
    private bool isCancelled;
    private CancellationTokenSource? cancellation;
    private RpcMethod? method;

    /// <summary>The neighbours in <see cref="RunningCalls"/>, which alone uses them.</summary>
    public IncomingCall? Next { get; set; }

    /// <inheritdoc cref="Next"/>
    public IncomingCall? Previous { get; set; }

    /// <summary>The batch that the reply goes to; null for a call of its own.</summary>
    public BatchReply? Batch { get; private set; }

    /// <summary>Whether nobody wants a reply.</summary>
    public bool IsNotification { get; private set; }

    /// <inheritdoc/>
    public override RpcConnection Connection => dispatcher.Connection;

    /// <inheritdoc/>
    public override RpcMethod? Method => method;

    /// <inheritdoc/>
    public override CancellationToken CancellationToken
    {
        get
        {
            lock (gate)
            {
                cancellation ??= new CancellationTokenSource();
                if (isCancelled)
                {
                    _ = cancellation.CancelAsync();
                }

                return cancellation.Token;
            }
        }
    }

    private ReadOnlySpan<byte> Id => id.AsSpan(0, idLength);

    /// <summary>Makes it another call.</summary>
    public void Begin(ReadOnlySpan<byte> newId, BatchReply? batch)
    {
        if (newId.Length > id.Length)
        {
            id = new byte[newId.Length];
        }

        newId.CopyTo(id);
        idLength = newId.Length;
        IsNotification = newId.IsEmpty;
        Batch = batch;
    }

    /// <summary>Says which method it calls.</summary>
    public void Begin(RpcMethod called) => method = called;

    /// <summary>Makes it ready for <see cref="Begin(ReadOnlySpan{byte}, BatchReply)"/>, after it has ended at once.</summary>
    public void Recycle()
    {
        isAnswered = false;
        Batch = null;
        method = null;
        if (isCancelled || cancellation?.TryReset() == false)
        {
            isCancelled = false;
            cancellation = null;
        }
    }

    /// <summary>Whether it has this id, compared as a token, byte for byte.</summary>
    public bool HasId(ReadOnlySpan<byte> other) => !IsNotification && Id.SequenceEqual(other);

    /// <summary>Fires the token, on another thread: code that waits for it never runs on the reading loop.</summary>
    public void Cancel()
    {
        lock (gate)
        {
            isCancelled = true;
            _ = cancellation?.CancelAsync();
        }
    }

    /// <inheritdoc/>
    public override void Reply<T>(T result, JsonTypeInfo<T> typeInfo)
    {
        if (!BeginReply(out var buffer, out var start))
        {
            return;
        }

        try
        {
            MessageText.WriteValue(buffer, result, typeInfo);
        }
        catch
        {
            // The result cannot be written; the call is still to be answered, with what its handler makes of this.
            buffer.Truncate(start);
            dispatcher.AbandonReply(buffer);
            lock (gate)
            {
                isAnswered = false;
            }

            throw;
        }

        MessageText.End(buffer);
        dispatcher.CloseReply(this, buffer);
    }

    /// <inheritdoc/>
    public override void ReplyRaw(ReadOnlySpan<byte> json)
    {
        if (BeginReply(out var buffer, out _))
        {
            buffer.Append(json);
            MessageText.End(buffer);
            dispatcher.CloseReply(this, buffer);
        }
    }

    /// <summary>Answers with an error, unless it is answered already.</summary>
    public void ReplyError(RpcError error)
    {
        if (TryTakeAnswer() && !IsNotification)
        {
            var buffer = dispatcher.OpenReply(this);
            MessageText.WriteError(buffer, Id, error);
            dispatcher.CloseReply(this, buffer);
        }
    }

    /// <inheritdoc/>
    public override bool ReportProgress<T>(ProgressToken token, T value, JsonTypeInfo<T> typeInfo)
    {
        if (!dispatcher.MayReportProgress || Volatile.Read(ref isAnswered))
        {
            return false;
        }

        var buffer = MessageBuffer.Rent();
        MessageText.WriteProgress(buffer, token, value, typeInfo);
        buffer.EndMessage();

        // Under the lock, so that no progress is posted after the reply.
        lock (gate)
        {
            if (!isAnswered)
            {
                dispatcher.PostProgress(buffer);
                return true;
            }
        }

        buffer.Dispose();
        return false;
    }

    /// <summary>Ends the call after its handler has.</summary>
    /// <param name="failure">What the handler threw; null for nothing.</param>
    /// <returns>Whether all went as it should: the object may be used again.</returns>
    public bool End(Exception? failure)
    {
        if (failure is null && (Volatile.Read(ref isAnswered) || IsNotification))
        {
            return true;
        }

        ReplyError(ToError(failure ?? new InvalidOperationException($"The handler of {method?.Name} gave no answer.")));
        return false;
    }

    private RpcError ToError(Exception failure)
    {
        if (failure is RpcException known)
        {
            return known.Error;
        }

        if (failure is OperationCanceledException)
        {
            lock (gate)
            {
                if (isCancelled)
                {
                    return RpcErrors.RequestCancelled();
                }
            }
        }

        return dispatcher.MapException(failure, this);
    }

    private bool BeginReply(out MessageBuffer buffer, out int start)
    {
        if (!TryTakeAnswer())
        {
            throw new InvalidOperationException("The call is answered already.");
        }

        buffer = null!;
        start = 0;
        if (IsNotification)
        {
            return false;
        }

        buffer = dispatcher.OpenReply(this);
        start = buffer.Length;
        MessageText.BeginResult(buffer, Id);
        return true;
    }

    private bool TryTakeAnswer()
    {
        lock (gate)
        {
            var isFirst = !isAnswered;
            isAnswered = true;
            return isFirst;
        }
    }
}
