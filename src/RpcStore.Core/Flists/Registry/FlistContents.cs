using System.Threading.Channels;
using RpcStore.Core.Blobs;
using RpcStore.Core.Catalog;
using RpcStore.Digests;

namespace RpcStore.Core.Flists.Registry;

/// <summary>
/// Removes contents that no flist has any more, one after another in the background, once nobody reads them. What was begun and not
/// finished is taken up at the next start. Safe to use from any thread.
/// </summary>
internal sealed class FlistContents : IAsyncDisposable
{
    private const int Page = 1000;

    private readonly CatalogDatabase catalog;
    private readonly IBlobStore store;
    private readonly BlobRetention retention;
    private readonly Action<Exception> failed;
    private readonly Channel<Removal> removals = Channel.CreateUnbounded<Removal>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource closing = new();
    private readonly Lock gate = new();
    private readonly Dictionary<long, int> readers = [];
    private readonly HashSet<long> deferred = [];
    private readonly List<long> unfinished = [];
    private readonly Task running;

    private FlistContents(CatalogDatabase catalog, IBlobStore store, BlobRetention retention, FlistFiles files, Action<Exception> failed)
    {
        (this.catalog, this.store, this.retention, this.failed) = (catalog, store, retention, failed);
        Files = files;
        running = Task.Run(RunAsync);
    }

    /// <summary>The files.</summary>
    public FlistFiles Files { get; }

    /// <summary>Opens the folder, and goes on removing what was not finished.</summary>
    /// <param name="catalog">Where contents are kept.</param>
    /// <param name="store">Where the blobs are.</param>
    /// <param name="retention">What must not be removed.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="failed">Told why a removal failed; it is tried again with the next one, and at the next start.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<FlistContents> OpenAsync(
        CatalogDatabase catalog,
        IBlobStore store,
        BlobRetention retention,
        string folder,
        Action<Exception> failed,
        CancellationToken cancellationToken)
    {
        var (ready, left) = await catalog.WriteAsync(
            session =>
            {
                var records = new FlistRecords(session);
                foreach (var id in records.ListContents(FlistTables.Pending))
                {
                    records.SetState(id, FlistTables.Abandoned);
                }

                return (records.ListContents(FlistTables.Ready),
                    new[] { FlistTables.Dropping, FlistTables.Removing, FlistTables.Abandoned }.SelectMany(records.ListContents).ToList());
            },
            cancellationToken);
        var contents = new FlistContents(catalog, store, retention, FlistFiles.Open(folder, ready.ToHashSet()), failed);
        foreach (var id in left)
        {
            _ = contents.RemoveAsync(id);
        }

        return contents;
    }

    /// <summary>Counts a reader, so that the content stays.</summary>
    public void AddReader(long contentId)
    {
        lock (gate)
        {
            readers[contentId] = readers.GetValueOrDefault(contentId) + 1;
        }
    }

    /// <summary>A reader has finished.</summary>
    public void RemoveReader(long contentId)
    {
        lock (gate)
        {
            if (--readers[contentId] > 0)
            {
                return;
            }

            readers.Remove(contentId);
            if (!deferred.Remove(contentId))
            {
                return;
            }
        }

        Enqueue(contentId);
    }

    /// <summary>Removes a content whose row says so, or has its last reader do it.</summary>
    /// <returns>What was removed, or will be.</returns>
    public async Task<FlistDeletion> RemoveAsync(long contentId)
    {
        bool isRead;
        lock (gate)
        {
            isRead = readers.ContainsKey(contentId);
            if (isRead)
            {
                deferred.Add(contentId);
            }
        }

        return isRead ? await ForeseeAsync(contentId) : await Enqueue(contentId);
    }

    /// <summary>Ends the removal that runs between two pages; what is left goes at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        removals.Writer.TryComplete();
        await closing.CancelAsync();
        await running;
        closing.Dispose();
    }

    private Task<FlistDeletion> Enqueue(long contentId)
    {
        var removal = new Removal(contentId, new TaskCompletionSource<FlistDeletion>(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!removals.Writer.TryWrite(removal))
        {
            removal.Completion.SetCanceled(closing.Token);
        }

        return removal.Completion.Task;
    }

    private async Task RunAsync()
    {
        await foreach (var removal in removals.Reader.ReadAllAsync())
        {
            foreach (var left in unfinished.ToArray())
            {
                unfinished.Remove(left);
                await RunAsync(new Removal(left, new TaskCompletionSource<FlistDeletion>()));
            }

            await RunAsync(removal);
        }
    }

    private async Task RunAsync(Removal removal)
    {
        try
        {
            removal.Completion.SetResult(await RunAsync(removal.ContentId, closing.Token));
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            removal.Completion.SetCanceled(closing.Token);
        }
        catch (Exception e)
        {
            unfinished.Add(removal.ContentId);
            failed(e);
            removal.Completion.SetException(e);
            _ = removal.Completion.Task.Exception;
        }
    }

    /// <summary>What a removal will take along once the last reader has finished.</summary>
    private async Task<FlistDeletion> ForeseeAsync(long contentId)
    {
        var (blobs, bytes, kept) = (0L, 0L, 0L);
        await foreach (var ids in FlistBlobSurvey.ListAsync(catalog, contentId, CancellationToken.None))
        {
            var free = await catalog.ReadAsync(session =>
            {
                var records = new FlistRecords(session);
                return ids.Where(id => !records.IsReferencedByOther(id, contentId)).ToArray();
            });
            var (count, size) = await RemoveAsync(free, isReal: false, CancellationToken.None);
            (blobs, bytes, kept) = (blobs + count, bytes + size, kept + ids.Length - free.Length);
        }

        return new FlistDeletion(blobs, bytes, kept, IsDeferred: true);
    }

    /// <summary>Goes through the blobs of a content, page by page, and removes those that nothing else needs.</summary>
    private async Task<FlistDeletion> RunAsync(long contentId, CancellationToken cancellationToken)
    {
        var state = await BeginAsync(contentId, cancellationToken);
        var (blobs, bytes, kept) = (0L, 0L, 0L);
        while (state is FlistTables.Removing or FlistTables.Abandoned)
        {
            using var hold = await retention.HoldAsync(cancellationToken);
            var page = await catalog.ReadAsync(session => new FlistRecords(session).ListBlobs(contentId, null, Page), cancellationToken);
            if (page.Count == 0)
            {
                break;
            }

            var ids = await SelectAsync(page, state, cancellationToken);
            var (removed, size) = await RemoveAsync(ids, isReal: true, cancellationToken);
            (blobs, bytes, kept) = (blobs + removed, bytes + size, kept + page.Count - ids.Length);
            await catalog.WriteAsync(session => new FlistRecords(session).DeleteBlobs(contentId, page[^1].Id), cancellationToken);
        }

        if (state is not null)
        {
            await catalog.WriteAsync(session => new FlistRecords(session).DeleteContent(contentId), cancellationToken);
            Files.Remove(contentId);
        }

        return new FlistDeletion(blobs, bytes, kept, IsDeferred: false);
    }

    /// <summary>Nobody reads it any more: from now on it keeps no blob.</summary>
    private Task<string?> BeginAsync(long contentId, CancellationToken cancellationToken) => catalog.WriteAsync(
        session =>
        {
            var records = new FlistRecords(session);
            if (records.FindState(contentId) == FlistTables.Dropping)
            {
                records.SetState(contentId, FlistTables.Removing);
            }

            return records.FindState(contentId);
        },
        cancellationToken);

    private async Task<BlobId[]> SelectAsync(List<(BlobId Id, bool IsNew)> page, string state, CancellationToken cancellationToken)
    {
        var ids = page.Where(blob => blob.IsNew || state == FlistTables.Removing).Select(blob => blob.Id).ToArray();
        var needed = new bool[ids.Length];
        await retention.FindAsync(ids, needed, cancellationToken);
        return [.. ids.Where((id, place) => !needed[place] && !id.IsEmptyBlob)];
    }

    private async Task<(long Blobs, long Bytes)> RemoveAsync(BlobId[] ids, bool isReal, CancellationToken cancellationToken)
    {
        var infos = new BlobInfo?[ids.Length];
        await store.StatAsync(ids, infos, cancellationToken);
        if (isReal)
        {
            await store.RemoveAsync(ids, new bool[ids.Length], BlobRemoval.Delete, cancellationToken);
        }

        return (infos.Count(info => info is not null), infos.Sum(info => info?.Size ?? 0));
    }

    private sealed record Removal(long ContentId, TaskCompletionSource<FlistDeletion> Completion);
}
