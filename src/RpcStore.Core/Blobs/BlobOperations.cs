using RpcStore.Digests;

namespace RpcStore.Core.Blobs;

/// <summary>What became of a blob that was to be deleted.</summary>
public enum BlobDeletionStatus
{
    /// <summary>It is gone.</summary>
    Deleted,

    /// <summary>It was not here.</summary>
    Absent,

    /// <summary>Something needs it; it was kept.</summary>
    Referenced,
}

/// <summary>What a check of a blob found.</summary>
public enum BlobVerdict
{
    /// <summary>It is here and its bytes are right.</summary>
    Ok,

    /// <summary>It is not here.</summary>
    Missing,

    /// <summary>Its bytes were wrong; it is in the quarantine now.</summary>
    Corrupt,
}

/// <summary>Bytes of a blob in memory.</summary>
/// <param name="Size">Bytes in the whole blob.</param>
/// <param name="Data">The bytes asked for.</param>
public readonly record struct BlobRange(long Size, ReadOnlyMemory<byte> Data);

/// <summary>
/// What the methods of <c>blobs</c> do beyond what a store does by itself. Safe to use from any thread.
/// </summary>
/// <param name="store">The blobs; a store that verifies its reads.</param>
/// <param name="retention">What must not be deleted.</param>
/// <param name="maxInlineBytes">Bytes that are handed around in memory (<c>maxInlineBlobBytes</c>).</param>
public sealed class BlobOperations(IBlobStore store, BlobRetention retention, int maxInlineBytes)
{
    private const int ReadBytes = 256 << 10;

    /// <summary>Stores bytes that are in memory. Durable when the call returns.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="id">The id that they must have; null gives them their SHA-256 id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The id, and whether the blob was not here before.</returns>
    /// <exception cref="StoreException"><see cref="Fault.TooLarge"/>, <see cref="Fault.DigestMismatch"/>, or what the store says.</exception>
    public async ValueTask<(BlobId Id, bool IsNew)> PutAsync(
        ReadOnlyMemory<byte> data, BlobId? id, CancellationToken cancellationToken)
    {
        if (data.Length > maxInlineBytes)
        {
            throw TooLarge($"{data.Length} bytes are too many to travel inside a call: upload them.");
        }

        // Hashing and the disk take their time, and the caller may be the loop that reads a connection.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var actual = BlobId.Compute(id?.Function ?? DigestFunction.Sha256, data.Span);
        if (id is { } expected && expected != actual)
        {
            throw new StoreException(Fault.DigestMismatch, $"The bytes have the digest {actual}, not {expected}. Nothing was stored.")
            {
                Details = new Dictionary<string, object> { ["id"] = expected.ToString(), ["actual"] = actual.ToString() },
            };
        }

        await using var batch = store.BeginBatch();
        using var content = new ReadOnlyMemoryStream(data);
        var result = await batch.AddAsync(actual, data.Length, content, cancellationToken);
        await batch.CommitAsync(cancellationToken);
        return (actual, result.Status == BlobAddStatus.Stored);
    }

    /// <summary>Reads bytes of a blob into memory.</summary>
    /// <param name="id">The blob.</param>
    /// <param name="offset">The first byte wanted; at or past the end nothing is read.</param>
    /// <param name="length">Bytes wanted at the most; null for the rest.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Null when the blob is not here.</returns>
    /// <exception cref="StoreException"><see cref="Fault.TooLarge"/>: that would be more than travels inside a call.</exception>
    public async ValueTask<BlobRange?> GetAsync(BlobId id, long offset, long? length, CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await using var reader = await store.OpenAsync(id, cancellationToken);
        if (reader is null)
        {
            return null;
        }

        var size = reader.Info.Size;
        var wanted = Math.Min(length ?? long.MaxValue, Math.Max(0, size - offset));
        if (wanted > maxInlineBytes)
        {
            throw TooLarge($"{wanted} bytes are too many to travel inside a call: ask for a part with 'length', or download the blob.");
        }

        if (wanted < size)
        {
            await reader.VerifyAheadAsync(cancellationToken);
        }

        var data = new byte[wanted];
        for (var read = 0; read < data.Length;)
        {
            var count = await reader.ReadAsync(offset + read, data.AsMemory(read), cancellationToken);
            read += count > 0 ? count : throw EndedEarly(id);
        }

        return new BlobRange(size, data);
    }

    /// <summary>Reads a blob to its end, so that the store finds out whether its bytes are right.</summary>
    /// <param name="id">The blob.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>What was found, and the bytes read.</returns>
    /// <exception cref="StoreException">The blob cannot be read: nothing is known of its bytes.</exception>
    public async ValueTask<(BlobVerdict Verdict, long Bytes)> VerifyAsync(BlobId id, CancellationToken cancellationToken)
    {
        var bytes = 0L;
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await using var reader = await store.OpenAsync(id, cancellationToken);
            if (reader is null)
            {
                return (BlobVerdict.Missing, 0);
            }

            using var buffer = System.Buffers.MemoryPool<byte>.Shared.Rent(ReadBytes);
            int read;
            do
            {
                read = await reader.ReadAsync(bytes, buffer.Memory, cancellationToken);
                bytes += read;
            }
            while (read > 0);

            return (BlobVerdict.Ok, bytes);
        }
        catch (StoreException e) when (e.Fault == Fault.Corrupt)
        {
            return (BlobVerdict.Corrupt, bytes);
        }
    }

    /// <summary>Deletes blobs. Durable when the call returns.</summary>
    /// <param name="ids">The blobs.</param>
    /// <param name="force">Delete those too that something needs. The empty blob stays all the same.</param>
    /// <param name="cancellationToken">Stops between two blobs.</param>
    /// <returns>What became of each, in the order asked.</returns>
    public async ValueTask<BlobDeletionStatus[]> DeleteAsync(
        ReadOnlyMemory<BlobId> ids, bool force, CancellationToken cancellationToken)
    {
        using var hold = await retention.HoldAsync(cancellationToken);
        var referenced = new bool[ids.Length];
        if (!force)
        {
            await retention.FindAsync(ids, referenced, cancellationToken);
        }

        for (var i = 0; i < ids.Length; i++)
        {
            referenced[i] |= ids.Span[i].IsEmptyBlob;
        }

        var candidates = ids.ToArray().Where((_, place) => !referenced[place]).ToArray();
        var removed = new bool[candidates.Length];
        await store.RemoveAsync(candidates, removed, BlobRemoval.Delete, cancellationToken);

        var next = 0;
        return [.. referenced.Select(isKept =>
            isKept ? BlobDeletionStatus.Referenced
            : removed[next++] ? BlobDeletionStatus.Deleted
            : BlobDeletionStatus.Absent)];
    }

    private StoreException TooLarge(string message) => new(Fault.TooLarge, message)
    {
        Details = new Dictionary<string, object> { ["limit"] = "maxInlineBlobBytes", ["maximum"] = maxInlineBytes },
    };

    private static StoreException EndedEarly(BlobId id) => new(Fault.Corrupt, $"The blob {id} is shorter than it was when it was stored.")
    {
        Details = new Dictionary<string, object> { ["id"] = id.ToString() },
    };
}
