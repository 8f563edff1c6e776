using System.Text;
using RpcStore.Core.Flists.Blocks;
using RpcStore.Digests;

namespace RpcStore.Core.Flists.Sqlite;

/// <summary>Makes values of rows, and refuses what rfs could not read or what would harm somebody who unpacks it.</summary>
internal sealed class FlistRows(FlistFaults faults, FlistLimits limits)
{
    /// <summary>The columns of an inode in the order that <see cref="Node"/> expects.</summary>
    public const string NodeColumns = "ino, parent, name, size, uid, gid, mode, rdev, ctime, mtime";

    private const int MaxTargetBytes = 4096;
    private const int MaxTextBytes = 4096;

    /// <summary>An inode.</summary>
    public FlistNode Node(FlistStatement row)
    {
        var ino = Integer(row, 0, "inode", 0, "ino", 1, long.MaxValue);
        var parent = Integer(row, 1, "inode", ino, "parent", 0, long.MaxValue);
        var mode = (int)Integer(row, 6, "inode", ino, "mode", 0, 0xFFFF);
        var kind = (FlistKind)(mode & FlistAttributes.KindMask);
        if (!Enum.IsDefined(kind))
        {
            throw faults.Invalid("inode", ino, "mode", $"0{Convert.ToString(mode, 8)} is the mode of no kind of file");
        }

        // Only the size of a file is one that somebody will have to read.
        var maxSize = kind == FlistKind.File ? limits.MaxFileBytes : long.MaxValue;
        var size = Integer(row, 3, "inode", ino, "size", 0, long.MaxValue);
        if (size > maxSize)
        {
            throw faults.TooLarge($"the file of inode {ino} has {size} bytes", "maxFlistFileBytes", maxSize);
        }

        var attributes = new FlistAttributes(
            kind,
            mode & FlistAttributes.AllPermissions,
            (uint)Integer(row, 4, "inode", ino, "uid", 0, uint.MaxValue),
            (uint)Integer(row, 5, "inode", ino, "gid", 0, uint.MaxValue),
            size,
            Integer(row, 7, "inode", ino, "rdev", long.MinValue, long.MaxValue),
            Integer(row, 8, "inode", ino, "ctime", long.MinValue, long.MaxValue),
            Integer(row, 9, "inode", ino, "mtime", long.MinValue, long.MaxValue));
        return new FlistNode(ino, parent, Name(row, ino), attributes);
    }

    /// <summary>The target of a link, in the first column.</summary>
    public byte[] LinkTarget(FlistStatement row, long ino)
    {
        if (!row.IsBlob(0) && !row.IsText(0))
        {
            throw faults.Invalid("extra", ino, "data", "it is neither bytes nor text");
        }

        var target = row.Bytes(0);
        return target.Length is > 0 and <= MaxTargetBytes && !target.Contains((byte)0)
            ? target.ToArray()
            : throw faults.Invalid("extra", ino, "data", $"a link target has 1 to {MaxTargetBytes} bytes and no NUL");
    }

    /// <summary>A block, in two columns.</summary>
    public FlistBlock Block(FlistStatement row, long number, int idColumn, int keyColumn) => new(
        BlobId.FromDigest(DigestFunction.Blake2b, Digest(row, number, idColumn, "id")),
        BlockKey.FromBytes(Digest(row, number, keyColumn, "key")));

    /// <summary>A text of a tag or a route.</summary>
    public string Text(FlistStatement row, int column, string table, long number, string name)
    {
        var bytes = row.IsText(column) ? row.Bytes(column) : throw faults.Invalid(table, number, name, "it is no text");
        return bytes.Length <= MaxTextBytes && System.Text.Unicode.Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes)
            : throw faults.Invalid(table, number, name, $"it is not UTF-8 of at most {MaxTextBytes} bytes");
    }

    /// <summary>A number between two others.</summary>
    public long Integer(FlistStatement row, int column, string table, long number, string name, long from, long to)
    {
        var value = row.IsInteger(column) ? row.Int64(column) : throw faults.Invalid(table, number, name, "it is no integer");
        return value >= from && value <= to ? value : throw faults.Invalid(table, number, name, $"{value} is not {from} to {to}");
    }

    private string Name(FlistStatement row, long ino)
    {
        if (!row.IsText(2))
        {
            throw faults.Invalid("inode", ino, "name", "it is no text");
        }

        var name = row.Bytes(2);
        if (ino == FlistNode.RootIno && name.SequenceEqual("/"u8))
        {
            return FlistName.Root;
        }

        return FlistName.WhyInvalid(name) is { } problem
            ? throw faults.Invalid("inode", ino, "name", $"it {problem}")
            : Encoding.UTF8.GetString(name);
    }

    private ReadOnlySpan<byte> Digest(FlistStatement row, long number, int column, string name) =>
        row.IsBlob(column) && row.Bytes(column).Length == BlobId.DigestLength
            ? row.Bytes(column)
            : throw faults.Invalid("block", number, name, $"it is not {BlobId.DigestLength} bytes");
}
