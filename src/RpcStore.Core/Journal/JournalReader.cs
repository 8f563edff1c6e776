using System.Text;
using RpcStore.Core.Catalog;

namespace RpcStore.Core.Journal;

/// <summary>What reads the table <c>journal</c>.</summary>
internal static class JournalReader
{
    private const string Columns =
        "position, time, account, role, method, outcome, duration, endpoint, remote, session_id, "
        + "blobs_in, blobs_out, bytes_in, bytes_out, subject, detail";

    private const string Sums =
        """
        count(*), cast(coalesce(sum(case when outcome = 'ok' then 0 else 1 end), 0) as bigint),
        cast(coalesce(sum(duration), 0) as bigint),
        cast(coalesce(sum(blobs_in), 0) as bigint), cast(coalesce(sum(blobs_out), 0) as bigint),
        cast(coalesce(sum(bytes_in), 0) as bigint), cast(coalesce(sum(bytes_out), 0) as bigint)
        """;

    /// <summary>A page.</summary>
    public static List<JournalEntry> Read(CatalogSession session, JournalQuery query)
    {
        var isOldestFirst = query.Order == JournalOrder.OldestFirst;
        var sql = new StringBuilder($"select {Columns} from journal where position {(isOldestFirst ? ">" : "<")} @after");
        AppendConditions(sql, query.Filter);
        sql.Append(isOldestFirst ? " order by position" : " order by position desc").Append(" limit @limit");
        return Bind(session.Prepare(sql.ToString()), query.Filter)
            .Bind("@after", query.After ?? (isOldestFirst ? 0 : long.MaxValue))
            .Bind("@limit", query.Limit)
            .ToList(ToEntry);
    }

    /// <summary>Entries after a position, up to another.</summary>
    public static List<JournalEntry> ReadBetween(CatalogSession session, JournalFilter filter, long after, long upTo, int limit)
    {
        var sql = new StringBuilder($"select {Columns} from journal where position > @after and position <= @up_to");
        AppendConditions(sql, filter);
        sql.Append(" order by position limit @limit");
        return Bind(session.Prepare(sql.ToString()), filter)
            .Bind("@after", after)
            .Bind("@up_to", upTo)
            .Bind("@limit", limit)
            .ToList(ToEntry);
    }

    /// <summary>Totals.</summary>
    public static List<JournalTotal> Total(CatalogSession session, JournalFilter filter, JournalGrouping grouping, int skip, int limit)
    {
        (JournalGrouping By, string Expression)[] keys =
        [
            (JournalGrouping.Account, "account"),
            (JournalGrouping.Method, "method"),
            (JournalGrouping.Day, $"time / {CatalogTime.MicrosecondsPerDay}"),
        ];
        var selected = keys.Select(key => grouping.HasFlag(key.By) ? key.Expression : "null");
        var sql = new StringBuilder($"select {string.Join(", ", selected)}, {Sums} from journal where 1 = 1");
        AppendConditions(sql, filter);
        if (grouping != JournalGrouping.None)
        {
            // By their places in the list: 1, 2 and 3.
            var places = string.Join(", ", keys.Index().Where(key => grouping.HasFlag(key.Item.By)).Select(key => key.Index + 1));
            sql.Append($" group by {places} order by {places}");
        }

        sql.Append(" limit @limit offset @skip");
        return Bind(session.Prepare(sql.ToString()), filter).Bind("@limit", limit).Bind("@skip", skip).ToList(ToTotal);
    }

    private static void AppendConditions(StringBuilder sql, JournalFilter filter)
    {
        sql.Append(filter.Account is null ? "" : " and account = @account");
        sql.Append(filter.Method is null ? "" : " and method = @method");
        sql.Append(filter.Outcome is null ? "" : " and outcome = @outcome");
        sql.Append(filter.Since is null ? "" : " and time >= @since");
        sql.Append(filter.Until is null ? "" : " and time < @until");
    }

    private static CatalogStatement Bind(CatalogStatement statement, JournalFilter filter)
    {
        _ = filter.Account is null ? statement : statement.Bind("@account", filter.Account);
        _ = filter.Method is null ? statement : statement.Bind("@method", filter.Method);
        _ = filter.Outcome is null ? statement : statement.Bind("@outcome", filter.Outcome);
        _ = filter.Since is null ? statement : statement.Bind("@since", filter.Since);
        return filter.Until is null ? statement : statement.Bind("@until", filter.Until);
    }

    private static JournalEntry ToEntry(CatalogRow row) => new()
    {
        Position = row.GetInt64(0),
        Time = row.GetTime(1),
        Account = row.GetString(2),
        Role = row.GetString(3),
        Method = row.GetString(4),
        Outcome = row.GetString(5),
        Duration = ToDuration(row.GetInt64(6)),
        Endpoint = row.GetStringOrNull(7),
        Remote = row.GetStringOrNull(8),
        SessionId = row.GetStringOrNull(9),
        BlobsIn = row.GetInt64(10),
        BlobsOut = row.GetInt64(11),
        BytesIn = row.GetInt64(12),
        BytesOut = row.GetInt64(13),
        Subject = row.GetStringOrNull(14),
        Detail = row.GetStringOrNull(15),
    };

    private static JournalTotal ToTotal(CatalogRow row) => new(
        row.GetStringOrNull(0),
        row.GetStringOrNull(1),
        row.GetInt64OrNull(2) is { } day ? DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(day)) : null,
        row.GetInt64(3),
        row.GetInt64(4),
        ToDuration(row.GetInt64(5)),
        row.GetInt64(6),
        row.GetInt64(7),
        row.GetInt64(8),
        row.GetInt64(9));

    private static TimeSpan ToDuration(long microseconds) => TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
