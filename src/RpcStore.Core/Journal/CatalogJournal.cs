using System.Runtime.CompilerServices;
using RpcStore.Core.Catalog;

namespace RpcStore.Core.Journal;

/// <summary>
/// The journal in the catalog. Actions that changed something share the commit of whoever else waits; reads are gathered and
/// written a few times a second, many rows in one commit. Old entries are removed in small steps.
/// </summary>
/// <remarks>
/// When a write fails, reads wait in memory and are tried again, and <see cref="IJournal.Failure"/> says so until one
/// succeeds; then an entry of the method <see cref="OutageMethod"/> tells how long it was.
/// </remarks>
public sealed class CatalogJournal : IJournal, IAsyncDisposable
{
    /// <summary>The method under which the journal records that it could not be written.</summary>
    public const string OutageMethod = "journal.outage";

    // What a follower reads at once: some hundred KB.
    private const int FollowPage = 500;

    private readonly CatalogDatabase catalog;
    private readonly JournalTable table;
    private readonly PositionSignal signal;
    private readonly JournalHealth health;
    private readonly JournalBuffer buffer;
    private volatile JournalOptions options;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource closing = new();
    private readonly Task writing;
    private readonly Task trimming;

    private CatalogJournal(CatalogDatabase catalog, JournalTable table, long position, JournalOptions options, TimeProvider time)
    {
        this.catalog = catalog;
        this.table = table;
        this.options = options;
        this.time = time;
        signal = new PositionSignal(position);
        health = new JournalHealth(time);
        buffer = new JournalBuffer(options.BufferCapacity);
        writing = Task.Run(WriteRecordedAsync);
        trimming = Task.Run(TrimForeverAsync);
    }

    /// <summary>The tables that the catalog must have.</summary>
    public static IReadOnlyList<CatalogMigration> Migrations => JournalTable.Migrations;

    /// <inheritdoc/>
    public StoreException? Failure => health.Failure;

    /// <inheritdoc/>
    public long LastPosition => signal.Position;

    /// <summary>Opens the journal of a catalog; only one may be open. Dispose it before the catalog.</summary>
    /// <param name="catalog">Opened with <see cref="Migrations"/>.</param>
    /// <param name="options">How much it keeps.</param>
    /// <param name="time">The clock.</param>
    public static async Task<CatalogJournal> OpenAsync(CatalogDatabase catalog, JournalOptions options, TimeProvider time)
    {
        var (table, position) = await JournalTable.OpenAsync(catalog);
        return new CatalogJournal(catalog, table, position, options, time);
    }

    /// <inheritdoc/>
    public async Task<long> AppendAsync(JournalEntry entry, CancellationToken cancellationToken = default)
    {
        try
        {
            var position = await catalog.WriteAsync(session => table.Append(session, entry), cancellationToken);
            signal.Advance(position);
            return position;
        }
        catch (StoreException e)
        {
            throw Fail(e);
        }
    }

    /// <inheritdoc/>
    public ValueTask RecordAsync(JournalEntry entry, CancellationToken cancellationToken = default) =>
        buffer.TryAdd(entry) is { } room ? WaitAndAddAsync(entry, room, cancellationToken) : ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(JournalQuery query, CancellationToken cancellationToken = default) =>
        await catalog.ReadAsync(session => JournalReader.Read(session, query), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<JournalTotal>> TotalAsync(
        JournalFilter filter, JournalGrouping grouping, int skip, int limit, CancellationToken cancellationToken = default) =>
        await catalog.ReadAsync(session => JournalReader.Total(session, filter, grouping, skip, limit), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> FollowAsync(
        long after, JournalFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await signal.WaitAsync(after, cancellationToken))
        {
            var (from, upTo) = (after, signal.Position);
            var page = await catalog.ReadAsync(
                session => JournalReader.ReadBetween(session, filter, from, upTo, FollowPage), cancellationToken);
            foreach (var entry in page)
            {
                yield return entry;
            }

            after = page.Count == FollowPage ? page[^1].Position : upTo;
        }
    }

    /// <summary>Keeps another amount from now on.</summary>
    /// <param name="maxAge">As <see cref="JournalOptions.MaxAge"/>.</param>
    /// <param name="maxBytes">As <see cref="JournalOptions.MaxBytes"/>.</param>
    public void Keep(TimeSpan maxAge, long maxBytes) => options = options with { MaxAge = maxAge, MaxBytes = maxBytes };

    /// <summary>Removes entries that are too old or too many; done once a minute by itself.</summary>
    /// <exception cref="StoreException">The catalog cannot be written.</exception>
    public async Task TrimAsync(CancellationToken cancellationToken = default)
    {
        int removed;
        do
        {
            var now = time.GetUtcNow();
            var before = options.MaxAge < now - DateTimeOffset.UnixEpoch ? now - options.MaxAge : DateTimeOffset.UnixEpoch;
            removed = await catalog.WriteAsync(
                session => table.Trim(session, before, options.MaxBytes, options.TrimStep), cancellationToken);
        }
        while (removed == options.TrimStep);
    }

    /// <summary>Writes what was recorded, and ends.</summary>
    /// <exception cref="StoreException">It could not be written.</exception>
    public async ValueTask DisposeAsync()
    {
        if (closing.IsCancellationRequested)
        {
            return;
        }

        await closing.CancelAsync();
        buffer.Close();
        try
        {
            await Task.WhenAll(writing, trimming);
        }
        finally
        {
            signal.Close();
        }
    }

    private async ValueTask WaitAndAddAsync(JournalEntry entry, Task room, CancellationToken cancellationToken)
    {
        for (Task? wait = room; wait is not null; wait = buffer.TryAdd(entry))
        {
            if (Failure is { } failure)
            {
                throw failure;
            }

            await wait.WaitAsync(cancellationToken);
        }
    }

    private StoreException Fail(Exception cause)
    {
        var told = health.Fail(cause);
        buffer.Wake();
        return told;
    }

    /// <summary>Writes what was recorded, again and again; after a failure also when nothing was, to see whether it works now.</summary>
    private async Task WriteRecordedAsync()
    {
        var entries = new List<JournalEntry>();
        while (!closing.IsCancellationRequested)
        {
            if (Failure is null)
            {
                await buffer.Filled;
            }

            await WaitAsync(Failure is null ? options.FlushInterval : options.RetryInterval, Failure is null ? buffer.Crowded : null);
            entries = await TakeAndWriteAsync(entries);
        }

        entries = await TakeAndWriteAsync(entries);
        if (entries.Count == 0)
        {
            // What was written just now may have been left from a failure, with more behind it.
            await TakeAndWriteAsync(entries);
        }

        if (Failure is { } failure)
        {
            throw failure;
        }
    }

    /// <param name="entries">What could not be written before.</param>
    /// <returns>What could not be written.</returns>
    private async Task<List<JournalEntry>> TakeAndWriteAsync(List<JournalEntry> entries)
    {
        if (entries.Count == 0)
        {
            entries = buffer.Take(entries);
        }

        var outage = health.Describe();
        if (entries.Count == 0 && outage is null)
        {
            return entries;
        }

        try
        {
            signal.Advance(await catalog.WriteAsync(session => AppendAll(session, entries, outage)));
            entries.Clear();
            health.Recover();
        }
        catch (Exception e) when (e is not ObjectDisposedException)
        {
            Fail(e);
        }

        return entries;
    }

    private long AppendAll(CatalogSession session, List<JournalEntry> entries, JournalEntry? outage)
    {
        var position = outage is null ? 0 : table.Append(session, outage);
        foreach (var entry in entries)
        {
            position = table.Append(session, entry);
        }

        return position;
    }

    private async Task TrimForeverAsync()
    {
        while (!closing.IsCancellationRequested)
        {
            await WaitAsync(options.TrimInterval, null);
            try
            {
                await TrimAsync(closing.Token);
            }
            catch (StoreException e)
            {
                Fail(e);
            }
            catch (OperationCanceledException)
            {
                // Closing.
            }
        }
    }

    /// <summary>Waits for a while, or until something happens, or the journal is closed.</summary>
    private async Task WaitAsync(TimeSpan interval, Task? happening)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
        await Task.WhenAny(Task.Delay(interval, time, ending.Token), happening ?? Task.Delay(Timeout.InfiniteTimeSpan, ending.Token));
        await ending.CancelAsync();
    }
}
