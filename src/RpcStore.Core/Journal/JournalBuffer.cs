namespace RpcStore.Core.Journal;

/// <summary>Entries that wait to be written together. Any thread adds; one takes.</summary>
/// <param name="capacity">Entries at the most.</param>
internal sealed class JournalBuffer(int capacity)
{
    private readonly Lock gate = new();
    private List<JournalEntry> entries = [];
    private TaskCompletionSource filled = NewSignal();
    private TaskCompletionSource crowded = NewSignal();
    private TaskCompletionSource emptied = NewSignal();
    private bool isClosed;

    /// <summary>Ends when there is an entry, or <see cref="Wake"/> was called.</summary>
    public Task Filled
    {
        get
        {
            lock (gate)
            {
                return filled.Task;
            }
        }
    }

    /// <summary>Ends when it is half full, or <see cref="Wake"/> was called.</summary>
    public Task Crowded
    {
        get
        {
            lock (gate)
            {
                return crowded.Task;
            }
        }
    }

    /// <summary>Adds an entry.</summary>
    /// <returns>Null when it was added; otherwise what to wait for before the next try.</returns>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public Task? TryAdd(JournalEntry entry)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isClosed, typeof(IJournal));
            if (entries.Count >= capacity)
            {
                return emptied.Task;
            }

            entries.Add(entry);
            if (entries.Count == 1)
            {
                filled.TrySetResult();
            }

            if (entries.Count == (capacity + 1) / 2)
            {
                crowded.TrySetResult();
            }

            return null;
        }
    }

    /// <summary>Takes all that is there.</summary>
    /// <param name="empty">Where the next ones are put.</param>
    public List<JournalEntry> Take(List<JournalEntry> empty)
    {
        lock (gate)
        {
            var taken = entries;
            entries = empty;
            filled = NewSignal();
            crowded = NewSignal();
            Release(ref emptied);
            return taken;
        }
    }

    /// <summary>Wakes whoever waits, on either side, to look at things anew.</summary>
    public void Wake()
    {
        lock (gate)
        {
            filled.TrySetResult();
            crowded.TrySetResult();
            Release(ref emptied);
        }
    }

    /// <summary>Takes no more entries; those that are there can be taken.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
        }

        Wake();
    }

    private static void Release(ref TaskCompletionSource signal)
    {
        signal.SetResult();
        signal = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
