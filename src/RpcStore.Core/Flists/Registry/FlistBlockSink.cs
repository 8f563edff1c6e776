using System.Runtime.InteropServices;
using RpcStore.Core.Blobs;
using RpcStore.Core.Catalog;
using RpcStore.Digests;

namespace RpcStore.Core.Flists.Registry;

/// <summary>
/// Stores the blocks of an archive in batches, each referenced before it can be seen, so that nobody removes what is here already and
/// a server that is killed knows what to clear away. While one batch is made durable the next is filled. For one caller at a time.
/// </summary>
/// <param name="store">Where blobs go.</param>
/// <param name="retention">Keeps them until they are referenced.</param>
/// <param name="catalog">Where references go.</param>
/// <param name="contentId">What needs the blocks.</param>
/// <param name="cancellationToken">Ends commits, which outlast the call that began them.</param>
internal sealed class FlistBlockSink(
    IBlobStore store, BlobRetention retention, CatalogDatabase catalog, long contentId, CancellationToken cancellationToken) : IAsyncDisposable
{
    private const long BatchBytes = 32 << 20;
    private const int BatchBlobs = 4096;

    private Batch filling = new(store.BeginBatch());
    private Batch? committing;
    private Task commit = Task.CompletedTask;

    /// <summary>Blobs that were not here before.</summary>
    public long StoredBlobs { get; private set; }

    /// <summary>Their sizes together.</summary>
    public long StoredBytes { get; private set; }

    /// <summary>Takes a block.</summary>
    public async ValueTask AddAsync(BlobId id, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        if (filling.Contains(id))
        {
            return;
        }

        // From here on nobody removes it, so what is found to exist stays.
        await retention.PinAsync(id, stop);
        filling.Pinned.Add(id);
        var status = await filling.Writes.AddHashedAsync(id, bytes, stop);
        if (status == BlobAddStatus.Mismatch)
        {
            throw new StoreException(Fault.Corrupt, $"The blob {id} is here already, with other bytes. Verify it, and upload again.")
            {
                Details = new Dictionary<string, object> { ["id"] = id.ToString(), ["reason"] = "other bytes under its id" },
            };
        }

        var isNew = status == BlobAddStatus.Stored;
        filling.Add(id, isNew, bytes.Length);
        if (isNew)
        {
            StoredBlobs++;
            StoredBytes += bytes.Length;
        }

        if (filling.Bytes >= BatchBytes || filling.Pinned.Count >= BatchBlobs)
        {
            await BeginCommitAsync();
        }
    }

    /// <summary>Makes everything durable.</summary>
    public async ValueTask CompleteAsync()
    {
        await BeginCommitAsync();
        await FinishCommitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await commit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ReleaseAsync(committing);
        await ReleaseAsync(filling);
    }

    private async ValueTask BeginCommitAsync()
    {
        await FinishCommitAsync();
        committing = filling;
        filling = new Batch(store.BeginBatch());
        commit = CommitAsync(committing);
    }

    private async ValueTask FinishCommitAsync()
    {
        await commit;
        await ReleaseAsync(committing);
        committing = null;
    }

    private async Task CommitAsync(Batch batch)
    {
        await catalog.WriteAsync(
            session => new FlistRecords(session).InsertBlobs(
                contentId, CollectionsMarshal.AsSpan(batch.Pinned), batch.IsNew.ToArray()),
            cancellationToken);
        await batch.Writes.CommitAsync(cancellationToken);
    }

    private async ValueTask ReleaseAsync(Batch? batch)
    {
        if (batch is not null)
        {
            await batch.Writes.DisposeAsync();
            retention.Unpin(batch.Pinned);
        }
    }

    private sealed class Batch(BlobWriteBatch writes)
    {
        private readonly HashSet<BlobId> known = [];

        public BlobWriteBatch Writes => writes;

        public List<BlobId> Pinned { get; } = [];

        public List<bool> IsNew { get; } = [];

        public long Bytes { get; private set; }

        public bool Contains(BlobId id) => known.Contains(id);

        public void Add(BlobId id, bool isNew, int size)
        {
            known.Add(id);
            IsNew.Add(isNew);
            Bytes += size;
        }
    }
}
