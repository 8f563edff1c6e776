namespace RpcStore.Core.Journal;

/// <summary>The last position that was committed, and a bell for those who wait for the next. Safe to use from any thread.</summary>
internal sealed class PositionSignal(long position)
{
    private readonly Lock gate = new();
    private TaskCompletionSource<bool>? moved;
    private bool isClosed;

    /// <summary>The last position.</summary>
    public long Position
    {
        get
        {
            lock (gate)
            {
                return position;
            }
        }
    }

    /// <summary>A position, and all before it, was committed.</summary>
    public void Advance(long to)
    {
        lock (gate)
        {
            if (to > position)
            {
                position = to;
                moved?.SetResult(true);
                moved = null;
            }
        }
    }

    /// <summary>No more will come.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            moved?.SetResult(false);
            moved = null;
        }
    }

    /// <summary>Waits until there is something after a position.</summary>
    /// <returns>False when there will be nothing.</returns>
    public async Task<bool> WaitAsync(long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<bool> next;
            lock (gate)
            {
                if (position > after || isClosed)
                {
                    return position > after;
                }

                next = (moved ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }
}
