using RpcStore.Core.Flists.Sqlite;

namespace RpcStore.Core.Flists;

/// <summary>
/// Reads a <c>.fl</c> file (spec/flist.md, section 1) by query: nothing is loaded but what is asked for, and memory stays at a
/// few MiB whatever the flist's size. The file may come from anybody; it must not change while it is open. For one caller at a
/// time; opening takes about a millisecond, so whoever reads in parallel opens several.
/// </summary>
/// <remarks>
/// Every query throws a <see cref="StoreException"/>: <see cref="Fault.Invalid"/> when what it meets is no flist's, naming
/// file, table, row and column; <see cref="Fault.TooLarge"/> when a limit is passed; <see cref="Fault.Unavailable"/> when the
/// disk fails; and <see cref="OperationCanceledException"/>. Opening looks at the shape of the file alone; whoever takes a
/// flist in runs <see cref="FlistCheck"/> once.
/// </remarks>
public sealed class FlistReader : IDisposable
{
    /// <summary>The most that a page has.</summary>
    public const int MaxPage = 10_000;

    private readonly FlistRows rows;
    private readonly FlistLookup lookup;
    private readonly FlistStatement byIno;
    private readonly FlistStatement children;
    private readonly FlistStatement link;
    private readonly FlistStatement blocksOf;
    private readonly FlistStatement blocksAt;
    private readonly FlistStatement allBlocks;
    private readonly FlistStatement tags;
    private readonly FlistStatement routes;

    private FlistReader(FlistConnection connection, FlistLimits limits)
    {
        (Connection, Limits) = (connection, limits);
        rows = new FlistRows(connection.Faults, limits);
        lookup = new FlistLookup(connection);
        byIno = connection.Prepare($"select {FlistRows.NodeColumns} from inode where ino = ?1");
        children = connection.Prepare(
            $"select {FlistRows.NodeColumns} from inode indexed by parents where parent = ?1 and ino > ?2 order by ino limit ?3");
        link = connection.Prepare("select data from extra where ino = ?1");
        blocksOf = connection.Prepare(
            "select rowid, id, key from block indexed by block_ino where ino = ?1 and rowid > ?2 order by rowid limit ?3");
        blocksAt = connection.Prepare(
            "select rowid, id, key from block indexed by block_ino where ino = ?1 order by rowid limit ?3 offset ?2");
        allBlocks = connection.Prepare("select rowid, id, key, ino from block where rowid > ?1 order by rowid limit ?2");
        tags = connection.Prepare("select rowid, key, value from tag order by rowid limit ?1");
        routes = connection.Prepare("select rowid, start, \"end\", url from route order by rowid limit ?1");
        Root = ReadRoot();
    }

    /// <summary>The root directory.</summary>
    public FlistNode Root { get; }

    /// <summary>What the file may have.</summary>
    internal FlistLimits Limits { get; }

    /// <summary>The open file.</summary>
    internal FlistConnection Connection { get; }

    /// <summary>Opens a file. Neither it nor anything beside it is changed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">How large it may be.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StoreException">
    /// As for every query, and <see cref="Fault.NotFound"/>: there is no such file.
    /// </exception>
    public static FlistReader Open(string path, FlistLimits limits, CancellationToken cancellationToken = default)
    {
        FlistFileHeader.Check(path, new FlistFaults(path), limits);
        var connection = FlistConnection.OpenUntrusted(path);
        try
        {
            connection.Begin("maxFlistQueryTime", limits.MaxQueryTime, cancellationToken);
            FlistSchema.Check(connection);
            return new FlistReader(connection, limits);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Looks for what is at a path. Symbolic links are not followed.</summary>
    /// <param name="path">Names with slashes between them; one before, behind or two in a row change nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null when nothing is there.</returns>
    public FlistNode? Find(string path, CancellationToken cancellationToken = default)
    {
        Begin(cancellationToken);
        var ino = FlistNode.RootIno;
        var depth = 0;
        foreach (var part in path.AsSpan().Split('/'))
        {
            var name = path.AsSpan(part);
            if (name.IsEmpty)
            {
                continue;
            }

            if (++depth > Limits.MaxDepth || lookup.Find(ino, name) is not { } child)
            {
                return null;
            }

            ino = child;
        }

        return depth == 0 ? Root : GetNode(ino);
    }

    /// <summary>Looks for a name in a directory.</summary>
    /// <returns>Null when there is none.</returns>
    public FlistNode? FindChild(FlistNode directory, string name, CancellationToken cancellationToken = default)
    {
        Begin(cancellationToken);
        return lookup.Find(directory.Ino, name) is { } ino ? GetNode(ino) : null;
    }

    /// <summary>Reads an inode.</summary>
    /// <returns>Null when there is none of this number.</returns>
    public FlistNode? Find(long ino, CancellationToken cancellationToken = default)
    {
        Begin(cancellationToken);
        return GetNode(ino);
    }

    /// <summary>Lists what is in a directory, by number of inode: in files that we wrote that is by name.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="after">The number of the inode that was listed last; 0 to begin.</param>
    /// <param name="limit">1 to <see cref="MaxPage"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Fewer than the limit only at the end.</returns>
    public IReadOnlyList<FlistNode> ListChildren(
        FlistNode directory, long after, int limit, CancellationToken cancellationToken = default)
    {
        Begin(cancellationToken);
        children.Bind(1, directory.Ino).Bind(2, after).Bind(3, CheckPage(limit));
        return ReadAll(children, rows.Node);
    }

    /// <summary>The path of an inode, with a slash before every name; <c>/</c> for the root.</summary>
    public string GetPath(FlistNode node, CancellationToken cancellationToken = default)
    {
        Begin(cancellationToken);
        var names = new Stack<string>();
        for (var at = node; at.Ino != FlistNode.RootIno;)
        {
            if (names.Count == Limits.MaxDepth)
            {
                throw Connection.Faults.TooLarge($"inode {node.Ino} lies too deep, or below itself", "maxFlistDepth", Limits.MaxDepth);
            }

            names.Push(at.Name);
            at = GetNode(at.Parent)
                ?? throw Connection.Faults.Invalid("inode", at.Ino, "parent", $"there is no inode {at.Parent}");
        }

        return "/" + string.Join('/', names);
    }

    /// <summary>The bytes that a symbolic link points to; they need not be text.</summary>
    /// <exception cref="ArgumentException">The inode is no link.</exception>
    public byte[] ReadLinkTarget(FlistNode node, CancellationToken cancellationToken = default)
    {
        if (node.Kind != FlistKind.SymbolicLink)
        {
            throw new ArgumentException($"inode {node.Ino} is no symbolic link", nameof(node));
        }

        Begin(cancellationToken);
        link.Bind(1, node.Ino);
        try
        {
            return link.Step()
                ? rows.LinkTarget(link, node.Ino)
                : throw Connection.Faults.Invalid("extra", node.Ino, "data", "the symbolic link has no target");
        }
        finally
        {
            link.Reset();
        }
    }

    /// <summary>Lists the blocks of a file in their order.</summary>
    /// <param name="file">The file.</param>
    /// <param name="after">The position of the block that was listed last; 0 to begin.</param>
    /// <param name="limit">1 to <see cref="MaxPage"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Fewer than the limit only at the end.</returns>
    public IReadOnlyList<FlistBlockRow> ListBlocks(
        FlistNode file, long after, int limit, CancellationToken cancellationToken = default)
    {
        Begin(cancellationToken);
        blocksOf.Bind(1, file.Ino).Bind(2, after).Bind(3, CheckPage(limit));
        return ReadAll(blocksOf, row => new FlistBlockRow(row.Int64(0), file.Ino, rows.Block(row, row.Int64(0), 1, 2)));
    }

    /// <summary>Lists the blocks of a file from the one at a place.</summary>
    /// <param name="file">The file.</param>
    /// <param name="index">The place, from 0; what is before is passed over, which costs little.</param>
    /// <param name="limit">1 to <see cref="MaxPage"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Fewer than the limit only at the end.</returns>
    public IReadOnlyList<FlistBlockRow> ListBlocksAt(
        FlistNode file, long index, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        Begin(cancellationToken);
        blocksAt.Bind(1, file.Ino).Bind(2, index).Bind(3, CheckPage(limit));
        return ReadAll(blocksAt, row => new FlistBlockRow(row.Int64(0), file.Ino, rows.Block(row, row.Int64(0), 1, 2)));
    }

    /// <summary>Lists the blocks of all files in the order of the table; a block that is used twice comes twice.</summary>
    /// <inheritdoc cref="ListBlocks" path="/param"/>
    /// <returns>Fewer than the limit only at the end.</returns>
    public IReadOnlyList<FlistBlockRow> ListAllBlocks(long after, int limit, CancellationToken cancellationToken = default)
    {
        Begin(cancellationToken);
        allBlocks.Bind(1, after).Bind(2, CheckPage(limit));
        return ReadAll(allBlocks, row => new FlistBlockRow(
            row.Int64(0),
            rows.Integer(row, 3, "block", row.Int64(0), "ino", 1, long.MaxValue),
            rows.Block(row, row.Int64(0), 1, 2)));
    }

    /// <summary>All tags in their order: key and value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ReadTags(CancellationToken cancellationToken = default)
    {
        Begin(cancellationToken);
        tags.Bind(1, Limits.MaxTags + 1L);
        return CheckCount(ReadAll(tags, row => KeyValuePair.Create(
            rows.Text(row, 1, "tag", row.Int64(0), "key"), rows.Text(row, 2, "tag", row.Int64(0), "value"))));
    }

    /// <summary>All routes in their order.</summary>
    public IReadOnlyList<FlistRoute> ReadRoutes(CancellationToken cancellationToken = default)
    {
        Begin(cancellationToken);
        routes.Bind(1, Limits.MaxTags + 1L);
        return CheckCount(ReadAll(routes, row => new FlistRoute(
            (byte)rows.Integer(row, 1, "route", row.Int64(0), "start", 0, byte.MaxValue),
            (byte)rows.Integer(row, 2, "route", row.Int64(0), "end", 0, byte.MaxValue),
            rows.Text(row, 3, "route", row.Int64(0), "url"))));
    }

    /// <inheritdoc/>
    public void Dispose() => Connection.Dispose();

    private static int CheckPage(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxPage);
        return limit;
    }

    private static List<T> ReadAll<T>(FlistStatement query, Func<FlistStatement, T> map)
    {
        var list = new List<T>();
        try
        {
            while (query.Step())
            {
                list.Add(map(query));
            }
        }
        finally
        {
            query.Reset();
        }

        return list;
    }

    private List<T> CheckCount<T>(List<T> list) => list.Count <= Limits.MaxTags
        ? list
        : throw Connection.Faults.TooLarge("it has more tags or routes than allowed", "maxFlistTags", Limits.MaxTags);

    private void Begin(CancellationToken cancellationToken) => Connection.Begin("maxFlistQueryTime", Limits.MaxQueryTime, cancellationToken);

    private FlistNode? GetNode(long ino)
    {
        byIno.Bind(1, ino);
        try
        {
            return byIno.Step() ? rows.Node(byIno) : null;
        }
        finally
        {
            byIno.Reset();
        }
    }

    private FlistNode ReadRoot()
    {
        var root = GetNode(FlistNode.RootIno) ?? throw Connection.Faults.Invalid("it has no root: table inode has no row 1");
        if (!root.IsDirectory || root.Parent != 0 || root.Name != FlistName.Root)
        {
            throw Connection.Faults.Invalid("inode", root.Ino, "parent, name and mode", "the root has parent 0, the name '/' and is a directory");
        }

        // The website of rfs takes whatever has parent 0, its mount takes inode 1: both must find the same.
        children.Bind(1, 0).Bind(2, 0).Bind(3, 2);
        return ReadAll(children, row => row.Int64(0)).Count == 1
            ? root
            : throw Connection.Faults.Invalid("it has two roots: more than one inode has parent 0");
    }
}
