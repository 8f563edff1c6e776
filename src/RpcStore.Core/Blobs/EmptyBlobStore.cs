using RpcStore.Digests;

namespace RpcStore.Core.Blobs;

/// <summary>
/// Adds the rule that the blob without bytes, of either digest, is always here: found, opened, and never removed or
/// written. Clients rely on it (an empty file needs no upload), so no store has to remember it.
/// </summary>
/// <remarks>Listings and totals are those of the store behind: an empty blob is in them where that one holds it.</remarks>
public sealed class EmptyBlobStore : DelegatingBlobStore
{
    private readonly DateTimeOffset storedAt;

    /// <summary>Adds the rule to a store.</summary>
    /// <param name="inner">The store behind it; disposed with this one.</param>
    /// <param name="time">Gives the time at which an empty blob counts as stored where the store behind does not hold it.</param>
    public EmptyBlobStore(IBlobStore inner, TimeProvider? time = null)
        : base(inner) => storedAt = (time ?? TimeProvider.System).GetUtcNow();

    /// <inheritdoc/>
    public override ValueTask FindAsync(ReadOnlyMemory<BlobId> ids, Memory<bool> present, CancellationToken cancellationToken)
    {
        // The answer is mostly there at once, and this is the busiest question of all.
        var found = Inner.FindAsync(ids, present, cancellationToken);
        if (!found.IsCompletedSuccessfully)
        {
            return AwaitAndAddAsync(found, ids, present);
        }

        Add(ids.Span, present.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override async ValueTask StatAsync(ReadOnlyMemory<BlobId> ids, Memory<BlobInfo?> infos, CancellationToken cancellationToken)
    {
        await Inner.StatAsync(ids, infos, cancellationToken);
        for (var i = 0; i < ids.Length; i++)
        {
            if (infos.Span[i] is not { Size: 0 } && ids.Span[i].IsEmptyBlob)
            {
                infos.Span[i] = new BlobInfo(ids.Span[i], 0, storedAt);
            }
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<BlobReader?> OpenAsync(BlobId id, CancellationToken cancellationToken)
    {
        if (!id.IsEmptyBlob)
        {
            return await Inner.OpenAsync(id, cancellationToken);
        }

        var info = new BlobInfo?[1];
        await StatAsync(new[] { id }, info, cancellationToken);
        return new MemoryBlobReader(info[0]!.Value, default, ReadOnlyMemory<byte>.Empty);
    }

    /// <inheritdoc/>
    public override BlobWriteBatch BeginBatch() => new Batch(Inner.BeginBatch());

    /// <inheritdoc/>
    public override async ValueTask RemoveAsync(
        ReadOnlyMemory<BlobId> ids, Memory<bool> removed, BlobRemoval removal, CancellationToken cancellationToken)
    {
        // A quarantine is let through: a file in the place of the empty blob that is not empty has to go.
        if (removal == BlobRemoval.Quarantine || !Contains(ids.Span))
        {
            await Inner.RemoveAsync(ids, removed, removal, cancellationToken);
            return;
        }

        var others = ids.ToArray().Where(static id => !id.IsEmptyBlob).ToArray();
        var othersRemoved = new bool[others.Length];
        await Inner.RemoveAsync(others, othersRemoved, removal, cancellationToken);
        var next = 0;
        for (var i = 0; i < ids.Length; i++)
        {
            removed.Span[i] = !ids.Span[i].IsEmptyBlob && othersRemoved[next++];
        }
    }

    private static async ValueTask AwaitAndAddAsync(ValueTask found, ReadOnlyMemory<BlobId> ids, Memory<bool> present)
    {
        await found;
        Add(ids.Span, present.Span);
    }

    private static void Add(ReadOnlySpan<BlobId> ids, Span<bool> present)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            if (!present[i])
            {
                present[i] = ids[i].IsEmptyBlob;
            }
        }
    }

    private static bool Contains(ReadOnlySpan<BlobId> ids)
    {
        foreach (var id in ids)
        {
            if (id.IsEmptyBlob)
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Batch(BlobWriteBatch inner) : BlobWriteBatch
    {
        public override async ValueTask<BlobAddResult> AddAsync(
            BlobId id, long? size, Stream content, CancellationToken cancellationToken)
        {
            if (!id.IsEmptyBlob)
            {
                return await inner.AddAsync(id, size, content, cancellationToken);
            }

            var (length, actual) = await ContentDigest.ReadAsync(id.Function, size, content, cancellationToken);
            return new BlobAddResult(length == 0 ? BlobAddStatus.Existing : BlobAddStatus.Mismatch, length, actual);
        }

        public override ValueTask<BlobAddStatus> AddHashedAsync(BlobId id, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
            id.IsEmptyBlob ? new(BlobAddStatus.Existing) : inner.AddHashedAsync(id, bytes, cancellationToken);

        public override ValueTask CommitAsync(CancellationToken cancellationToken) => inner.CommitAsync(cancellationToken);

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
