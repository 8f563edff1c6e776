using RpcStore.Client.Files;
using RpcStore.Digests;

namespace RpcStore.Client.Bulk;

/// <summary>The bytes of a blob as they come from the server. The read that gives the last of them checks the digest of all.</summary>
internal sealed class VerifiedStream : FixedLengthStream
{
    private readonly BlobId id;
    private readonly BlobHasher hasher;
    private readonly ProgressCounter progress;

    /// <summary>Begins to read a blob.</summary>
    /// <exception cref="BlobCorruptException">It should have no bytes, and its id says that it has some.</exception>
    public VerifiedStream(Stream inner, BlobId id, long length, ProgressCounter progress)
        : base(inner, length)
    {
        this.id = id;
        this.progress = progress;
        hasher = BlobHasher.Rent(id.Function);
        if (length == 0)
        {
            Verify();
        }
    }

    /// <summary>Reads what was not read yet, so that all is verified.</summary>
    /// <exception cref="BlobCorruptException">The bytes are not those of the id.</exception>
    public ValueTask FinishAsync(CancellationToken cancellationToken) =>
        Position == Length ? ValueTask.CompletedTask : new(CopyToAsync(Null, cancellationToken));

    /// <inheritdoc/>
    protected override async ValueTask<int> ReadInnerAsync(Stream source, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return read > 0 ? read : throw new EndOfStreamException($"The server's answer ended inside the blob {id}.");
    }

    /// <inheritdoc/>
    protected override void OnRead(ReadOnlySpan<byte> bytes, bool isLast)
    {
        hasher.Append(bytes);
        progress.Move(bytes.Length);
        if (isLast)
        {
            Verify();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hasher.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Verify()
    {
        var actual = hasher.Finish();
        if (actual != id)
        {
            throw new BlobCorruptException(id, actual);
        }
    }
}
