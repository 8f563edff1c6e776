using System.Buffers;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs;

/// <summary>
/// A small blob that is read and verified as a whole with its first read; opening it alone, to tell its size for instance,
/// costs nothing.
/// </summary>
internal sealed class WholeBlobReader(VerifyingBlobStore store, BlobReader inner) : BlobReader
{
    private byte[]? bytes;

    /// <inheritdoc/>
    public override BlobInfo Info => inner.Info;

    /// <inheritdoc/>
    public override BlobVersion Version => inner.Version;

    /// <inheritdoc/>
    public override ValueTask VerifyAheadAsync(CancellationToken cancellationToken) =>
        bytes is null && inner.Info.Size > 0 ? LoadAsync(cancellationToken) : ValueTask.CompletedTask;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var size = (int)inner.Info.Size;
        if (offset >= size)
        {
            return 0;
        }

        if (bytes is null && offset == 0 && buffer.Length >= size)
        {
            // Most readers take a small blob in one read: it needs no copy.
            await FillAsync(buffer[..size], cancellationToken);
            return size;
        }

        if (bytes is null)
        {
            await LoadAsync(cancellationToken);
        }

        var count = (int)Math.Min(buffer.Length, size - offset);
        bytes.AsSpan((int)offset, count).CopyTo(buffer.Span);
        return count;
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        if (bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = null;
        }

        return inner.DisposeAsync();
    }

    private async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        var size = (int)inner.Info.Size;
        var rented = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            await FillAsync(rented.AsMemory(0, size), cancellationToken);
            bytes = rented;
        }
        finally
        {
            if (bytes is null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private async ValueTask FillAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (filled < destination.Length
            && await inner.ReadAsync(filled, destination[filled..], cancellationToken) is > 0 and var read)
        {
            filled += read;
        }

        var actual = BlobId.Compute(inner.Info.Id.Function, destination.Span[..filled]);
        if (actual != inner.Info.Id)
        {
            destination.Span.Clear();
            throw await store.QuarantineAsync(inner, actual);
        }
    }
}
