using RpcStore.Core.Catalog;
using RpcStore.Digests;

namespace RpcStore.Core.Uploads;

/// <summary>
/// Counts how often blocks are downloaded. Counts gather in memory and are written together every few seconds, so that a download
/// costs no write; a crash loses those of the last seconds. Safe to use from any thread.
/// </summary>
/// <param name="catalog">Where they are kept; opened with <see cref="UploadTables.Migrations"/>.</param>
/// <param name="time">What the time is.</param>
public sealed class DownloadCounter(CatalogDatabase catalog, TimeProvider time)
{
    /// <summary>How often counts are written.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // 100 bytes each. Past that, which takes 13,000 different blocks a second, downloads of further blocks go uncounted until
    // the next write.
    private const int MaxWaiting = 65_536;

    // What one change to the catalog writes, so that others do not wait for long.
    private const int AtOnce = 1000;

    private readonly Lock gate = new();
    private Dictionary<BlobId, long> waiting = [];
    private Dictionary<BlobId, long> writing = [];

    /// <summary>Counts one download.</summary>
    public void Count(BlobId id)
    {
        lock (gate)
        {
            if (waiting.TryGetValue(id, out var count) || waiting.Count < MaxWaiting)
            {
                waiting[id] = count + 1;
            }
        }
    }

    /// <summary>How often a block was downloaded.</summary>
    public async ValueTask<long> GetAsync(BlobId id, CancellationToken cancellationToken = default)
    {
        long unwritten;
        lock (gate)
        {
            unwritten = waiting.GetValueOrDefault(id) + writing.GetValueOrDefault(id);
        }

        return unwritten + await catalog.ReadAsync(session => new UploadRecords(session).CountDownloads(id), cancellationToken);
    }

    /// <summary>Writes what waits.</summary>
    /// <exception cref="StoreException">As <see cref="CatalogDatabase"/>; what was not written waits on.</exception>
    public async Task WriteAsync()
    {
        KeyValuePair<BlobId, long>[] counts;
        lock (gate)
        {
            foreach (var (id, count) in waiting)
            {
                writing[id] = writing.GetValueOrDefault(id) + count;
            }

            waiting = [];
            counts = [.. writing];
        }

        foreach (var part in counts.Chunk(AtOnce))
        {
            await catalog.WriteAsync(session =>
            {
                var records = new UploadRecords(session);
                foreach (var (id, count) in part)
                {
                    records.AddDownloads(id, count);
                }
            });
            lock (gate)
            {
                foreach (var (id, _) in part)
                {
                    writing.Remove(id);
                }
            }
        }
    }

    /// <summary>Does <see cref="WriteAsync"/> at every <see cref="Interval"/>, and once more at the end.</summary>
    /// <param name="failed">Told of a failure, for the log; the next interval tries again.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task RunAsync(Action<StoreException> failed, CancellationToken cancellationToken) =>
        PeriodicWork.RunAsync(Interval, time, WriteAsync, failed, cancellationToken);
}
