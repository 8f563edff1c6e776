using RpcStore.Digests;

namespace RpcStore.Core.Blobs;

/// <summary>
/// Keeps immutable bytes under their digest. Directory, memory, and later other stores implement it, decorators add to it,
/// and one conformance suite holds for all of them, decorated ones included.
/// </summary>
/// <remarks>
/// All members may be called at the same time from any thread. Lists of ids come in and answers go out in bulk, so that no
/// caller can make a call per id by accident. Every member throws <see cref="StoreException"/> for what the store cannot
/// do; a failing disk is never reported as an absent blob.
/// </remarks>
public interface IBlobStore : IAsyncDisposable
{
    /// <summary>What this store can do and how far; constant.</summary>
    BlobStoreTraits Traits { get; }

    /// <summary>How much is stored. May be a moment old.</summary>
    ValueTask<BlobStoreUsage> GetUsageAsync(CancellationToken cancellationToken);

    /// <summary>Tells for each id whether its blob is here. An id may be there more than once.</summary>
    /// <param name="ids">The ids asked for; the caller leaves them unchanged until the call ends.</param>
    /// <param name="present">As long as <paramref name="ids"/>; each element is set.</param>
    /// <param name="cancellationToken">Stops the call; <paramref name="present"/> is then undefined.</param>
    ValueTask FindAsync(ReadOnlyMemory<BlobId> ids, Memory<bool> present, CancellationToken cancellationToken);

    /// <summary>Gives size and time of each blob, null for those that are absent.</summary>
    /// <param name="ids">As in <see cref="FindAsync"/>.</param>
    /// <param name="infos">As long as <paramref name="ids"/>; each element is set.</param>
    /// <param name="cancellationToken">Stops the call; <paramref name="infos"/> is then undefined.</param>
    ValueTask StatAsync(ReadOnlyMemory<BlobId> ids, Memory<BlobInfo?> infos, CancellationToken cancellationToken);

    /// <summary>Opens a blob for reading.</summary>
    /// <returns>Null when it is absent. What was opened can be read to its end, even when the blob is removed meanwhile.</returns>
    ValueTask<BlobReader?> OpenAsync(BlobId id, CancellationToken cancellationToken);

    /// <summary>Begins a batch of writes that become visible and durable together.</summary>
    BlobWriteBatch BeginBatch();

    /// <summary>Takes blobs out of the store. Durable when the call returns. Absent ids are no error.</summary>
    /// <param name="ids">The blobs to take out.</param>
    /// <param name="removed">As long as <paramref name="ids"/>: whether the blob was here. Of an id that is there twice, the first counts.</param>
    /// <param name="removal">What becomes of the bytes.</param>
    /// <param name="cancellationToken">Stops between two blobs; some may be removed by then.</param>
    ValueTask RemoveAsync(ReadOnlyMemory<BlobId> ids, Memory<bool> removed, BlobRemoval removal, CancellationToken cancellationToken);

    /// <summary>Lists blobs in the order of their ids (<see cref="BlobId.CompareTo"/>).</summary>
    /// <param name="after">Only ids behind this one; null from the start.</param>
    /// <param name="prefix">Only ids whose text starts with this; empty for all. May end anywhere in the text.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <remarks>Blobs stored or removed meanwhile may or may not be in it; every other one is in it once. Memory is bounded.</remarks>
    IAsyncEnumerable<BlobInfo> ListAsync(BlobId? after, string prefix, CancellationToken cancellationToken);
}
