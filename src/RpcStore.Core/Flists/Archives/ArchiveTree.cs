using RpcStore.Core.Disk;
using RpcStore.Core.Flists.Blocks;
using RpcStore.Core.Flists.Sqlite;
using RpcStore.Digests;

namespace RpcStore.Core.Flists.Archives;

/// <summary>
/// The tree as it grows while an archive is read: entries come in any order and some replace others, so it is kept in a
/// temporary SQLite file, which has no name and vanishes with the process. For one caller at a time.
/// </summary>
internal sealed class ArchiveTree : IDisposable
{
    private const long RootId = 1;

    private readonly FlistLimits limits;
    private readonly FlistConnection connection;
    private readonly FlistStatement find;
    private readonly FlistStatement insert;
    private readonly FlistStatement update;
    private readonly FlistStatement copy;
    private readonly FlistStatement insertBlock;
    private readonly ArchiveHardLinks waiting;
    private string? lastDirectory;
    private long lastDirectoryId;
    private long lastId = RootId;

    /// <summary>Makes an empty tree.</summary>
    /// <param name="path">A name beside the flist, free for a moment.</param>
    /// <param name="limits">How many inodes there may be.</param>
    public ArchiveTree(string path, FlistLimits limits)
    {
        this.limits = limits;
        FlistWriter.CreateFile(path);
        try
        {
            connection = FlistConnection.OpenNew(path);
        }
        finally
        {
            FileSystem.Unlink(path);
        }

        connection.Execute(
            """
            begin;
            create table node (
                id integer primary key, parent integer, name blob, mode integer, size integer, uid integer, gid integer,
                rdev integer, mtime integer, content integer, target blob, unique (parent, name));
            create table chunk (content integer, id blob, key blob);
            """);
        find = connection.Prepare("select id, mode from node where parent = ?1 and name = ?2");
        insert = connection.Prepare("insert into node values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
        update = connection.Prepare(
            """
            update node set parent = ?2, name = ?3, mode = ?4, size = ?5, uid = ?6, gid = ?7, rdev = ?8, mtime = ?9,
                content = ?10, target = ?11 where id = ?1
            """);
        copy = connection.Prepare(
            """
            update node set (mode, size, uid, gid, rdev, mtime, content, target) =
                (select mode, size, uid, gid, rdev, mtime, content, target from node where id = ?2) where id = ?1
            """);
        insertBlock = connection.Prepare("insert into chunk values (?1, ?2, ?3)");
        waiting = new ArchiveHardLinks(connection);
        Set(insert, RootId, 0, [], ImpliedDirectory, 0, []);
    }

    /// <summary>What a directory gets that no entry tells of.</summary>
    private static FlistAttributes ImpliedDirectory { get; } =
        new(FlistKind.Directory, 0x1ED, 0, 0, FlistAttributes.DirectorySize, 0, 0, 0);

    /// <summary>Puts an entry in its place. The blocks of a file follow, under the entry's number.</summary>
    /// <exception cref="StoreException">It has no place.</exception>
    public void Put(ArchiveEntry entry)
    {
        if (entry.Attributes is null)
        {
            if (!TryLink(entry))
            {
                waiting.Add(entry);
            }

            return;
        }

        if (entry.Path.Length == 0)
        {
            Set(update, RootId, 0, [], entry.Attributes, 0, []);
            return;
        }

        var (parent, name) = (FindParent(entry), FlistName.ToBytes(entry.Path[^1]));
        if (Find(parent, name) is not { } old)
        {
            Set(insert, NextId(), parent, name, entry.Attributes, entry.Number, entry.LinkTarget);
            return;
        }

        RefuseOtherKind(entry, old.Kind, entry.Attributes.Kind);
        Set(update, old.Id, parent, name, entry.Attributes, entry.Number, entry.LinkTarget);
    }

    /// <summary>Adds the next block of a file.</summary>
    /// <param name="content">The number of the file's entry.</param>
    /// <param name="block">Its id and its key.</param>
    public void AddBlock(long content, FlistBlock block)
    {
        Span<byte> bytes = stackalloc byte[BlobId.DigestLength];
        insertBlock.Bind(1, content);
        block.Id.CopyDigestTo(bytes);
        insertBlock.BindBlob(2, bytes);
        block.Key.CopyTo(bytes);
        insertBlock.BindBlob(3, bytes).Run();
    }

    /// <summary>Makes the hard links whose other name came after them.</summary>
    /// <exception cref="StoreException">One of them leads nowhere.</exception>
    public void ResolveLinks(CancellationToken cancellationToken)
    {
        // A link to a link that waits itself is made in a later round; a round that makes none is the last.
        while (waiting.Take(cancellationToken) is { Count: > 0 } round)
        {
            var made = 0;
            foreach (var entry in round)
            {
                if (TryLink(entry))
                {
                    made++;
                }
                else
                {
                    waiting.Add(entry);
                }
            }

            if (made == 0)
            {
                throw round[0].Refused($"it is a hard link to {string.Join('/', round[0].HardLink)}, which is not in the archive");
            }
        }
    }

    /// <summary>Writes the tree level by level, names in the order of their bytes: the same tree is written alike.</summary>
    /// <returns>Inodes, files and the bytes in them, and blocks.</returns>
    public (long Inodes, long Files, long Bytes, long Blocks) Write(FlistWriter writer, CancellationToken cancellationToken) =>
        new ArchiveTreeWriter(connection, writer).Write(RootId, cancellationToken);

    /// <summary>The attributes of the root.</summary>
    public FlistAttributes ReadRoot()
    {
        using var root = connection.Prepare("select id, name, mode, size, uid, gid, rdev, mtime, content, target from node where id = 1");
        root.Step();
        return ArchiveTreeWriter.Attributes(root);
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private static void RefuseOtherKind(ArchiveEntry entry, FlistKind old, FlistKind current)
    {
        if ((old == FlistKind.Directory) != (current == FlistKind.Directory))
        {
            throw entry.Refused(old == FlistKind.Directory
                ? "an entry before it has this name, or one below it, and is a directory"
                : "it is a directory, and an entry before it has this name and is none");
        }
    }

    private bool TryLink(ArchiveEntry entry)
    {
        if (entry.Path.Length == 0 || entry.HardLink.Length == 0)
        {
            throw entry.Refused("it is a hard link of the root");
        }

        if (FindPath(entry.HardLink) is not { } target)
        {
            return false;
        }

        if (target.Kind == FlistKind.Directory)
        {
            throw entry.Refused("it is a hard link to a directory");
        }

        var (parent, name) = (FindParent(entry), FlistName.ToBytes(entry.Path[^1]));
        var old = Find(parent, name);
        if (old is { } known)
        {
            RefuseOtherKind(entry, known.Kind, target.Kind);
        }

        var id = old?.Id ?? NextId();
        if (old is null)
        {
            Set(insert, id, parent, name, ImpliedDirectory, 0, []);
        }

        copy.Bind(1, id).Bind(2, target.Id).Run();
        return true;
    }

    private (long Id, FlistKind Kind)? FindPath(string[] path)
    {
        (long Id, FlistKind Kind)? at = (RootId, FlistKind.Directory);
        foreach (var part in path)
        {
            at = Find(at.Value.Id, FlistName.ToBytes(part));
            if (at is null)
            {
                return null;
            }
        }

        return at;
    }

    private long FindParent(ArchiveEntry entry)
    {
        // A directory stays one, so what was found last stays true; most entries are in the directory of the one before.
        var directory = string.Join('/', entry.Path.AsSpan(0, entry.Path.Length - 1)!);
        if (directory == lastDirectory)
        {
            return lastDirectoryId;
        }

        var at = RootId;
        foreach (var part in entry.Path.AsSpan(0, entry.Path.Length - 1))
        {
            var name = FlistName.ToBytes(part);
            if (Find(at, name) is { } found)
            {
                at = found.Kind == FlistKind.Directory
                    ? found.Id
                    : throw entry.Refused($"it lies below {part}, which an entry before it made something else than a directory");
            }
            else
            {
                var id = NextId();
                Set(insert, id, at, name, ImpliedDirectory, 0, []);
                at = id;
            }
        }

        (lastDirectory, lastDirectoryId) = (directory, at);
        return at;
    }

    private (long Id, FlistKind Kind)? Find(long parent, byte[] name)
    {
        find.Bind(1, parent).BindBlob(2, name);
        try
        {
            return find.Step() ? (find.Int64(0), (FlistKind)(find.Int64(1) & FlistAttributes.KindMask)) : null;
        }
        finally
        {
            find.Reset();
        }
    }

    private long NextId() => ++lastId <= limits.MaxInodes
        ? lastId
        : throw new StoreException(Fault.TooLarge, $"The archive makes more than {limits.MaxInodes} inodes (maxFlistInodes).")
        {
            Details = new Dictionary<string, object> { ["limit"] = "maxFlistInodes", ["maximum"] = limits.MaxInodes },
        };

    private static void Set(
        FlistStatement statement, long id, long parent, byte[] name, FlistAttributes attributes, long content, byte[] target) =>
        statement
            .Bind(1, id)
            .Bind(2, parent)
            .BindBlob(3, name)
            .Bind(4, attributes.Mode)
            .Bind(5, attributes.Size)
            .Bind(6, attributes.Uid)
            .Bind(7, attributes.Gid)
            .Bind(8, attributes.DeviceNumber)
            .Bind(9, attributes.ModifiedAt)
            .Bind(10, content)
            .BindBlob(11, target)
            .Run();
}
