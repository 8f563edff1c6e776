namespace RpcStore.Core.Blobs.Directory;

/// <summary>
/// Shares flushes of the file system: whoever asks while one runs gets the next one, together with all others who ask by
/// then, because a flush covers what was written before it began. Safe to use from any thread.
/// </summary>
/// <param name="flush">Flushes; blocks.</param>
internal sealed class FlushGroup(Action flush)
{
    private readonly Lock gate = new();
    private TaskCompletionSource? next;
    private bool isRunning;
    private long failures;

    /// <summary>
    /// Flushes that failed so far. The kernel reports a write that failed in the background to one flush only, so whoever
    /// wrote before a failure must not rely on a later success.
    /// </summary>
    public long Failures => Interlocked.Read(ref failures);

    /// <summary>Waits for a flush that begins after this call.</summary>
    /// <exception cref="StoreException">It failed, or one that others waited for did meanwhile.</exception>
    public Task FlushAsync()
    {
        lock (gate)
        {
            next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var mine = next.Task;
            if (!isRunning)
            {
                isRunning = true;
                _ = Task.Run(Run);
            }

            return mine;
        }
    }

    private void Run()
    {
        while (TakeNext() is { } waiting)
        {
            try
            {
                flush();
                waiting.SetResult();
            }
            catch (Exception e)
            {
                Interlocked.Increment(ref failures);
                waiting.SetException(e);
                FailWaiting(e);
            }
        }
    }

    private TaskCompletionSource? TakeNext()
    {
        lock (gate)
        {
            var waiting = next;
            next = null;
            isRunning = waiting is not null;
            return waiting;
        }
    }

    private void FailWaiting(Exception exception)
    {
        lock (gate)
        {
            next?.SetException(exception);
            next = null;
        }
    }
}
