using RpcStore.Core.Flists.Blocks;
using RpcStore.Core.Flists.Sqlite;
using RpcStore.Digests;

namespace RpcStore.Core.Flists.Archives;

/// <summary>Writes the tree in the temporary file of an <see cref="ArchiveTree"/> as a flist.</summary>
internal sealed class ArchiveTreeWriter(FlistConnection tree, FlistWriter writer)
{
    private long inodes = 1;
    private long files;
    private long bytes;
    private long blocks;

    /// <summary>Writes everything below the root.</summary>
    public (long Inodes, long Files, long Bytes, long Blocks) Write(long root, CancellationToken cancellationToken)
    {
        tree.Execute("create index chunk_content on chunk (content)");
        using var children = tree.Prepare(
            "select id, name, mode, size, uid, gid, rdev, mtime, content, target from node where parent = ?1 order by name");
        using var chunks = tree.Prepare("select id, key from chunk where content = ?1 order by rowid");

        // Two numbers a directory.
        var directories = new Queue<(long Id, long Ino)>([(root, FlistNode.RootIno)]);
        while (directories.TryDequeue(out var directory))
        {
            cancellationToken.ThrowIfCancellationRequested();
            children.Bind(1, directory.Id);
            while (children.Step())
            {
                var attributes = Attributes(children);
                var ino = writer.Add(directory.Ino, children.Text(1), attributes, children.Bytes(9));
                inodes++;
                if (attributes.Kind == FlistKind.Directory)
                {
                    directories.Enqueue((children.Int64(0), ino));
                }
                else if (attributes.Kind == FlistKind.File)
                {
                    WriteBlocks(chunks, children.Int64(8), ino);
                    (files, bytes) = (files + 1, bytes + attributes.Size);
                }
            }

            children.Reset();
        }

        return (inodes, files, bytes, blocks);
    }

    /// <summary>The attributes in a row: id, name, mode, size, uid, gid, rdev, mtime …</summary>
    public static FlistAttributes Attributes(FlistStatement row)
    {
        var mode = (int)row.Int64(2);
        return new FlistAttributes(
            (FlistKind)(mode & FlistAttributes.KindMask),
            mode & FlistAttributes.AllPermissions,
            (uint)row.Int64(4),
            (uint)row.Int64(5),
            row.Int64(3),
            row.Int64(6),
            row.Int64(7),
            row.Int64(7));
    }

    private void WriteBlocks(FlistStatement chunks, long content, long ino)
    {
        chunks.Bind(1, content);
        while (chunks.Step())
        {
            writer.AddBlock(
                ino, new FlistBlock(BlobId.FromDigest(DigestFunction.Blake2b, chunks.Bytes(0)), BlockKey.FromBytes(chunks.Bytes(1))));
            blocks++;
        }

        chunks.Reset();
    }
}
