namespace RpcStore.Core.Blobs;

/// <summary>A blob whose bytes are in memory.</summary>
internal sealed class MemoryBlobReader(BlobInfo info, BlobVersion version, ReadOnlyMemory<byte> bytes) : BlobReader
{
    /// <inheritdoc/>
    public override BlobInfo Info => info;

    /// <inheritdoc/>
    public override BlobVersion Version => version;

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (offset >= bytes.Length)
        {
            return new(0);
        }

        var rest = bytes.Span[(int)offset..];
        var count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer.Span);
        return new(count);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
