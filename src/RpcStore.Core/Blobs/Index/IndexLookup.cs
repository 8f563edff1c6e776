using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Index;

/// <summary>
/// Looks many ids up at once. Slots are hardly ever in a cache of the processor, so those of the next few ids are on their way
/// while the first is looked at.
/// </summary>
internal static class IndexLookup
{
    /// <summary>
    /// Ids whose slots are asked for before the first is looked at. A processor fetches some tens of them at a time: one after
    /// another they would take three times as long.
    /// </summary>
    private const int Ahead = 16;

    /// <summary>Answers for each id what is asked of its slot. The caller holds the index still meanwhile.</summary>
    /// <param name="file">The index.</param>
    /// <param name="ids">The ids.</param>
    /// <param name="answers">Takes an answer for each id, in their order.</param>
    public static void Look<T, TReader>(IndexFile file, ReadOnlySpan<BlobId> ids, Span<T> answers)
        where TReader : struct, ISlotReader<T>
    {
        Span<IndexKey> keys = stackalloc IndexKey[Ahead];
        for (var at = 0; at < ids.Length; at += Ahead)
        {
            var near = Fetch(file, ids[at..Math.Min(at + Ahead, ids.Length)], keys);
            for (var i = 0; i < near.Length; i++)
            {
                answers[at + i] = TReader.Read(file, IndexTable.Seek(file, near[i]));
            }
        }
    }

    /// <summary>Makes the keys of a few ids and has their slots fetched.</summary>
    private static Span<IndexKey> Fetch(IndexFile file, ReadOnlySpan<BlobId> ids, Span<IndexKey> keys)
    {
        var mask = file.Capacity - 1;
        for (var i = 0; i < ids.Length; i++)
        {
            ref var key = ref keys[i];
            key = new IndexKey(ids[i]);
            file.Prefetch((long)(key.Hash & (ulong)mask));
        }

        return keys[..ids.Length];
    }
}

/// <summary>What a question wants to know of a slot. A struct, so that the compiler makes a loop for each that calls nothing.</summary>
internal interface ISlotReader<T>
{
    /// <summary>The answer.</summary>
    /// <param name="file">The index.</param>
    /// <param name="slot">The slot of an id; -1 when it has none.</param>
    static abstract T Read(IndexFile file, long slot);
}

/// <summary>Whether it is there.</summary>
internal readonly struct SlotPresence : ISlotReader<bool>
{
    /// <inheritdoc/>
    public static bool Read(IndexFile file, long slot) => slot >= 0;
}

/// <summary>What is known of the blob; null when it is not there.</summary>
internal readonly struct SlotInfo : ISlotReader<BlobInfo?>
{
    /// <inheritdoc/>
    public static BlobInfo? Read(IndexFile file, long slot) => slot < 0 ? null : file[slot].Info;
}
