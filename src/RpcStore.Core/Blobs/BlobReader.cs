namespace RpcStore.Core.Blobs;

/// <summary>An open blob. For one caller at a time; to be disposed.</summary>
public abstract class BlobReader : IAsyncDisposable
{
    /// <summary>What is known of the blob.</summary>
    public abstract BlobInfo Info { get; }

    /// <summary>Which bytes these are; see <see cref="BlobVersion"/>.</summary>
    public abstract BlobVersion Version { get; }

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
