using RpcStore.Digests;

namespace RpcStore.Core.Blobs;

/// <summary>
/// Writes that become visible and durable together. For one caller at a time. Disposing a batch that was not committed
/// leaves nothing of it.
/// </summary>
public abstract class BlobWriteBatch : IAsyncDisposable
{
    /// <summary>Writes the bytes of a blob aside and checks them against its id.</summary>
    /// <param name="id">The id that the bytes must have.</param>
    /// <param name="size">How many bytes there are, where that is known ahead: the store then makes room for them. Otherwise null.</param>
    /// <param name="content">
    /// The bytes. Read to its end, or to <paramref name="size"/>, whatever the outcome: also when the blob exists, so that a
    /// caller who reads entries one after another always stands behind this one. An end before <paramref name="size"/> is
    /// an <see cref="EndOfStreamException"/>. Exceptions of the stream pass through.
    /// </param>
    /// <param name="cancellationToken">Stops the write; nothing of this blob is kept, and the batch can be used on.</param>
    /// <exception cref="StoreException">The store cannot take it, such as <see cref="Fault.TooLarge"/> or <see cref="Fault.Full"/>.</exception>
    public abstract ValueTask<BlobAddResult> AddAsync(BlobId id, long? size, Stream content, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a blob aside whose id the caller has just computed from these very bytes, so that they need not be hashed again.
    /// </summary>
    /// <param name="id">The id of the bytes.</param>
    /// <param name="bytes">All of them.</param>
    /// <param name="cancellationToken">Stops before the write.</param>
    /// <returns>Whether it is new or was here already.</returns>
    /// <exception cref="StoreException">The store cannot take it, such as <see cref="Fault.TooLarge"/> or <see cref="Fault.Full"/>.</exception>
    public virtual async ValueTask<BlobAddStatus> AddHashedAsync(BlobId id, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        using var content = new ReadOnlyMemoryStream(bytes);
        return (await AddAsync(id, bytes.Length, content, cancellationToken)).Status;
    }

    /// <summary>Makes what was added durable, then visible. After it the batch is empty and can be used on.</summary>
    /// <exception cref="StoreException">Some of it may be visible; what is visible is whole.</exception>
    public abstract ValueTask CommitAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
