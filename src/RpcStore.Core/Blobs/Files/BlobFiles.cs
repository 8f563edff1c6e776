using RpcStore.Core.Disk;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Files;

/// <summary>
/// All files of a store: puts, removes and finds them, and keeps the count of them. The calls block. Safe to use from any
/// thread.
/// </summary>
internal sealed class BlobFiles : IAsyncDisposable
{
    private readonly Folder blobs;
    private readonly Folder quarantine;
    private readonly FunctionFolder[] functions;
    private readonly UsageCounter usage;
    private int unflushedPuts;
    private volatile bool isFlushedOnce;

    private BlobFiles(Folder blobs)
    {
        this.blobs = blobs;
        blobs.TryMakeFolder("quarantine\0"u8);
        quarantine = Folder.Open(Path.Combine(blobs.Path, "quarantine"));
        Incoming = IncomingFiles.Open(blobs);
        functions = [FunctionFolder.Open(blobs, DigestFunction.Sha256), FunctionFolder.Open(blobs, DigestFunction.Blake2b)];
        blobs.Flush();
        usage = new UsageCounter(functions);
        Flushes = new FlushGroup(blobs.FlushFileSystem);
    }

    /// <summary>What is being written.</summary>
    public IncomingFiles Incoming { get; }

    /// <summary>Flushes of the whole file system.</summary>
    public FlushGroup Flushes { get; }

    /// <summary>The folders, in the order of their digest functions, which is that of ids.</summary>
    public IReadOnlyList<FunctionFolder> Functions => functions;

    /// <summary>Opens the files of a data directory, making the folders if need be.</summary>
    public static BlobFiles Open(DataDirectory data)
    {
        using (var root = Folder.Open(data.Path))
        {
            root.TryMakeFolder("blobs\0"u8);
            root.Flush();
        }

        return new BlobFiles(Folder.Open(data.BlobsPath));
    }

    /// <summary>The files of one digest function.</summary>
    public FunctionFolder Of(BlobId id) => functions[(int)id.Function - 1];

    /// <summary>Makes sure that what has no file here is really absent.</summary>
    public void RequireInPlace()
    {
        foreach (var function in functions)
        {
            function.RequireInPlace();
        }
    }

    /// <summary>Gives a file of <see cref="Incoming"/> its place. Not durable yet.</summary>
    /// <returns>False when the blob was stored by somebody else meanwhile; the file is then removed.</returns>
    public bool Put(BlobId id, long size, long incoming)
    {
        Span<byte> name = stackalloc byte[IncomingFiles.MaxNameBytes];
        using (usage.Enter(id))
        {
            if (Of(id).TryPut(id, Incoming.Folder, IncomingFiles.WriteName(incoming, name)))
            {
                usage.Change(id, 1, size);
                return true;
            }
        }

        Incoming.Remove(incoming);
        return false;
    }

    /// <summary>Removes the file of a blob, or puts it into the quarantine. Not durable yet.</summary>
    /// <returns>False when there was none.</returns>
    public bool Remove(BlobId id, BlobRemoval removal, DateTimeOffset now)
    {
        var files = Of(id);
        using (usage.Enter(id))
        {
            if (!files.TryStat(id, out var info))
            {
                return false;
            }

            var isRemoved = removal == BlobRemoval.Delete ? files.TryRemove(id) : TryQuarantine(id, now);
            if (isRemoved)
            {
                usage.Change(id, -1, -info.Size);
            }

            return isRemoved;
        }
    }

    /// <summary>
    /// Whether every blob that can be seen is sure to survive the machine: nobody has put one and not flushed it yet, and
    /// what a process before this one may have left unflushed was flushed since.
    /// </summary>
    public bool IsEverythingDurable => isFlushedOnce && Volatile.Read(ref unflushedPuts) == 0;

    /// <summary>To be told before blobs are put.</summary>
    public void BeginPuts() => Interlocked.Increment(ref unflushedPuts);

    /// <summary>
    /// To be told when the blobs put since <see cref="BeginPuts"/> are durable. Where the flush failed it is never told, so
    /// that whoever finds these blobs flushes by himself.
    /// </summary>
    public void EndPuts() => Interlocked.Decrement(ref unflushedPuts);

    /// <summary>Waits until everything that was put or removed so far is durable.</summary>
    public async Task FlushAllAsync()
    {
        await Flushes.FlushAsync();
        isFlushedOnce = true;
    }

    /// <summary>Blobs, and bytes of all of them.</summary>
    public ValueTask<(long Blobs, long Bytes)> GetUsageAsync(CancellationToken cancellationToken) => usage.GetAsync(cancellationToken);

    /// <summary>Bytes that can still be written.</summary>
    public long GetFreeBytes()
    {
        try
        {
            return new DriveInfo(blobs.Path).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskFault.From(e, "asking for free space");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await usage.DisposeAsync();
        foreach (var function in functions)
        {
            function.Dispose();
        }

        Incoming.Dispose();
        quarantine.Dispose();
        blobs.Dispose();
    }

    private bool TryQuarantine(BlobId id, DateTimeOffset now)
    {
        while (true)
        {
            var name = Folder.Terminated($"{id}.{now.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}");
            switch (Of(id).MoveOut(id, quarantine, name))
            {
                case MoveResult.Moved:
                    return true;
                case MoveResult.NotFound:
                    return false;
                default:
                    // The same blob was put there in the same millisecond.
                    now = now.AddMilliseconds(1);
                    break;
            }
        }
    }
}
