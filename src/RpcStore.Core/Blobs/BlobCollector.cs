using RpcStore.Digests;

namespace RpcStore.Core.Blobs;

/// <summary>What a collector looks for.</summary>
/// <param name="Prefix">Only ids that start with this; empty for all.</param>
/// <param name="MinAge">Only blobs that were stored so long ago.</param>
public sealed record BlobCollectionOrder(string Prefix, TimeSpan MinAge);

/// <summary>Blobs that nothing references.</summary>
/// <param name="Blobs">How many.</param>
/// <param name="Bytes">Their sizes together.</param>
/// <param name="Examples">The first <see cref="BlobCollector.MaxExamples"/> of them.</param>
public sealed record BlobCollectionResult(long Blobs, long Bytes, IReadOnlyList<BlobId> Examples);

/// <summary>Finds and removes blobs that nothing references. Memory is bounded. Safe to use from any thread.</summary>
/// <param name="store">The blobs.</param>
/// <param name="retention">Knows what is needed.</param>
/// <param name="time">What the time is.</param>
public sealed class BlobCollector(IBlobStore store, BlobRetention retention, TimeProvider time)
{
    /// <summary>Blobs that are named one by one.</summary>
    public const int MaxExamples = 1000;

    private const int Page = 1000;

    /// <summary>Goes through all blobs.</summary>
    /// <param name="order">What to look for.</param>
    /// <param name="isReal">Whether to remove what is found.</param>
    /// <param name="cancellationToken">Ends it between two pages; what was removed stays so.</param>
    public async Task<BlobCollectionResult> RunAsync(BlobCollectionOrder order, bool isReal, CancellationToken cancellationToken)
    {
        var newest = time.GetUtcNow() - order.MinAge;
        var (blobs, bytes, examples) = (0L, 0L, new List<BlobId>());
        await foreach (var page in store.ListAsync(null, order.Prefix, cancellationToken)
            .Where(blob => blob.StoredAt <= newest && !blob.Id.IsEmptyBlob).Chunk(Page).WithCancellation(cancellationToken))
        {
            var found = await RunAsync(page, isReal, cancellationToken);
            blobs += found.Count;
            bytes += found.Sum(blob => blob.Size);
            examples.AddRange(found.Take(MaxExamples - examples.Count).Select(blob => blob.Id));
        }

        return new BlobCollectionResult(blobs, bytes, examples);
    }

    private async Task<List<BlobInfo>> RunAsync(BlobInfo[] page, bool isReal, CancellationToken cancellationToken)
    {
        using var hold = await retention.HoldAsync(cancellationToken);
        var ids = page.Select(blob => blob.Id).ToArray();
        var needed = new bool[ids.Length];
        await retention.FindAsync(ids, needed, cancellationToken);
        var free = page.Where((_, place) => !needed[place]).ToList();
        if (isReal && free.Count > 0)
        {
            await store.RemoveAsync(free.Select(blob => blob.Id).ToArray(), new bool[free.Count], BlobRemoval.Delete, cancellationToken);
        }

        return free;
    }
}
