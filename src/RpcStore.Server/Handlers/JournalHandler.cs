using System.Globalization;
using RpcStore.Contract;
using RpcStore.Contract.Parameters;
using RpcStore.Core.Journal;
using RpcStore.JsonRpc;
using JournalEntry = RpcStore.Contract.JournalEntry;
using JournalOrder = RpcStore.Contract.JournalOrder;

namespace RpcStore.Server.Handlers;

/// <summary>The methods of <c>journal</c>.</summary>
internal sealed class JournalHandler(IJournal journal, TimeProvider time) : IJournalService
{
    // How long a peer that reads slowly is given before the next try. It decides how fast such a peer is served, nothing else.
    private static readonly TimeSpan SlowPeerPause = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc/>
    public async ValueTask<JournalPage> QueryAsync(
        string? account, string? method, DateTimeOffset? since, DateTimeOffset? until, string? outcome, JournalOrder? order,
        string? cursor, long limit, CallContext context)
    {
        var filter = new JournalFilter { Account = account, Method = method, Outcome = outcome, Since = since, Until = until };
        var query = new JournalQuery(filter, JournalWire.FromWire(order), ReadCursor(cursor), (int)limit + 1);
        var entries = await journal.ReadAsync(query, context.CancellationToken);
        var page = entries.Take((int)limit).Select(JournalWire.ToWire).ToArray();
        return new JournalPage { Entries = page, Cursor = entries.Count > limit ? ToCursor(page[^1].Position) : null };
    }

    /// <inheritdoc/>
    public async ValueTask<JournalTotals> TotalsAsync(
        IReadOnlyList<JournalGroup>? by, string? account, string? method, DateTimeOffset? since, DateTimeOffset? until,
        string? cursor, long limit, CallContext context)
    {
        var filter = new JournalFilter { Account = account, Method = method, Since = since, Until = until };
        var skip = (int)(ReadCursor(cursor) ?? 0);
        var totals = await journal.TotalAsync(filter, JournalWire.FromWire(by ?? []), skip, (int)limit + 1, context.CancellationToken);
        return new JournalTotals
        {
            Rows = [.. totals.Take((int)limit).Select(JournalWire.ToWire)],
            Cursor = totals.Count > limit ? ToCursor(skip + limit) : null,
        };
    }

    /// <inheritdoc/>
    public async ValueTask<JournalWatched> WatchAsync(
        IProgress<JournalEntry>? progress, long? after, long? limit, string? account, string? method, CallContext context)
    {
        if (progress is not CallProgress<JournalEntry> report || !context.GetConnection().IsBindable)
        {
            throw new RpcException(ContractErrors.InvalidParams(
                "/progress: entries come as notifications, which need a token and a stream connection.",
                "/progress",
                "needs a token and a stream connection"));
        }

        var (position, sent) = (after ?? journal.LastPosition, 0L);
        var filter = new JournalFilter { Account = account, Method = method };
        await foreach (var entry in journal.FollowAsync(position, filter, context.CancellationToken))
        {
            while (!report.TryReport(JournalWire.ToWire(entry)))
            {
                await Task.Delay(SlowPeerPause, time, context.CancellationToken);
            }

            position = entry.Position;
            if (++sent == limit)
            {
                break;
            }
        }

        return new JournalWatched { Position = position, Entries = sent };
    }

    private static string ToCursor(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long? ReadCursor(string? cursor) =>
        cursor is null ? null
        : long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new RpcException(ContractErrors.InvalidParams(
            "The cursor is none that a listing gave.", "/cursor", "not a cursor that a listing gave"));
}
