using RpcStore.Core.Blobs;
using RpcStore.Digests;

namespace RpcStore.Core.Uploads;

/// <summary>
/// All blocks of a store by numbered pages, in the order of their ids. Whoever asks for page after page is not made to wait for
/// those before, as long as nothing is stored or removed. Safe to use from any thread.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="time">What the time is.</param>
public sealed class BlockPages(IBlobStore store, TimeProvider time)
{
    private const string Prefix = "blake2b-";

    // Where pages ended that somebody asked for lately: 40 bytes each.
    private const int MaxMarks = 4096;

    // A count of many blocks is not made anew for every change.
    private static readonly TimeSpan CountPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan QuickCount = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private readonly SemaphoreSlim counting = new(1);
    private readonly Dictionary<long, BlobId> marks = [];
    private BlobStoreUsage marksUsage;
    private Counted? counted;

    /// <summary>One page.</summary>
    /// <param name="skip">Blocks before it; at least 0.</param>
    /// <param name="limit">Blocks of it at the most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<BlobId>> ListAsync(long skip, int limit, CancellationToken cancellationToken = default)
    {
        var usage = await store.GetUsageAsync(cancellationToken);
        if (skip >= usage.Blobs)
        {
            return [];
        }

        var (passed, after) = FindMark(usage, skip);
        var page = new List<BlobId>(limit);
        await foreach (var blob in store.ListAsync(after, Prefix, cancellationToken))
        {
            if (passed++ < skip)
            {
                continue;
            }

            page.Add(blob.Id);
            if (page.Count == limit)
            {
                AddMark(usage, passed, blob.Id);
                break;
            }
        }

        return page;
    }

    /// <summary>How many there are. May be a minute old where there are very many.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken = default)
    {
        if (await FindCountAsync(cancellationToken) is { } known)
        {
            return known;
        }

        // One counts, however many ask.
        await counting.WaitAsync(cancellationToken);
        try
        {
            return await FindCountAsync(cancellationToken) ?? await CountAllAsync(cancellationToken);
        }
        finally
        {
            counting.Release();
        }
    }

    private async ValueTask<long?> FindCountAsync(CancellationToken cancellationToken)
    {
        var usage = await store.GetUsageAsync(cancellationToken);
        return Volatile.Read(ref counted) is { } known
            && (IsSame(known.Usage, usage) || (known.Took > QuickCount && time.GetElapsedTime(known.At) < CountPatience))
                ? known.Blocks
                : null;
    }

    private async Task<long> CountAllAsync(CancellationToken cancellationToken)
    {
        var usage = await store.GetUsageAsync(cancellationToken);
        var start = time.GetTimestamp();
        var blocks = 0L;
        await foreach (var _ in store.ListAsync(null, Prefix, cancellationToken))
        {
            blocks++;
        }

        Volatile.Write(ref counted, new Counted(usage, blocks, time.GetTimestamp(), time.GetElapsedTime(start)));
        return blocks;
    }

    private (long Passed, BlobId? After) FindMark(BlobStoreUsage usage, long skip)
    {
        lock (gate)
        {
            return IsSame(marksUsage, usage) && marks.TryGetValue(skip, out var id) ? (skip, id) : (0, null);
        }
    }

    private void AddMark(BlobStoreUsage usage, long place, BlobId id)
    {
        lock (gate)
        {
            if (!IsSame(marksUsage, usage) || marks.Count >= MaxMarks)
            {
                marks.Clear();
                marksUsage = usage;
            }

            marks[place] = id;
        }
    }

    private static bool IsSame(BlobStoreUsage left, BlobStoreUsage right) => left.Blobs == right.Blobs && left.Bytes == right.Bytes;

    private sealed record Counted(BlobStoreUsage Usage, long Blocks, long At, TimeSpan Took);
}
