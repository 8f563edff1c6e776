using System.Buffers;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs;

/// <summary>
/// Hands out no byte that was not checked, as far as that can be known in time (spec/tar-batch.md, section 5): a blob of up
/// to <see cref="WholeBytes"/> is verified before its first byte, a larger one before its last <see cref="TailBytes"/>, and a
/// read that does not go from the start to the end waits until the whole was verified once. A corrupt blob is put into the
/// quarantine, and is absent from then on.
/// </summary>
/// <remarks>
/// A quarantine is never wrong when two readers find the same corruption and the blob is uploaded again in between: the
/// second looks whether the bytes are still those that it read.
/// </remarks>
/// <param name="inner">The store behind it; disposed with this one.</param>
/// <param name="corrupted">Told of every corrupt blob, for the log; called on the reader's thread, and must not throw.</param>
public sealed class VerifyingBlobStore(IBlobStore inner, Action<BlobCorruption>? corrupted = null) : DelegatingBlobStore(inner)
{
    /// <summary>Bytes in the largest blob that is verified before anything of it is handed out.</summary>
    public const int WholeBytes = 1 << 20;

    /// <summary>Bytes at the end of a larger blob that are handed out only when all of it is verified.</summary>
    public const int TailBytes = 64 << 10;

    // Each takes about 100 bytes.
    private const int MaxRemembered = 65_536;

    private const int ReadBytes = 256 << 10;

    private readonly VerifiedBlobs verified = new(MaxRemembered);
    private readonly KeyedGate<BlobId> gates = new();

    /// <inheritdoc/>
    public override BlobStoreTraits Traits => Inner.Traits with { VerifiesReads = true };

    /// <inheritdoc/>
    public override async ValueTask<BlobReader?> OpenAsync(BlobId id, CancellationToken cancellationToken)
    {
        var blob = await Inner.OpenAsync(id, cancellationToken);
        if (blob is null)
        {
            return null;
        }

        // A file that lost all of its bytes has nothing to read, so a reader would never find out.
        if (blob.Info.Size == 0 && !id.IsEmptyBlob)
        {
            await using (blob)
            {
                throw await QuarantineAsync(blob, BlobId.Compute(id.Function, []));
            }
        }

        return blob.Info.Size <= WholeBytes ? new WholeBlobReader(this, blob) : new StreamedBlobReader(this, blob);
    }

    /// <summary>Records that all bytes of a large blob were read and are right.</summary>
    internal void Remember(BlobReader blob) => verified.Add(blob.Info.Id, blob.Version);

    /// <summary>Reads all of a large blob, unless that was done since the start and its bytes are the same.</summary>
    /// <exception cref="StoreException"><see cref="Fault.Corrupt"/>: they are wrong.</exception>
    internal async ValueTask VerifyAsync(BlobReader blob, CancellationToken cancellationToken)
    {
        var id = blob.Info.Id;
        if (verified.Contains(id, blob.Version))
        {
            return;
        }

        // Many ranges of one blob are often asked for at once; one of them reads it, and the others wait.
        BlobId actual;
        using (await gates.EnterAsync(id, cancellationToken))
        {
            if (verified.Contains(id, blob.Version))
            {
                return;
            }

            actual = await DigestAsync(blob, cancellationToken);
            if (actual == id)
            {
                Remember(blob);
                return;
            }
        }

        throw await QuarantineAsync(blob, actual);
    }

    /// <summary>Takes a corrupt blob out of the store.</summary>
    /// <param name="blob">Where the wrong bytes were read.</param>
    /// <param name="actual">The id that they have.</param>
    /// <returns>The error for whoever reads it.</returns>
    internal async ValueTask<StoreException> QuarantineAsync(BlobReader blob, BlobId actual)
    {
        var id = blob.Info.Id;
        var removed = new bool[1];

        // Nobody waits for this but readers of corrupt blobs, and it has to be done even when this one gives up.
        using (await gates.EnterAsync(id, CancellationToken.None))
        {
            await using var now = await Inner.OpenAsync(id, CancellationToken.None);
            if (now is not null && now.Version == blob.Version)
            {
                await Inner.RemoveAsync(new[] { id }, removed, BlobRemoval.Quarantine, CancellationToken.None);
            }
        }

        corrupted?.Invoke(new BlobCorruption(id, blob.Info.Size, actual, removed[0]));
        return StoreFaults.Corrupt(id, actual);
    }

    private static async ValueTask<BlobId> DigestAsync(BlobReader blob, CancellationToken cancellationToken)
    {
        using var hasher = BlobHasher.Rent(blob.Info.Id.Function);
        var buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        try
        {
            long offset = 0;
            while (await blob.ReadAsync(offset, buffer, cancellationToken) is > 0 and var read)
            {
                hasher.Append(buffer.AsSpan(0, read));
                offset += read;
            }

            return hasher.Finish();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
