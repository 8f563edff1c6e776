using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
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

    // Up to this many files are flushed one by one: for more, one flush of the whole file system is faster.
    private const int FewFiles = 4;

    private readonly BlobLayout layout;
    private readonly BlobFolders folders = new();
    private readonly NameGuard names = new();
    private readonly WorkInProgress work = new();
    private readonly IntentLog intents;
    private readonly SafeFileHandle root;
    private readonly FlushGroup flush;
    private readonly BlobIndex index;
    private readonly TimeProvider time;
    private long nextAside;

    private DirectoryBlobStore(BlobLayout layout, BlobIndex index, long maxBlobBytes, TimeProvider time, DiskReserve reserve)
    {
        Reserve = reserve;
        this.layout = layout;
        this.index = index;
        this.time = time;
        intents = new IntentLog(layout.Incoming);
        root = FileSystem.OpenFolder(layout.Root);
        flush = new FlushGroup(() => FileSystem.FlushFileSystem(root, layout.Root));
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
            names.Forget(id, index.Remove, one => layout.Stat(one) is not null);
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
            await RemoveAllAsync(ids, removed, removal, cancellationToken);
        }
        finally
        {
            work.End();
        }
    }

    private async ValueTask RemoveAllAsync(
        ReadOnlyMemory<BlobId> ids, Memory<bool> removed, BlobRemoval removal, CancellationToken cancellationToken)
    {
        var note = NoteUnlessFull(ids.ToArray());
        var touched = new HashSet<string>();
        try
        {
            for (var i = 0; i < ids.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var path = layout.FileOf(ids.Span[i]);
                removed.Span[i] = names.Remove(ids.Span[i], index.Remove, id => RemoveFileOrKeep(id, path, removal));
                if (removed.Span[i])
                {
                    touched.Add(Path.GetDirectoryName(path)!);
                }
            }
        }
        finally
        {
            // What was removed stays removed also when the call is cancelled: its reply may say so or not come at all.
            Settle(note);
            await FlushAsync(() => FlushNamesAsync(touched));
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
        root.Dispose();
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

    /// <summary>Removes a file that was being written. One that cannot be removed now is removed at the next start.</summary>
    internal void Discard(string aside)
    {
        try
        {
            FileSystem.Unlink(aside);
        }
        catch (StoreException e) when (e.Fault is Fault.Unavailable or Fault.Full)
        {
            // The failure that led here is told; a file that is left over hurts nobody.
        }
    }

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
            Array.ForEach(blobs, blob => Discard(blob.Aside));
            throw;
        }

        try
        {
            await CommitAllAsync(blobs, failuresBefore, cancellationToken);
        }
        finally
        {
            work.End();
        }
    }

    private async ValueTask CommitAllAsync(PendingBlob[] blobs, long failuresBefore, CancellationToken cancellationToken)
    {
        var committed = false;
        var ids = Array.ConvertAll(blobs, blob => blob.Id);
        try
        {
            await FlushAsync(() => FlushDataAsync(blobs));
            if (flush.Failures != failuresBefore)
            {
                // The kernel told another flush that it could not write something, and would not tell this one.
                throw ErrorNumber.ToException(ErrorNumber.InputOutput, layout.Root, new IOException("A flush failed meanwhile."));
            }

            cancellationToken.ThrowIfCancellationRequested();
            index.Reserve(blobs.Length);
            names.BeginCommit(ids);
            try
            {
                var note = intents.Note(ids);
                await NameAsync(blobs, note);
                committed = true;
            }
            finally
            {
                names.EndCommit(ids);
                index.Release(blobs.Length);
            }
        }
        finally
        {
            if (!committed)
            {
                Array.ForEach(blobs, blob => Discard(blob.Aside));
            }
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
            var store = new DirectoryBlobStore(layout, index, maxBlobBytes, time, new DiskReserve(layout.Incoming, data.Path));
            IndexRecovery.Run(layout, index, store.intents, cancellationToken);
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

    /// <summary>Notes what is about to be removed. A full disk takes no note, and a delete is what frees it.</summary>
    /// <returns>The note; null when there is none, and the index is not trusted until <see cref="Settle"/>.</returns>
    private string? NoteUnlessFull(BlobId[] ids)
    {
        try
        {
            return intents.Note(ids);
        }
        catch (StoreException e) when (e.Fault == Fault.Full)
        {
            index.BeginUnnoted();
            return null;
        }
    }

    /// <summary>Directory and index agree again, whether the removal went well or not.</summary>
    private void Settle(string? note)
    {
        if (note is null)
        {
            index.EndUnnoted();
        }
        else
        {
            Discard(note);
        }
    }

    /// <summary>A file that cannot be removed is still a blob: the index names it again.</summary>
    private bool RemoveFileOrKeep(BlobId id, string path, BlobRemoval removal)
    {
        try
        {
            return RemoveFile(id, path, removal);
        }
        catch (StoreException)
        {
            if (layout.Stat(id) is { } info)
            {
                index.Add([info]);
            }

            throw;
        }
    }

    private bool RemoveFile(BlobId id, string path, BlobRemoval removal)
    {
        if (removal == BlobRemoval.Delete)
        {
            return FileSystem.Unlink(path);
        }

        if (FileStatus.Of(path) is not { IsOrdinaryFile: true })
        {
            return false;
        }

        FileSystem.Rename(path, layout.QuarantineFileOf(id, time.GetUtcNow()));
        return true;
    }

    /// <summary>Flushes, and no longer relies on the index on the disk when that fails: the kernel tells of a lost page once.</summary>
    private async ValueTask FlushAsync(Func<ValueTask> flushAsync)
    {
        try
        {
            await flushAsync();
        }
        catch (StoreException)
        {
            index.Doubt();
            throw;
        }
    }

    private async ValueTask FlushDataAsync(PendingBlob[] blobs)
    {
        if (blobs.Length > FewFiles)
        {
            await flush.FlushAsync();
            return;
        }

        foreach (var blob in blobs)
        {
            var file = FileSystem.OpenFile(blob.Aside)
                ?? throw ErrorNumber.ToException(ErrorNumber.NoEntry, blob.Aside, new FileNotFoundException("A file that was just written is gone."));
            using (file.Handle)
            {
                FileSystem.FlushData(file.Handle, blob.Aside);
            }
        }
    }

    private async ValueTask NameAsync(PendingBlob[] blobs, string note)
    {
        try
        {
            await NameAllAsync(blobs, note);
        }
        catch (StoreException)
        {
            // Folders that were made for it may not be on the disk.
            folders.Forget();
            throw;
        }
    }

    private async ValueTask NameAllAsync(PendingBlob[] blobs, string note)
    {
        var touched = new HashSet<string>();
        var infos = new BlobInfo[blobs.Length];
        var named = 0;
        try
        {
            foreach (var blob in blobs)
            {
                var path = layout.FileOf(blob.Id);
                var folder = Path.GetDirectoryName(path)!;
                if (folders.Ensure(folder))
                {
                    touched.Add(Path.GetDirectoryName(folder)!);
                    touched.Add(Path.GetDirectoryName(Path.GetDirectoryName(folder)!)!);
                }

                // Nothing that can fail stands between the name and the index: a blob with a name is known.
                var storedAt = FileStatus.Of(blob.Aside)?.ModifiedAt ?? time.GetUtcNow();
                touched.Add(folder);
                Rename(blob.Aside, path, folder);
                infos[named++] = new BlobInfo(blob.Id, blob.Size, storedAt);
            }
        }
        finally
        {
            // What got its name before a failure is a blob too. When even the flush fails, the note stays for the next start.
            await FlushAsync(() => FlushNamesAsync(touched));
            index.AddReserved(infos.AsSpan(0, named));
            Discard(note);
        }
    }

    private void Rename(string aside, string path, string folder)
    {
        try
        {
            FileSystem.Rename(aside, path);
        }
        catch (StoreException e) when (e.InnerException?.InnerException is System.ComponentModel.Win32Exception { NativeErrorCode: ErrorNumber.NoEntry })
        {
            // Somebody removed a folder that was there; make it again, once.
            folders.Forget();
            folders.Ensure(folder);
            FileSystem.Rename(aside, path);
        }
    }

    private async ValueTask FlushNamesAsync(HashSet<string> touched)
    {
        if (touched.Count > FewFiles * 3)
        {
            await flush.FlushAsync();
            return;
        }

        foreach (var folder in touched)
        {
            FileSystem.FlushFolder(folder);
        }
    }
}
