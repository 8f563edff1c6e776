using RpcStore.Core.Disk;
using RpcStore.Core.Flists.Blocks;
using RpcStore.Core.Flists.Sqlite;
using RpcStore.Digests;

namespace RpcStore.Core.Flists;

/// <summary>
/// Writes a <c>.fl</c> file that rfs can mount and unpack (spec/flist.md, section 1), with memory that does not depend on its
/// size. The same calls make the same bytes. For one caller at a time.
/// </summary>
/// <remarks>
/// What fails is a <see cref="StoreException"/>: <see cref="Fault.Full"/> or <see cref="Fault.Unavailable"/>. A writer that is
/// disposed before <see cref="Complete"/> leaves no file.
/// </remarks>
public sealed class FlistWriter : IDisposable
{
    private const int MaxTargetBytes = 4096;

    // The catalog's file has the same: who may read a flist is decided by its server.
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string path;
    private readonly FlistConnection connection;
    private readonly FlistStatement insertNode;
    private readonly FlistStatement insertLink;
    private readonly FlistStatement insertBlock;
    private readonly FlistStatement insertTag;
    private readonly FlistStatement insertRoute;
    private long lastIno = FlistNode.RootIno;
    private bool isComplete;

    private FlistWriter(string path, FlistConnection connection)
    {
        (this.path, this.connection) = (path, connection);
        connection.Execute("begin");
        connection.Execute(FlistSchema.Tables);
        insertNode = connection.Prepare(
            $"insert into inode ({FlistRows.NodeColumns}) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
        insertLink = connection.Prepare("insert into extra (ino, data) values (?1, ?2)");
        insertBlock = connection.Prepare("insert into block (ino, id, key) values (?1, ?2, ?3)");
        insertTag = connection.Prepare("insert into tag (key, value) values (?1, ?2)");
        insertRoute = connection.Prepare("insert into route (start, \"end\", url) values (?1, ?2, ?3)");
    }

    /// <summary>Makes a file with a root.</summary>
    /// <param name="path">The file, which must not exist. It gets mode 0600.</param>
    /// <param name="root">Attributes of the root, which must be a directory.</param>
    /// <exception cref="ArgumentException">The root is no directory.</exception>
    /// <exception cref="StoreException"><see cref="Fault.Conflict"/>: the file exists; or as for the whole writer.</exception>
    public static FlistWriter Create(string path, FlistAttributes root)
    {
        if (root.Kind != FlistKind.Directory)
        {
            throw new ArgumentException("the root of a flist is a directory", nameof(root));
        }

        CreateFile(path);
        FlistConnection? connection = null;
        try
        {
            connection = FlistConnection.OpenNew(path);
            var writer = new FlistWriter(path, connection);
            writer.Insert(FlistNode.RootIno, 0, "/"u8, root);
            return writer;
        }
        catch
        {
            connection?.Dispose();
            FileSystem.Unlink(path);
            throw;
        }
    }

    /// <summary>Adds an inode; its number is one more than that of the one before.</summary>
    /// <param name="parent">What an earlier call returned for a directory, or <see cref="FlistNode.RootIno"/>.</param>
    /// <param name="name">One component of a path, at most 255 bytes of UTF-8; unique in its directory.</param>
    /// <param name="attributes">The rest.</param>
    /// <param name="linkTarget">Of a symbolic link: 1 to 4096 bytes without NUL. Otherwise empty.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="ArgumentException">The parent is not there yet, the name is none, or the target does not fit.</exception>
    public long Add(long parent, string name, FlistAttributes attributes, ReadOnlySpan<byte> linkTarget = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parent, FlistNode.RootIno);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parent, lastIno);
        ArgumentOutOfRangeException.ThrowIfNegative(attributes.Size, nameof(attributes));
        var isLink = attributes.Kind == FlistKind.SymbolicLink;
        if (isLink ? linkTarget.Length is 0 or > MaxTargetBytes || linkTarget.Contains((byte)0) : !linkTarget.IsEmpty)
        {
            throw new ArgumentException($"a symbolic link has a target of 1 to {MaxTargetBytes} bytes, and nothing else has", nameof(linkTarget));
        }

        Insert(lastIno + 1, parent, FlistName.ToBytes(name), attributes);
        lastIno++;
        if (isLink)
        {
            insertLink.Bind(1, lastIno).BindBlob(2, linkTarget).Run();
        }

        return lastIno;
    }

    /// <summary>Adds the next block of a file. Blocks of other files may come between.</summary>
    /// <param name="file">What <see cref="Add"/> returned for it.</param>
    /// <param name="block">Its id and its key.</param>
    /// <exception cref="ArgumentException">The id is not one of BLAKE2b-256.</exception>
    public void AddBlock(long file, FlistBlock block)
    {
        if (block.Id.Function != DigestFunction.Blake2b)
        {
            throw new ArgumentException("the id of a block is a BLAKE2b-256 digest", nameof(block));
        }

        Span<byte> bytes = stackalloc byte[BlobId.DigestLength];
        insertBlock.Bind(1, file);
        block.Id.CopyDigestTo(bytes);
        insertBlock.BindBlob(2, bytes);
        block.Key.CopyTo(bytes);
        insertBlock.BindBlob(3, bytes).Run();
    }

    /// <summary>Adds a tag.</summary>
    /// <param name="key">Unique; well known are <c>version</c>, <c>description</c> and <c>author</c>.</param>
    /// <param name="value">Its value.</param>
    public void AddTag(string key, string value) =>
        insertTag.BindText(1, System.Text.Encoding.UTF8.GetBytes(key)).BindText(2, System.Text.Encoding.UTF8.GetBytes(value)).Run();

    /// <summary>Adds a route.</summary>
    public void AddRoute(FlistRoute route) =>
        insertRoute.Bind(1, route.First).Bind(2, route.Last).BindText(3, System.Text.Encoding.UTF8.GetBytes(route.Url)).Run();

    /// <summary>Finishes the file. It is whole and on the disk when this returns; its folder is the caller's to flush.</summary>
    public void Complete()
    {
        connection.Execute(FlistSchema.Indexes);
        connection.Execute("commit");
        connection.Dispose();
        using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite))
        {
            FileSystem.FlushData(file, path);
        }

        isComplete = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        connection.Dispose();
        if (!isComplete)
        {
            FileSystem.Unlink(path);
        }
    }

    /// <summary>Makes an empty file of a new name.</summary>
    internal static void CreateFile(string path)
    {
        if (File.Exists(path))
        {
            throw new StoreException(Fault.Conflict, $"There is a file {Path.GetFileName(path)} already.");
        }

        FileSystem.CreateFile(path, Mode).Dispose();
    }

    private void Insert(long ino, long parent, ReadOnlySpan<byte> name, FlistAttributes attributes) => insertNode
        .Bind(1, ino)
        .Bind(2, parent)
        .BindText(3, name)
        .Bind(4, attributes.Size)
        .Bind(5, attributes.Uid)
        .Bind(6, attributes.Gid)
        .Bind(7, attributes.Mode)
        .Bind(8, attributes.DeviceNumber)
        .Bind(9, attributes.ChangedAt)
        .Bind(10, attributes.ModifiedAt)
        .Run();
}
