namespace RpcStore.Core.Journal;

/// <summary>The record of every action: who, what, how many bytes each way, how it ended. Safe to use from any thread.</summary>
public interface IJournal
{
    /// <summary>
    /// Why it cannot be written at the moment; null when it can. Whoever is about to change something looks here first and
    /// throws it, so that nothing is done that would not be recorded. It is tried again once a second by itself.
    /// </summary>
    StoreException? Failure { get; }

    /// <summary>The last position that was written; 0 when there is none.</summary>
    long LastPosition { get; }

    /// <summary>Records an action that changed something, or tried to: it is on the disk when the task ends.</summary>
    /// <param name="entry">What; its position does not matter.</param>
    /// <param name="cancellationToken">Takes it back as long as it waits for its turn.</param>
    /// <returns>Its position.</returns>
    /// <exception cref="StoreException"><see cref="Fault.Unavailable"/>: it could not be written.</exception>
    Task<long> AppendAsync(JournalEntry entry, CancellationToken cancellationToken = default);

    /// <summary>
    /// Records an action that changed nothing: it is on the disk within a second. Waits when too many wait to be written.
    /// </summary>
    /// <param name="entry">What; its position does not matter.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Unavailable"/>: too many wait, and the journal cannot be written at the moment.
    /// </exception>
    ValueTask RecordAsync(JournalEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Reads a page of what was written.</summary>
    ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(JournalQuery query, CancellationToken cancellationToken = default);

    /// <summary>Adds up what was written.</summary>
    /// <param name="filter">Which entries.</param>
    /// <param name="grouping">What to tell apart. The totals are ordered by it: the account, then the method, then the day.</param>
    /// <param name="skip">Totals to leave out at the start.</param>
    /// <param name="limit">Totals at the most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    ValueTask<IReadOnlyList<JournalTotal>> TotalAsync(
        JournalFilter filter, JournalGrouping grouping, int skip, int limit, CancellationToken cancellationToken = default);

    /// <summary>Gives every entry after a position, those to come as soon as they are written, until it is cancelled.</summary>
    /// <param name="after">The position; <see cref="LastPosition"/> for those to come, 0 for all.</param>
    /// <param name="filter">Which.</param>
    /// <param name="cancellationToken">Ends it with <see cref="OperationCanceledException"/>; it also ends with the journal.</param>
    IAsyncEnumerable<JournalEntry> FollowAsync(long after, JournalFilter filter, CancellationToken cancellationToken = default);
}
