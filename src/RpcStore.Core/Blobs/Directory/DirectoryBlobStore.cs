using System.Globalization;
using System.Runtime.CompilerServices;
using RpcStore.Core.Blobs.Index;
using RpcStore.Core.Disk;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Directory;

/// <summary>
/// Keeps each blob as a file of its own in a data directory (spec/storage-layout.md). The directory is the truth; an index
/// answers quickly what is in it.
/// </summary>
/// <remarks>
/// Calls that touch the disk block the calling thread while the disk works: <see cref="FindAsync"/> and
/// <see cref="StatAsync"/> do not, the others may.
/// </remarks>
public sealed class DirectoryBlobStore : IBlobStore
{
    /// <summary>Blobs are never written again.</summary>
    internal const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.GroupRead;

    private readonly BlobLayout layout;
    private readonly NameGuard names;
    private readonly WorkInProgress work = new();
    private readonly BlobFlush flush;
    private readonly BlobCommit commit;
    private readonly BlobRemover remover;
    private readonly BlobIndex index;
    private long nextAside;

    private DirectoryBlobStore(
        BlobLayout layout, BlobIndex index, IntentLog intents, long maxBlobBytes, TimeProvider time, DiskReserve reserve)
    {
        Reserve = reserve;
        this.layout = layout;
        this.index = index;
        names = new NameGuard(layout, index);
        flush = new BlobFlush(layout, index);
        commit = new BlobCommit(layout, index, intents, names, flush, time);
        remover = new BlobRemover(layout, index, intents, names, flush, time);
        Traits = new BlobStoreTraits(Math.Min(maxBlobBytes, IndexSlot.MaxSize), VerifiesReads: false);
    }

    /// <inheritdoc/>
    public BlobStoreTraits Traits { get; }

    /// <summary>Opens the blobs of a data directory, and removes what an earlier process left half done.</summary>
    /// <param name="data">The data directory.</param>
    /// <param name="maxBlobBytes">Bytes in the largest blob to take.</param>
    /// <param name="time">Tells the time of what is put aside.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The store; when the index could not be trusted, after it was made anew from the directory.</returns>
    /// <exception cref="StoreException">The data directory cannot be read or written.</exception>
    public static async Task<DirectoryBlobStore> OpenAsync(
        DataDirectory data, long maxBlobBytes, TimeProvider time, CancellationToken cancellationToken)
    {
        var store = await Task.Run(() => Open(data, maxBlobBytes, time, cancellationToken), cancellationToken);
        try
        {
            // The empty blob counts among the others from the first start on.
            await using var batch = store.BeginBatch();
            await batch.AddAsync(BlobId.EmptySha256, 0, Stream.Null, cancellationToken);
            await batch.CommitAsync(cancellationToken);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<BlobStoreUsage> GetUsageAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var free = new DriveInfo(layout.Root).AvailableFreeSpace;
            return new(new BlobStoreUsage(index.Blobs, index.Bytes, free));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ErrorNumber.ToException(e, layout.Root);
        }
    }

    /// <inheritdoc/>
    public ValueTask FindAsync(ReadOnlyMemory<BlobId> ids, Memory<bool> present, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        index.Find(ids.Span, present.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask StatAsync(ReadOnlyMemory<BlobId> ids, Memory<BlobInfo?> infos, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        index.Stat(ids.Span, infos.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<BlobReader?> OpenAsync(BlobId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = layout.FileOf(id);
        if (FileSystem.OpenFile(path) is not { } file)
        {
            EnsureMounted();

            // Somebody took the file away behind the server's back: the directory is the truth.
            names.Forget(id);
            return new((BlobReader?)null);
        }

        var info = new BlobInfo(id, file.Status.Size, file.Status.ModifiedAt);
        return new(new DirectoryBlobReader(file.Handle, info, new BlobVersion(file.Status.Inode, file.Status.ChangedAt)));
    }

    /// <inheritdoc/>
    public BlobWriteBatch BeginBatch() => new DirectoryWriteBatch(this);

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(
        ReadOnlyMemory<BlobId> ids, Memory<bool> removed, BlobRemoval removal, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (ids.IsEmpty)
        {
            return;
        }

        work.Begin();
        try
        {
            await remover.RunAsync(ids, removed, removal, cancellationToken);
        }
        finally
        {
            work.End();
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobInfo> ListAsync(
        BlobId? after, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        foreach (var folder in new DirectoryListing(layout).Enumerate(after, prefix))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var infos = new BlobInfo?[folder.Length];
            index.Stat(folder, infos);
            for (var i = 0; i < folder.Length; i++)
            {
                if ((infos[i] ?? layout.Stat(folder[i])) is { } info)
                {
                    yield return info;
                }
            }
        }

        // Folders that vanish while they are walked look empty.
        EnsureMounted();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await work.CloseAsync();
        flush.Dispose();
        index.Dispose();
    }

    /// <summary>The size of a blob that is here; null when it is not.</summary>
    internal long? FindSize(BlobId id)
    {
        BlobInfo? info = null;
        index.Stat(new ReadOnlySpan<BlobId>(in id), new Span<BlobInfo?>(ref info));
        return info?.Size;
    }

    /// <summary>Flushes that failed so far: what was written before one of them cannot be relied on.</summary>
    internal long FlushFailures => flush.Failures;

    /// <summary>Space of the disk that blobs leave free.</summary>
    internal DiskReserve Reserve { get; }

    /// <summary>A name for a file that is being written.</summary>
    internal string NextAside() =>
        Path.Combine(layout.Incoming, Interlocked.Increment(ref nextAside).ToString("x", CultureInfo.InvariantCulture));

    /// <summary>Makes files durable under their names, and then known.</summary>
    /// <param name="blobs">What was written aside.</param>
    /// <param name="failuresBefore"><see cref="FlushFailures"/> before the first of them was written.</param>
    /// <param name="cancellationToken">Stops before the first gets its name.</param>
    internal async ValueTask CommitAsync(PendingBlob[] blobs, long failuresBefore, CancellationToken cancellationToken)
    {
        try
        {
            work.Begin();
        }
        catch (ObjectDisposedException)
        {
            Array.ForEach(blobs, blob => FileSystem.RemoveLeftover(blob.Aside));
            throw;
        }

        try
        {
            await commit.RunAsync(blobs, failuresBefore, cancellationToken);
        }
        finally
        {
            work.End();
        }
    }

    /// <summary>The error for a blob that passes the limit.</summary>
    internal StoreException TooLarge() =>
        new(Fault.TooLarge, $"A blob may have {Traits.MaxBlobBytes} bytes (maxBlobBytes).")
        {
            Details = new Dictionary<string, object> { ["limit"] = "maxBlobBytes", ["maximum"] = Traits.MaxBlobBytes },
        };

    private static DirectoryBlobStore Open(
        DataDirectory data, long maxBlobBytes, TimeProvider time, CancellationToken cancellationToken)
    {
        var layout = new BlobLayout(data.BlobsPath);
        try
        {
            foreach (var folder in (string[])[layout.Incoming, layout.Quarantine, .. BlobLayout.Functions.Select(one => layout.FolderOf(one.Function))])
            {
                System.IO.Directory.CreateDirectory(folder);
            }

            var index = IndexRecovery.OpenIndex(layout);
            var intents = new IntentLog(layout.Incoming);
            var store = new DirectoryBlobStore(layout, index, intents, maxBlobBytes, time, new DiskReserve(layout.Incoming, data.Path));
            IndexRecovery.Run(layout, index, intents, cancellationToken);
            return store;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ErrorNumber.ToException(e, layout.Root);
        }
    }

    /// <summary>Tells an absent blob from an absent disk.</summary>
    private void EnsureMounted()
    {
        if (FileStatus.Of(layout.Incoming) is null)
        {
            throw ErrorNumber.ToException(ErrorNumber.NoEntry, layout.Root, new DirectoryNotFoundException("The folder 'incoming' is missing."));
        }
    }
}
