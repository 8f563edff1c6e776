using RpcStore.Digests;

namespace RpcStore.Core.Blobs;

/// <summary>
/// Forwards every member to another store: a decorator derives from it and overrides what it changes, and nothing gets lost
/// when the interface grows. Owns the store that it wraps.
/// </summary>
/// <param name="inner">The store behind it; disposed with this one.</param>
public abstract class DelegatingBlobStore(IBlobStore inner) : IBlobStore
{
    /// <inheritdoc/>
    public virtual BlobStoreTraits Traits => Inner.Traits;

    /// <summary>The store behind this one.</summary>
    protected IBlobStore Inner { get; } = inner;

    /// <inheritdoc/>
    public virtual ValueTask<BlobStoreUsage> GetUsageAsync(CancellationToken cancellationToken) => Inner.GetUsageAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask FindAsync(ReadOnlyMemory<BlobId> ids, Memory<bool> present, CancellationToken cancellationToken) =>
        Inner.FindAsync(ids, present, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask StatAsync(ReadOnlyMemory<BlobId> ids, Memory<BlobInfo?> infos, CancellationToken cancellationToken) =>
        Inner.StatAsync(ids, infos, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<BlobReader?> OpenAsync(BlobId id, CancellationToken cancellationToken) => Inner.OpenAsync(id, cancellationToken);

    /// <inheritdoc/>
    public virtual BlobWriteBatch BeginBatch() => Inner.BeginBatch();

    /// <inheritdoc/>
    public virtual ValueTask RemoveAsync(
        ReadOnlyMemory<BlobId> ids, Memory<bool> removed, BlobRemoval removal, CancellationToken cancellationToken) =>
        Inner.RemoveAsync(ids, removed, removal, cancellationToken);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<BlobInfo> ListAsync(BlobId? after, string prefix, CancellationToken cancellationToken) =>
        Inner.ListAsync(after, prefix, cancellationToken);

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        await Inner.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
