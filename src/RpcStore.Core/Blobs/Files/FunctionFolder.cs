using RpcStore.Core.Disk;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Files;

/// <summary>
/// The files of the blobs of one digest function, in folders of two levels. Knows files and names, and nothing of batches,
/// totals or flushes of more than one. The calls block. Safe to use from any thread.
/// </summary>
internal sealed class FunctionFolder : IDisposable
{
    private readonly Folder root;

    // Per bucket: whether its folder is known to be here, and whether its name is known to be on the disk. Both only save
    // work: a folder that somebody removed is made again.
    private readonly bool[] isMade = new bool[BlobPath.Buckets];
    private readonly bool[] isDurable = new bool[BlobPath.Buckets];

    private FunctionFolder(DigestFunction function, Folder root)
    {
        Function = function;
        this.root = root;
    }

    /// <summary>The digest function.</summary>
    public DigestFunction Function { get; }

    /// <summary>Where the folder is.</summary>
    public string Path => root.Path;

    /// <summary>Opens the folder, making it if need be.</summary>
    public static FunctionFolder Open(Folder blobs, DigestFunction function)
    {
        var name = function == DigestFunction.Sha256 ? "sha256" : "blake2b";
        blobs.TryMakeFolder(Folder.Terminated(name));
        return new FunctionFolder(function, Folder.Open(System.IO.Path.Combine(blobs.Path, name)));
    }

    /// <summary>Makes sure that what has no file here is really absent (<see cref="Folder.RequireInPlace"/>).</summary>
    public void RequireInPlace() => root.RequireInPlace();

    /// <summary>Whether there is a file for a blob, and what it tells of it.</summary>
    /// <remarks>"No" is certain only after <see cref="RequireInPlace"/>.</remarks>
    public bool TryStat(BlobId id, out BlobInfo info)
    {
        Span<byte> path = stackalloc byte[BlobPath.Length];
        BlobPath.Write(id, path);
        if (root.TryStat(path, out var status) && status.IsRegularFile)
        {
            info = new BlobInfo(id, status.Size, status.ModifiedAt);
            return true;
        }

        info = default;
        return false;
    }

    /// <summary>Opens the file of a blob; null when there is none.</summary>
    /// <remarks>"None" is certain only after <see cref="RequireInPlace"/>.</remarks>
    public FileBlobReader? TryOpen(BlobId id)
    {
        Span<byte> path = stackalloc byte[BlobPath.Length];
        BlobPath.Write(id, path);
        var file = root.TryOpen(path);
        if (file is null)
        {
            return null;
        }

        try
        {
            var status = file.Stat();
            if (status.IsRegularFile)
            {
                var reader = new FileBlobReader(file, new BlobInfo(id, status.Size, status.ModifiedAt), status.Version);
                file = null;
                return reader;
            }

            return null;
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>Gives a file its place as that of a blob.</summary>
    /// <param name="id">The blob.</param>
    /// <param name="from">The folder that the file is in; on the same disk.</param>
    /// <param name="name">Its name there.</param>
    /// <returns>False when the blob had a file already; the other one is then where it was.</returns>
    public bool TryPut(BlobId id, Folder from, ReadOnlySpan<byte> name)
    {
        Span<byte> path = stackalloc byte[BlobPath.Length];
        BlobPath.Write(id, path);
        var bucket = BlobPath.BucketOf(id);
        var result = MoveResult.NotFound;
        if (isMade[bucket])
        {
            result = from.Move(name, root, path);
        }

        if (result == MoveResult.NotFound)
        {
            // A bucket that was known to be here may have been removed by hand since.
            Make(bucket);
            result = from.Move(name, root, path);
        }

        return result switch
        {
            MoveResult.Moved => true,
            MoveResult.Exists when TryStat(id, out _) => false,
            MoveResult.Exists => throw InTheWay(id),
            _ => throw new StoreException(Fault.Unavailable, $"The file of the blob {id} vanished from blobs/incoming while it was being stored."),
        };
    }

    /// <summary>Whether there is a folder for this bucket.</summary>
    public bool HasBucket(int bucket)
    {
        Span<byte> path = stackalloc byte[8];
        return isMade[bucket] = root.HasFolder(BlobPath.WriteBucket(bucket, path));
    }

    /// <summary>Removes the file of a blob.</summary>
    /// <returns>False when there was none.</returns>
    public bool TryRemove(BlobId id)
    {
        Span<byte> path = stackalloc byte[BlobPath.Length];
        BlobPath.Write(id, path);
        return root.TryRemove(path);
    }

    /// <summary>Moves the file of a blob out of the way.</summary>
    public MoveResult MoveOut(BlobId id, Folder target, ReadOnlySpan<byte> newName)
    {
        Span<byte> path = stackalloc byte[BlobPath.Length];
        BlobPath.Write(id, path);
        return root.Move(path, target, newName);
    }

    /// <summary>Waits until the name of one blob's file, or that it is gone, is on the disk.</summary>
    public void FlushNames(BlobId id)
    {
        Span<byte> path = stackalloc byte[BlobPath.Length];
        var bucket = BlobPath.BucketOf(id);
        if (!root.TryFlushFolder(BlobPath.WriteBucket(bucket, path)) || isDurable[bucket])
        {
            return;
        }

        root.TryFlushFolder(BlobPath.WriteParent(bucket, path));
        root.Flush();
        isDurable[bucket] = true;
    }

    /// <summary>Notes that the whole file system was flushed since this blob's file got its name.</summary>
    public void NoteFlushed(BlobId id) => isDurable[BlobPath.BucketOf(id)] = true;

    /// <inheritdoc/>
    public void Dispose() => root.Dispose();

    private void Make(int bucket)
    {
        Span<byte> path = stackalloc byte[8];
        isDurable[bucket] = false;
        if (!root.TryMakeFolder(BlobPath.WriteBucket(bucket, path)))
        {
            root.TryMakeFolder(BlobPath.WriteParent(bucket, path));
            if (!root.TryMakeFolder(BlobPath.WriteBucket(bucket, path)))
            {
                root.RequireInPlace();
            }
        }

        isMade[bucket] = true;
    }

    private static StoreException InTheWay(BlobId id) => new(
        Fault.Conflict, $"Something that is no file is in the place of the blob {id} in the data directory. Remove it by hand.")
    {
        Details = new Dictionary<string, object> { ["id"] = id.ToString(), ["reason"] = "something is in its place" },
    };
}
