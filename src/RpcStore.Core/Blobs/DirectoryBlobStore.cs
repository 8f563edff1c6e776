using System.Runtime.CompilerServices;
using RpcStore.Core.Blobs.Files;
using RpcStore.Core.Disk;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs;

/// <summary>
/// Keeps each blob in a file of its own (spec/storage-layout.md). The directory is the truth: a blob is here when its file
/// is. Does not verify what it reads; <see cref="VerifyingBlobStore"/> does.
/// </summary>
/// <remarks>
/// Whatever asks for many blobs at once works on a thread of the pool. Opening and reading one, and adding to a batch, use
/// the disk on the calling thread, because a change of threads for each small blob would cost more than the blob.
/// </remarks>
public sealed class DirectoryBlobStore : IBlobStore
{
    // What is looked at between two looks at the cancellation, and listed in one go.
    private const int Chunk = 512;

    private readonly BlobFiles files;
    private readonly TimeProvider time;

    private DirectoryBlobStore(BlobFiles files, long maxBlobBytes, TimeProvider time)
    {
        this.files = files;
        this.time = time;
        Traits = new BlobStoreTraits(maxBlobBytes, VerifiesReads: false);
    }

    /// <inheritdoc/>
    public BlobStoreTraits Traits { get; }

    /// <summary>
    /// Opens the blobs of a data directory: makes the folders that are missing, removes what a process that died was writing,
    /// and sees to it that the empty blob has a file.
    /// </summary>
    /// <param name="data">The directory; stays open as long as the store.</param>
    /// <param name="maxBlobBytes">Bytes in the largest blob that it takes.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <param name="time">Names what is put into the quarantine.</param>
    /// <exception cref="StoreException">The disk cannot be used.</exception>
    public static async Task<DirectoryBlobStore> OpenAsync(
        DataDirectory data, long maxBlobBytes, CancellationToken cancellationToken, TimeProvider? time = null)
    {
        var store = await Task.Run(() => Open(data, maxBlobBytes, time ?? TimeProvider.System), cancellationToken);
        try
        {
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
    public async ValueTask<BlobStoreUsage> GetUsageAsync(CancellationToken cancellationToken)
    {
        var (blobs, bytes) = await files.GetUsageAsync(cancellationToken);
        return new BlobStoreUsage(blobs, bytes, files.GetFreeBytes());
    }

    /// <inheritdoc/>
    public ValueTask FindAsync(ReadOnlyMemory<BlobId> ids, Memory<bool> present, CancellationToken cancellationToken) =>
        ForEachAsync(ids, (id, i) => present.Span[i] = files.Of(id).TryStat(id, out _), cancellationToken);

    /// <inheritdoc/>
    public ValueTask StatAsync(ReadOnlyMemory<BlobId> ids, Memory<BlobInfo?> infos, CancellationToken cancellationToken) =>
        ForEachAsync(
            ids,
            (id, i) =>
            {
                var isHere = files.Of(id).TryStat(id, out var info);
                infos.Span[i] = isHere ? info : null;
                return isHere;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<BlobReader?> OpenAsync(BlobId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var function = files.Of(id);
        var reader = function.TryOpen(id);
        if (reader is null)
        {
            function.RequireInPlace();
        }

        return new(reader);
    }

    /// <inheritdoc/>
    public BlobWriteBatch BeginBatch() => new FileWriteBatch(files, Traits.MaxBlobBytes);

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(
        ReadOnlyMemory<BlobId> ids, Memory<bool> removed, BlobRemoval removal, CancellationToken cancellationToken)
    {
        var count = 0;
        removed.Span.Clear();
        try
        {
            await ForEachAsync(
                ids,
                (id, i) =>
                {
                    removed.Span[i] = files.Remove(id, removal, time.GetUtcNow());
                    count += removed.Span[i] ? 1 : 0;
                    return removed.Span[i];
                },
                cancellationToken);
        }
        finally
        {
            // Also what was removed before a cancellation or a failure has been told to nobody else.
            await FlushRemovedAsync(ids, removed, count);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobInfo> ListAsync(
        BlobId? after, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var blobs = files.Functions.SelectMany(function => BlobListing.Enumerate(function, after, prefix)).GetEnumerator();
        var chunk = new List<BlobInfo>(Chunk);
        do
        {
            chunk.Clear();
            await Task.Run(() => Take(blobs, chunk, cancellationToken), cancellationToken);
            foreach (var info in chunk)
            {
                yield return info;
            }
        }
        while (chunk.Count == Chunk);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => files.DisposeAsync();

    private static DirectoryBlobStore Open(DataDirectory data, long maxBlobBytes, TimeProvider time)
    {
        try
        {
            return new DirectoryBlobStore(BlobFiles.Open(data), maxBlobBytes, time);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskFault.From(e, "opening the blobs");
        }
    }

    private static void Take(IEnumerator<BlobInfo> blobs, List<BlobInfo> chunk, CancellationToken cancellationToken)
    {
        while (chunk.Count < Chunk && blobs.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            chunk.Add(blobs.Current);
        }
    }

    /// <summary>Looks at each blob on a thread of the pool; absent ones are certainly absent when it returns.</summary>
    private ValueTask ForEachAsync(ReadOnlyMemory<BlobId> ids, Func<BlobId, int, bool> isHere, CancellationToken cancellationToken) => new(Task.Run(
        () =>
        {
            var absent = 0;
            for (var i = 0; i < ids.Length; i++)
            {
                if (i % Chunk == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                absent += isHere(ids.Span[i], i) ? 0 : 1;
            }

            if (absent > 0)
            {
                files.RequireInPlace();
            }
        },
        cancellationToken));

    private async ValueTask FlushRemovedAsync(ReadOnlyMemory<BlobId> ids, Memory<bool> removed, int count)
    {
        if (count == 1)
        {
            var id = ids.Span[removed.Span.IndexOf(true)];
            files.Of(id).FlushNames(id);
        }
        else if (count > 1)
        {
            await files.FlushAllAsync();
        }
    }
}
