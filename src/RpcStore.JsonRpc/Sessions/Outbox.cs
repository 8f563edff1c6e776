namespace RpcStore.JsonRpc.Sessions;

/// <summary>
/// Everything that a session sends goes through here. Messages posted while a flush runs wait and share the next one, so that
/// there is one writer on the channel, and under load few flushes. Thread-safe.
/// </summary>
/// <param name="channel">Where to send to.</param>
/// <param name="transportFailed">Told once when sending fails; what is posted afterwards is dropped.</param>
internal sealed class Outbox(IMessageChannel channel, Action<Exception> transportFailed) : IThreadPoolWorkItem
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource giveUp = new();
    private MessageBuffer? waiting;
    private bool isFlushing;
    private bool isBroken;
    private int unsent;
    private Pulse changed;

    /// <summary>Bytes that are posted and not yet handed to the transport.</summary>
    public int UnsentBytes => Volatile.Read(ref unsent);

    /// <summary>Takes over messages to be sent.</summary>
    /// <param name="messages">Ended messages; the outbox gives the buffer back.</param>
    /// <param name="promptly">
    /// Whether to flush on this thread. Otherwise another does, a moment later, so that others who are about to post can
    /// join: worth the detour when there are such.
    /// </param>
    public void Post(MessageBuffer messages, bool promptly)
    {
        lock (gate)
        {
            if (isBroken)
            {
                messages.Dispose();
                return;
            }

            unsent += messages.Length;
            if (waiting is null)
            {
                waiting = messages;
            }
            else
            {
                waiting.Append(messages);
                messages.Dispose();
            }

            if (isFlushing)
            {
                return;
            }

            isFlushing = true;
        }

        if (promptly)
        {
            Flush();
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Waits until at most so many bytes are unsent, or nothing can be sent any more.</summary>
    public async ValueTask WaitForRoomAsync(int maxUnsentBytes, CancellationToken cancellationToken)
    {
        while (UnsentBytes > maxUnsentBytes)
        {
            Task next;
            lock (gate)
            {
                if (unsent <= maxUnsentBytes)
                {
                    return;
                }

                next = changed.Next();
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits until everything posted is sent, or cannot be.</summary>
    public async Task DrainAsync()
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (!isFlushing)
                {
                    return;
                }

                next = changed.Next();
            }

            await next;
        }
    }

    /// <summary>Stops waiting for a peer that does not read: what is unsent is dropped.</summary>
    public void GiveUp() => _ = giveUp.CancelAsync();

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => Flush();

    /// <summary>Sends until nothing waits. Only who has set <see cref="isFlushing"/> may call it.</summary>
    private void Flush()
    {
        try
        {
            while (TakeWaiting() is { } messages)
            {
                for (var index = 0; index < messages.Count; index++)
                {
                    channel.Write(messages[index].Span);
                }

                var flush = channel.FlushAsync(giveUp.Token);
                if (!flush.IsCompletedSuccessfully)
                {
                    _ = FinishFlushAsync(flush, messages);
                    return;
                }

                flush.GetAwaiter().GetResult();
                CountSent(messages);
            }
        }
        catch (Exception e)
        {
            Break(e);
        }
    }

    private async Task FinishFlushAsync(ValueTask flush, MessageBuffer messages)
    {
        try
        {
            await flush;
        }
        catch (Exception e)
        {
            Break(e);
            return;
        }

        CountSent(messages);
        Flush();
    }

    private MessageBuffer? TakeWaiting()
    {
        lock (gate)
        {
            var messages = waiting;
            waiting = null;
            if (messages is null)
            {
                isFlushing = false;
                changed.Fire();
            }

            return messages;
        }
    }

    private void CountSent(MessageBuffer messages)
    {
        lock (gate)
        {
            unsent -= messages.Length;
            changed.Fire();
        }

        messages.Dispose();
    }

    /// <summary>Whatever goes wrong while sending, the peer has seen half a message at worst: nothing may follow.</summary>
    private void Break(Exception cause)
    {
        lock (gate)
        {
            isBroken = true;
            isFlushing = false;
            unsent = 0;
            waiting?.Dispose();
            waiting = null;
            changed.Fire();
        }

        transportFailed(cause);
    }
}
