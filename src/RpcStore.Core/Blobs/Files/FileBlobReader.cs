using RpcStore.Core.Disk;

namespace RpcStore.Core.Blobs.Files;

/// <summary>A blob whose bytes are a file. Reads block the calling thread for as long as the disk takes.</summary>
internal sealed class FileBlobReader(OpenFile file, BlobInfo info, BlobVersion version) : BlobReader
{
    /// <inheritdoc/>
    public override BlobInfo Info => info;

    /// <inheritdoc/>
    public override BlobVersion Version => version;

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // The kernel refuses offsets near the largest number instead of saying that nothing is there.
        return new(offset < info.Size ? file.Read(offset, buffer.Span) : 0);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        file.Dispose();
        return ValueTask.CompletedTask;
    }
}
