using System.Text;

namespace RpcStore.JsonRpc.Sessions;

/// <summary>Runs the calls of the peer and brings their replies on the way.</summary>
/// <remarks>
/// While the reading loop works through a burst of messages, replies that are made on its own thread gather in one buffer
/// without a lock, and leave together. All other replies go to the outbox one by one.
/// </remarks>
internal sealed class CallDispatcher(
    RpcMethodTable methods, RpcConnection connection, RpcSessionOptions options, Outbox outbox, bool carriesNotifications)
{
    /// <summary>Unsent bytes above which progress is left out: the peer, or the way to it, does not keep up.</summary>
    private const int MaxUnsentForProgress = 64 * 1024;
    private const int NoThread = -1;

    private IncomingCall? spare;
    private MessageBuffer? burst;
    private int burstThread = NoThread;
    private bool isBurstInUse;

    /// <summary>The calls that did not end at once.</summary>
    public RunningCalls Running { get; } = new(options.TimeProvider);

    /// <summary>The other side.</summary>
    public RpcConnection Connection => connection;

    /// <summary>Bytes of replies that the burst has gathered.</summary>
    public int BurstBytes => burst?.Length ?? 0;

    /// <summary>Whether a progress value would be sent now.</summary>
    public bool MayReportProgress => carriesNotifications && outbox.UnsentBytes <= MaxUnsentForProgress;

    /// <summary>From now on, replies made on this thread are gathered.</summary>
    public void BeginBurst() => burstThread = Environment.CurrentManagedThreadId;

    /// <summary>Sends what was gathered.</summary>
    public void EndBurst()
    {
        burstThread = NoThread;
        if (burst is { } replies)
        {
            burst = null;
            outbox.Post(replies, promptly: true);
        }
    }

    /// <summary>Starts a request or notification. To be called in a burst.</summary>
    /// <param name="request">The call.</param>
    /// <param name="batch">The batch that it is a member of; null for none.</param>
    public void Start(in Envelope request, BatchReply? batch)
    {
        var call = spare ?? new IncomingCall(this);
        spare = null;
        call.Begin(request.Id, batch);
        if (!call.IsNotification)
        {
            batch?.Expect();
        }

        if (TryRun(call, request, out var task))
        {
            Running.Add(call);
            _ = FinishAsync(call, task);
        }
    }

    /// <summary>Answers something that has no usable id.</summary>
    public void Refuse(RpcError error)
    {
        burst ??= MessageBuffer.Rent();
        MessageText.WriteError(burst, "null"u8, error);
        burst.EndMessage();
    }

    /// <summary>A buffer for the reply to a call, to be given to <see cref="CloseReply"/> or <see cref="AbandonReply"/>.</summary>
    public MessageBuffer OpenReply(IncomingCall call)
    {
        // In use already: the serializer of one reply has led to another one, on the same thread.
        if (call.Batch is not null || burstThread != Environment.CurrentManagedThreadId || isBurstInUse)
        {
            return MessageBuffer.Rent();
        }

        isBurstInUse = true;
        return burst ??= MessageBuffer.Rent();
    }

    /// <summary>Brings a written reply on its way.</summary>
    public void CloseReply(IncomingCall call, MessageBuffer reply)
    {
        if (reply == burst)
        {
            reply.EndMessage();
            isBurstInUse = false;
        }
        else if (call.Batch is { } batch)
        {
            batch.Add(reply.Written.Span);
            reply.Dispose();
        }
        else
        {
            reply.EndMessage();
            outbox.Post(reply, promptly: Running.Count <= 1);
        }
    }

    /// <summary>Forgets a reply that could not be written; what was written of it is taken back.</summary>
    public void AbandonReply(MessageBuffer reply)
    {
        if (reply == burst)
        {
            isBurstInUse = false;
        }
        else
        {
            reply.Dispose();
        }
    }

    /// <summary>Sends a progress value.</summary>
    public void PostProgress(MessageBuffer progress) => outbox.Post(progress, promptly: false);

    /// <summary>Turns what a handler threw into an error.</summary>
    public RpcError MapException(Exception exception, CallContext call) =>
        options.MapException?.Invoke(exception, call) ?? RpcErrors.Internal();

    /// <summary>Runs a call as far as it goes at once.</summary>
    /// <returns>Whether there is a rest to wait for, in <paramref name="task"/>.</returns>
    private bool TryRun(IncomingCall call, in Envelope request, out ValueTask task)
    {
        task = default;
        try
        {
            if (methods.Find(request.Method) is not { } method)
            {
                RefuseUnknown(call, request.Method);
                return false;
            }

            call.Begin(method);
            task = method.Invoke(request.Parameters, call);
            if (!task.IsCompleted)
            {
                return true;
            }

            task.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            call.End(e);
            return false;
        }

        if (call.End(failure: null))
        {
            call.Recycle();
            spare = call;
        }

        return false;
    }

    private async Task FinishAsync(IncomingCall call, ValueTask task)
    {
        try
        {
            await task;
            call.End(failure: null);
        }
        catch (Exception e)
        {
            call.End(e);
        }
        finally
        {
            Running.Remove(call);
        }
    }

    private static void RefuseUnknown(IncomingCall call, ReadOnlySpan<byte> method)
    {
        if (!call.IsNotification)
        {
            call.ReplyError(RpcErrors.MethodNotFound(Encoding.UTF8.GetString(method)));
        }
    }
}
