using RpcStore.Core.Flists.Blocks;
using RpcStore.Core.Flists.Sqlite;

namespace RpcStore.Core.Flists;

/// <summary>What a flist holds, and what its files lack.</summary>
/// <param name="Inodes">All inodes, the root included.</param>
/// <param name="Files">Ordinary files.</param>
/// <param name="Bytes">Bytes of all files together.</param>
/// <param name="Blocks">Rows of blocks; one that is used twice counts twice.</param>
/// <param name="IncompleteFiles">Files with fewer or more blocks than their size needs.</param>
/// <param name="Examples">Paths of the first of these, and of what each lacks, for a person.</param>
public sealed record FlistSummary(
    long Inodes, long Files, long Bytes, long Blocks, long IncompleteFiles, IReadOnlyList<string> Examples)
{
    /// <summary>Whether every file has as many blocks as its size needs.</summary>
    public bool IsComplete => IncompleteFiles == 0;
}

/// <summary>
/// Looks at all of a flist once, when it comes in (spec/flist.md, section 1): what opens and passes can be walked, listed and
/// read by path without surprises. Uses temporary files of SQLite, which have no name, and little memory.
/// </summary>
public static class FlistCheck
{
    private const int MaxExamples = 20;

    // Each finds a row that must not be: ino, and what is wrong with it.
    private static readonly (string Column, string Reason, string Sql)[] Rules =
    [
        ("parent", "it is in something that is no directory or does not exist",
            """
            select c.ino from inode c left join inode p on p.ino = c.parent
            where c.ino <> 1 and (p.ino is null or (p.mode & 61440) <> 16384) limit 1
            """),
        ("name", "another entry of the same directory has this name",
            "select max(ino) from inode group by name, parent having count(*) > 1 limit 1"),
        ("size", "the symbolic link has no target in table extra",
            """
            select i.ino from inode i left join extra e on e.ino = i.ino
            where (i.mode & 61440) = 40960 and e.ino is null limit 1
            """),
        ("mode", "it has blocks in table block and is no file",
            """
            select b.ino from block b left join inode i on i.ino = b.ino
            where i.ino is null or (i.mode & 61440) <> 32768 limit 1
            """),
    ];

    /// <summary>Checks everything that can be checked without the blobs.</summary>
    /// <param name="flist">The flist; nobody else may use it meanwhile.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What it holds. A file that lacks blocks is told here and is no error.</returns>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Invalid"/>: it is damaged, or no tree; the message names table, row and column.
    /// <see cref="Fault.TooLarge"/>: it passes a limit.
    /// </exception>
    public static FlistSummary Run(FlistReader flist, CancellationToken cancellationToken = default)
    {
        var connection = flist.Connection;
        connection.Begin("maxFlistCheckTime", flist.Limits.MaxCheckTime, cancellationToken);
        CheckIntegrity(connection);
        var inodes = Count(connection, "select count(*) from inode");
        if (inodes > flist.Limits.MaxInodes)
        {
            throw connection.Faults.TooLarge($"it has {inodes} inodes", "maxFlistInodes", flist.Limits.MaxInodes);
        }

        CheckRows(flist, cancellationToken);
        foreach (var (column, reason, sql) in Rules)
        {
            using var query = connection.Prepare(sql);
            if (query.Scalar() is { } ino)
            {
                throw connection.Faults.Invalid("inode", ino, column, reason);
            }
        }

        CheckTree(flist, inodes);
        return Summarize(flist, inodes, cancellationToken);
    }

    private static void CheckIntegrity(FlistConnection connection)
    {
        // Compares the indexes with the tables as well; reading goes by these.
        using var query = connection.Prepare("pragma integrity_check(1)");
        var answer = query.Step() ? query.Text(0) : "nothing";
        if (answer != "ok")
        {
            throw connection.Faults.Invalid($"its SQLite file is damaged ({answer})");
        }
    }

    private static void CheckTree(FlistReader flist, long inodes)
    {
        // Every inode has one parent, so whatever the root does not reach hangs on a circle.
        using var walk = flist.Connection.Prepare(
            """
            with recursive tree (ino, depth) as (
                select 1, 0
                union all
                select c.ino, t.depth + 1 from tree t cross join inode c indexed by parents on c.parent = t.ino where t.depth <= ?1
            )
            select count(*), max(depth) from tree
            """);
        walk.Bind(1, flist.Limits.MaxDepth).Step();
        var (reached, depth) = (walk.Int64(0), walk.Int64(1));
        if (depth > flist.Limits.MaxDepth)
        {
            throw flist.Connection.Faults.TooLarge("directories lie too deep in one another", "maxFlistDepth", flist.Limits.MaxDepth);
        }

        if (reached != inodes)
        {
            throw flist.Connection.Faults.Invalid(
                $"table inode: {inodes - reached} rows are in directories that are below themselves (column parent)");
        }
    }

    /// <summary>Looks at every value.</summary>
    private static void CheckRows(FlistReader flist, CancellationToken cancellationToken)
    {
        var rows = new FlistRows(flist.Connection.Faults, flist.Limits);
        using var nodes = flist.Connection.Prepare($"select {FlistRows.NodeColumns} from inode");
        while (nodes.Step())
        {
            rows.Node(nodes);
        }

        using var blocks = flist.Connection.Prepare("select rowid, id, key from block");
        while (blocks.Step())
        {
            rows.Block(blocks, blocks.Int64(0), 1, 2);
        }

        using var links = flist.Connection.Prepare(
            "select e.data, i.ino from inode i join extra e on e.ino = i.ino where (i.mode & 61440) = 40960");
        while (links.Step())
        {
            rows.LinkTarget(links, links.Int64(1));
        }

        flist.ReadTags(cancellationToken);
        flist.ReadRoutes(cancellationToken);
        flist.Connection.Begin("maxFlistCheckTime", flist.Limits.MaxCheckTime, cancellationToken);
    }

    private static FlistSummary Summarize(FlistReader flist, long inodes, CancellationToken cancellationToken)
    {
        using var files = flist.Connection.Prepare(
            """
            select i.ino, i.size, (select count(*) from block b indexed by block_ino where b.ino = i.ino)
            from inode i where (i.mode & 61440) = 32768
            """);
        long count = 0, bytes = 0, blocks = 0, incomplete = 0;
        var found = new List<(long Ino, long Has, long Needs)>();
        while (files.Step())
        {
            var (size, has) = (files.Int64(1), files.Int64(2));
            var needs = BlockCodec.CountOf(size);
            (count, bytes, blocks) = (count + 1, bytes + size, blocks + has);
            if (has != needs)
            {
                incomplete++;
                if (found.Count < MaxExamples)
                {
                    found.Add((files.Int64(0), has, needs));
                }
            }
        }

        var examples = found.ConvertAll(one =>
            $"{flist.GetPath(flist.Find(one.Ino, cancellationToken)!, cancellationToken)} has {one.Has} of {one.Needs} blocks");
        return new FlistSummary(inodes, count, bytes, blocks, incomplete, examples);
    }

    private static long Count(FlistConnection connection, string sql)
    {
        using var query = connection.Prepare(sql);
        return query.Scalar() ?? 0;
    }
}
