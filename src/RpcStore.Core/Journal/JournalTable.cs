using RpcStore.Core.Catalog;

namespace RpcStore.Core.Journal;

/// <summary>
/// The table <c>journal</c>: what writes to it. Positions are given by the writer in the order of the commits, so that
/// whoever has read up to a position misses nothing before it. Used on the writer's thread only.
/// </summary>
internal sealed class JournalTable(long position, long written)
{
    private const string Insert =
        """
        insert into journal (
            position, written, time, account, role, method, outcome, duration, endpoint, remote, session_id,
            blobs_in, blobs_out, bytes_in, bytes_out, subject, detail)
        values (
            @position, @written, @time, @account, @role, @method, @outcome, @duration, @endpoint, @remote, @session_id,
            @blobs_in, @blobs_out, @bytes_in, @bytes_out, @subject, @detail)
        """;

    // Looks at the oldest rows only, however many there are; the newest stays, because positions go on from it.
    private const string DeleteOldest =
        """
        delete from journal where position in (
            select position from (
                select position, time, written from journal
                where position < (select max(position) from journal)
                order by position limit @step) as oldest
            where time < @before or written <= @surplus)
        """;

    /// <summary>
    /// Its versions. <c>written</c> is the size of all entries so far, this one included, so that the size of the journal is
    /// a difference of two rows. <c>duration</c> is in microseconds.
    /// </summary>
    public static IReadOnlyList<CatalogMigration> Migrations { get; } =
    [
        new("journal", 1,
            """
            create table journal (
                position integer primary key,
                written bigint not null,
                time bigint not null,
                account text not null,
                role text not null,
                method text not null,
                outcome text not null,
                duration bigint not null,
                endpoint text,
                remote text,
                session_id text,
                blobs_in bigint not null,
                blobs_out bigint not null,
                bytes_in bigint not null,
                bytes_out bigint not null,
                subject text,
                detail text
            );
            create index journal_time on journal (time);
            create index journal_account on journal (account, position);
            """),
    ];

    /// <summary>Goes on where the file ends.</summary>
    public static async Task<(JournalTable Table, long Position)> OpenAsync(CatalogDatabase catalog)
    {
        var (position, written) = await catalog.ReadAsync(session =>
            session.Prepare("select position, written from journal order by position desc limit 1")
                .FirstOrDefault(row => (row.GetInt64(0), row.GetInt64(1))));
        return (new JournalTable(position, written), position);
    }

    /// <summary>Adds an entry.</summary>
    /// <returns>Its position.</returns>
    public long Append(CatalogSession session, JournalEntry entry)
    {
        // A commit that fails leaves a gap in both; they only have to grow.
        position++;
        written += entry.Size;
        session.Prepare(Insert)
            .Bind("@position", position)
            .Bind("@written", written)
            .Bind("@time", entry.Time)
            .Bind("@account", entry.Account)
            .Bind("@role", entry.Role)
            .Bind("@method", entry.Method)
            .Bind("@outcome", entry.Outcome)
            .Bind("@duration", entry.Duration.Ticks / TimeSpan.TicksPerMicrosecond)
            .Bind("@endpoint", entry.Endpoint)
            .Bind("@remote", entry.Remote)
            .Bind("@session_id", entry.SessionId)
            .Bind("@blobs_in", entry.BlobsIn)
            .Bind("@blobs_out", entry.BlobsOut)
            .Bind("@bytes_in", entry.BytesIn)
            .Bind("@bytes_out", entry.BytesOut)
            .Bind("@subject", entry.Subject)
            .Bind("@detail", entry.Detail)
            .Execute();
        return position;
    }

    /// <summary>Removes some of the oldest entries, if they are too old or too many.</summary>
    /// <returns>How many.</returns>
    public int Trim(CatalogSession session, DateTimeOffset before, long maxBytes, int step) =>
        session.Prepare(DeleteOldest)
            .Bind("@step", step)
            .Bind("@before", before)
            .Bind("@surplus", written - maxBytes)
            .Execute();
}
