using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Files;

/// <summary>
/// How many blobs there are and how long they are together: counted once in the background, and kept up to date from the
/// start. Safe to use from any thread.
/// </summary>
/// <remarks>
/// The count goes from bucket to bucket. A change of a bucket that was counted is added; one of a bucket that was not will be
/// seen when its turn comes. So that neither is done twice, a change and the count of its bucket exclude each other, for
/// which every change holds <see cref="Enter"/>.
/// </remarks>
internal sealed class UsageCounter : IAsyncDisposable
{
    private const int Stripes = 64;

    private readonly FunctionFolder[] folders;
    private readonly Lock[] gates = [.. Enumerable.Range(0, Stripes).Select(static _ => new Lock())];
    private readonly CancellationTokenSource stopping = new();
    private Task counting;
    private int counted;
    private long blobs;
    private long bytes;

    /// <summary>Starts to count.</summary>
    /// <param name="folders">The blobs, in the order of their digest functions.</param>
    public UsageCounter(FunctionFolder[] folders)
    {
        this.folders = folders;
        counting = Task.Run(Count);
    }

    /// <summary>Waits until everything was counted.</summary>
    /// <returns>Blobs, and bytes of all of them.</returns>
    /// <exception cref="StoreException">The disk could not be read.</exception>
    public async ValueTask<(long Blobs, long Bytes)> GetAsync(CancellationToken cancellationToken)
    {
        Task running;
        lock (stopping)
        {
            // What failed is tried again where it failed: the disk may be better now.
            if (counting.IsFaulted)
            {
                counting = Task.Run(Count, CancellationToken.None);
            }

            running = counting;
        }

        await running.WaitAsync(cancellationToken);
        return (Interlocked.Read(ref blobs), Interlocked.Read(ref bytes));
    }

    /// <summary>Begins a change of a blob's file; the result is disposed when the change is made and told.</summary>
    public Lock.Scope Enter(BlobId id) => gates[Ordinal(id) % Stripes].EnterScope();

    /// <summary>Tells of a file that came or went. Only inside <see cref="Enter"/>.</summary>
    public void Change(BlobId id, int addedBlobs, long addedBytes)
    {
        if (Ordinal(id) < Volatile.Read(ref counted))
        {
            Interlocked.Add(ref blobs, addedBlobs);
            Interlocked.Add(ref bytes, addedBytes);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await counting.ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    private static int Ordinal(BlobId id) => ((int)(id.Function - 1) * BlobPath.Buckets) + BlobPath.BucketOf(id);

    private void Count()
    {
        for (var ordinal = counted; ordinal < folders.Length * BlobPath.Buckets; ordinal++)
        {
            stopping.Token.ThrowIfCancellationRequested();
            var files = folders[ordinal / BlobPath.Buckets];
            var bucket = ordinal % BlobPath.Buckets;
            lock (gates[ordinal % Stripes])
            {
                if (files.HasBucket(bucket))
                {
                    CountBucket(files, bucket);
                }

                Volatile.Write(ref counted, ordinal + 1);
            }
        }
    }

    private void CountBucket(FunctionFolder files, int bucket)
    {
        var (bucketBlobs, bucketBytes) = (0L, 0L);
        foreach (var id in BlobListing.ReadBucket(files, bucket))
        {
            if (files.TryStat(id, out var info))
            {
                bucketBlobs++;
                bucketBytes += info.Size;
            }
        }

        Interlocked.Add(ref blobs, bucketBlobs);
        Interlocked.Add(ref bytes, bucketBytes);
    }
}
