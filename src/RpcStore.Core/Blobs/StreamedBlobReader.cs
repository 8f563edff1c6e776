using RpcStore.Digests;

namespace RpcStore.Core.Blobs;

/// <summary>
/// A large blob. Read from the start to the end it is hashed on the way, and its tail stays here until the digest is known;
/// any other read waits until the whole was verified.
/// </summary>
internal sealed class StreamedBlobReader(VerifyingBlobStore store, BlobReader inner) : BlobReader
{
    private readonly long tailStart = inner.Info.Size - VerifyingBlobStore.TailBytes;
    private BlobHasher? hasher;
    private long hashed;
    private byte[]? tail;
    private bool isVerified;

    /// <inheritdoc/>
    public override BlobInfo Info => inner.Info;

    /// <inheritdoc/>
    public override BlobVersion Version => inner.Version;

    /// <inheritdoc/>
    public override async ValueTask VerifyAheadAsync(CancellationToken cancellationToken)
    {
        if (!isVerified)
        {
            await store.VerifyAsync(inner, cancellationToken);
            isVerified = true;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (offset >= inner.Info.Size)
        {
            return 0;
        }

        if (offset == hashed && offset < tailStart && !isVerified)
        {
            return await ReadOnAsync(buffer[..(int)Math.Min(buffer.Length, tailStart - offset)], cancellationToken);
        }

        if (offset == hashed && offset == tailStart && !isVerified)
        {
            await ReadTailAsync(cancellationToken);
        }

        if (tail is not null && offset >= tailStart)
        {
            return CopyTail(offset, buffer.Span);
        }

        await VerifyAheadAsync(cancellationToken);
        return await inner.ReadAsync(offset, buffer, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        hasher?.Dispose();
        hasher = null;
        return inner.DisposeAsync();
    }

    private async ValueTask<int> ReadOnAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await inner.ReadAsync(hashed, buffer, cancellationToken);
        hasher ??= BlobHasher.Rent(inner.Info.Id.Function);
        hasher.Append(buffer.Span[..read]);
        hashed += read;
        return read > 0 ? read : throw await CorruptAsync();
    }

    private async ValueTask ReadTailAsync(CancellationToken cancellationToken)
    {
        var bytes = new byte[VerifyingBlobStore.TailBytes];
        for (var filled = 0; filled < bytes.Length;)
        {
            var read = await inner.ReadAsync(tailStart + filled, bytes.AsMemory(filled), cancellationToken);
            hasher!.Append(bytes.AsSpan(filled, read));
            hashed += read;
            filled += read > 0 ? read : throw await CorruptAsync();
        }

        var actual = hasher!.Finish();
        if (actual != inner.Info.Id)
        {
            throw await store.QuarantineAsync(inner, actual);
        }

        tail = bytes;
        isVerified = true;
        store.Remember(inner);
    }

    /// <summary>The error for a blob that is shorter than its file was when it was opened.</summary>
    private async ValueTask<StoreException> CorruptAsync() => await store.QuarantineAsync(inner, hasher!.Finish());

    private int CopyTail(long offset, Span<byte> destination)
    {
        var rest = tail.AsSpan((int)(offset - tailStart));
        var count = Math.Min(rest.Length, destination.Length);
        rest[..count].CopyTo(destination);
        return count;
    }
}
