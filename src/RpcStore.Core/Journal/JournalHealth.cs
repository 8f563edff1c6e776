namespace RpcStore.Core.Journal;

/// <summary>Whether the journal can be written, and since when not. Safe to use from any thread.</summary>
internal sealed class JournalHealth(TimeProvider time)
{
    private readonly Lock gate = new();
    private StoreException? failure;
    private DateTimeOffset failedAt;

    /// <summary>Why it cannot be written; null when it can.</summary>
    public StoreException? Failure => Volatile.Read(ref failure);

    /// <summary>A write failed.</summary>
    /// <returns>What to tell whoever asked for it.</returns>
    public StoreException Fail(Exception cause)
    {
        var reason = cause is StoreException store ? store.Message : cause.Message;
        var told = new StoreException(
            Fault.Unavailable, $"The journal cannot be written, and nothing is done that it would not record: {reason}", cause)
        {
            Details = new Dictionary<string, object> { ["reason"] = "journal" },
        };
        lock (gate)
        {
            failedAt = failure is null ? time.GetUtcNow() : failedAt;
            Volatile.Write(ref failure, told);
            return told;
        }
    }

    /// <summary>It was written again.</summary>
    public void Recover()
    {
        lock (gate)
        {
            Volatile.Write(ref failure, null);
        }
    }

    /// <summary>What the journal says of the time in which it could say nothing; null when there is none.</summary>
    public JournalEntry? Describe()
    {
        lock (gate)
        {
            return failure is null ? null : new JournalEntry
            {
                Time = failedAt,
                Account = "local",
                Role = "admin",
                Method = CatalogJournal.OutageMethod,
                Outcome = "unavailable",
                Duration = time.GetUtcNow() - failedAt,
                Detail = failure.InnerException?.Message,
            };
        }
    }
}
