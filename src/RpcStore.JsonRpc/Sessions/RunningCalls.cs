namespace RpcStore.JsonRpc.Sessions;

/// <summary>The calls of the peer that did not end at once. Thread-safe.</summary>
/// <remarks>
/// A linked list through the calls themselves: adding and removing, which every such call does, cost nothing; finding one by
/// its id, which only cancelling does, looks at all, and there are at most as many as may run at once.
/// </remarks>
internal sealed class RunningCalls(TimeProvider time)
{
    private readonly Lock gate = new();
    private IncomingCall? first;
    private int count;
    private bool isCancelled;
    private long lastEnded;
    private Pulse changed;

    /// <summary>When one last ended, as a timestamp; 0 if none has.</summary>
    public long LastEnded => Volatile.Read(ref lastEnded);

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Adds a call; it is cancelled at once if all were.</summary>
    public void Add(IncomingCall call)
    {
        lock (gate)
        {
            call.Next = first;
            if (first is not null)
            {
                first.Previous = call;
            }

            first = call;
            count++;
            if (isCancelled)
            {
                call.Cancel();
            }
        }
    }

    /// <summary>Removes a call that was added.</summary>
    public void Remove(IncomingCall call)
    {
        lock (gate)
        {
            if (call.Previous is null)
            {
                first = call.Next;
            }
            else
            {
                call.Previous.Next = call.Next;
            }

            if (call.Next is not null)
            {
                call.Next.Previous = call.Previous;
            }

            call.Next = null;
            call.Previous = null;
            count--;
            lastEnded = time.GetTimestamp();
            changed.Fire();
        }
    }

    /// <summary>Cancels the calls of an id, of which there are several only if the peer gave it twice.</summary>
    /// <param name="id">The token, byte for byte.</param>
    public void Cancel(ReadOnlySpan<byte> id)
    {
        lock (gate)
        {
            for (var call = first; call is not null; call = call.Next)
            {
                if (call.HasId(id))
                {
                    call.Cancel();
                }
            }
        }
    }

    /// <summary>Cancels all calls, and those that are added later.</summary>
    public void CancelAll()
    {
        lock (gate)
        {
            isCancelled = true;
            for (var call = first; call is not null; call = call.Next)
            {
                call.Cancel();
            }
        }
    }

    /// <summary>Waits until at most so many run.</summary>
    public async ValueTask WaitUntilAtMostAsync(int maximum, CancellationToken cancellationToken)
    {
        while (Count > maximum)
        {
            Task next;
            lock (gate)
            {
                if (count <= maximum)
                {
                    return;
                }

                next = changed.Next();
            }

            await next.WaitAsync(cancellationToken);
        }
    }
}
