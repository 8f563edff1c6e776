namespace RpcStore.Core.Blobs;

/// <summary>An open blob. For one caller at a time; to be disposed.</summary>
public abstract class BlobReader : IAsyncDisposable
{
    /// <summary>What is known of the blob.</summary>
    public abstract BlobInfo Info { get; }

    /// <summary>Which bytes these are; see <see cref="BlobVersion"/>.</summary>
    public abstract BlobVersion Version { get; }

    /// <summary>
    /// Makes sure, where the store verifies its reads, that all of the blob is right before a part of it is read. To be called
    /// by whoever will not read it from its start to its end: a reader that does learns on the way whether it is right, and
    /// has seen the first bytes by then.
    /// </summary>
    /// <param name="cancellationToken">Stops it; the reader can be used on.</param>
    /// <exception cref="StoreException">The bytes are wrong (<see cref="Fault.Corrupt"/>) or cannot be read.</exception>
    public virtual ValueTask VerifyAheadAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Reads bytes at any offset.</summary>
    /// <param name="offset">Where to read, from 0; at or past the end nothing is read.</param>
    /// <param name="buffer">Takes the bytes; not empty.</param>
    /// <param name="cancellationToken">Stops the read; the reader can be used on.</param>
    /// <returns>How many bytes were read; 0 only at the end. May be fewer than asked.</returns>
    /// <exception cref="StoreException">
    /// The bytes are wrong (<see cref="Fault.Corrupt"/>, only where the store verifies its reads) or cannot be read.
    /// </exception>
    public abstract ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
