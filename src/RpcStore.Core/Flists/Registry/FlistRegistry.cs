using RpcStore.Core.Blobs;
using RpcStore.Core.Catalog;
using RpcStore.Digests;

namespace RpcStore.Core.Flists.Registry;

/// <summary>
/// The flists of accounts: finds, opens, changes and deletes them. A flist that is complete has every blob that it names, as long as
/// nobody deletes blobs by force. Safe to use from any thread. Every member may also fail as <see cref="CatalogDatabase"/> does.
/// </summary>
public sealed class FlistRegistry : IAsyncDisposable
{
    private readonly CatalogDatabase catalog;
    private readonly TimeProvider time;

    private FlistRegistry(CatalogDatabase catalog, FlistContents contents, FlistLimits limits, TimeProvider time)
    {
        (this.catalog, Contents, Limits, this.time) = (catalog, contents, limits, time);
    }

    /// <summary>
    /// Raised with the id of a flist whose content was replaced, whose visibility changed, or which is gone; after that is durable
    /// and before the caller is told. Handlers are short and do not throw.
    /// </summary>
    public event Action<string>? Changed;

    /// <summary>How large a flist may be.</summary>
    internal FlistLimits Limits { get; }

    /// <summary>Their files, and the removal of what nobody needs.</summary>
    internal FlistContents Contents { get; }

    /// <summary>Opens the flists of a data directory.</summary>
    /// <param name="catalog">Where they are kept; opened with <see cref="FlistTables.Migrations"/>.</param>
    /// <param name="store">Where the blobs are.</param>
    /// <param name="retention">What must not be removed; knows the references of these flists.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="limits">How large a flist may be.</param>
    /// <param name="time">What the time is.</param>
    /// <param name="failed">Told why a removal in the background failed; it is tried again.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<FlistRegistry> OpenAsync(
        CatalogDatabase catalog,
        IBlobStore store,
        BlobRetention retention,
        string folder,
        FlistLimits limits,
        TimeProvider time,
        Action<Exception> failed,
        CancellationToken cancellationToken = default) =>
        new(catalog, await FlistContents.OpenAsync(catalog, store, retention, folder, failed, cancellationToken), limits, time);

    /// <summary>One flist.</summary>
    /// <exception cref="StoreException"><see cref="Fault.NotFound"/>: there is none that the viewer may see.</exception>
    public async ValueTask<Flist> GetAsync(FlistKey key, FlistViewer viewer, CancellationToken cancellationToken = default)
    {
        var flist = await catalog.ReadAsync(session => new FlistRecords(session).Find(key), cancellationToken);
        return flist is not null && viewer.Sees(flist) ? flist : throw FlistRegistryFaults.NoFlist(key.ToString());
    }

    /// <summary>One flist by its id.</summary>
    /// <exception cref="StoreException"><see cref="Fault.NotFound"/>: there is none that the viewer may see.</exception>
    public async ValueTask<Flist> GetAsync(string id, FlistViewer viewer, CancellationToken cancellationToken = default)
    {
        var flist = await catalog.ReadAsync(session => new FlistRecords(session).FindById(id), cancellationToken);
        return flist is not null && viewer.Sees(flist) ? flist : throw FlistRegistryFaults.NoFlist(id);
    }

    /// <summary>Flists in the order of account and name.</summary>
    /// <param name="viewer">Who looks.</param>
    /// <param name="account">Only those of this account; null for all.</param>
    /// <param name="limit">At most so many; at least 1.</param>
    /// <param name="cursor">Where the page before ended; null from the first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The flists, and the cursor of the next page; null when there is none.</returns>
    /// <exception cref="StoreException"><see cref="Fault.Invalid"/>: the cursor is none that a listing gave.</exception>
    public async ValueTask<(IReadOnlyList<Flist> Flists, string? Next)> ListAsync(
        FlistViewer viewer, string? account, int limit, string? cursor, CancellationToken cancellationToken = default)
    {
        var parts = cursor?.Split('/') ?? ["", ""];
        if (parts.Length != 2)
        {
            throw FlistRegistryFaults.Invalid("/cursor", "not a cursor that a listing gave");
        }

        var after = new FlistKey(parts[0], parts[1]);
        var page = await catalog.ReadAsync(
            session => new FlistRecords(session).List(viewer, account, after, limit + 1), cancellationToken);
        return page.Count <= limit ? (page, null) : (page[..limit], page[limit - 1].Key.ToString());
    }

    /// <summary>Opens a flist for reading.</summary>
    /// <param name="key">Which.</param>
    /// <param name="viewer">Who reads.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StoreException"><see cref="Fault.NotFound"/>: there is none that the viewer may see.</exception>
    public ValueTask<FlistLease> OpenAsync(FlistKey key, FlistViewer viewer, CancellationToken cancellationToken = default) =>
        LeaseAsync(() => GetAsync(key, viewer, cancellationToken), cancellationToken);

    /// <inheritdoc cref="OpenAsync(FlistKey, FlistViewer, CancellationToken)"/>
    public ValueTask<FlistLease> OpenAsync(string id, FlistViewer viewer, CancellationToken cancellationToken = default) =>
        LeaseAsync(() => GetAsync(id, viewer, cancellationToken), cancellationToken);

    /// <summary>The blobs that a flist needs, in the order of their ids, page by page.</summary>
    public IAsyncEnumerable<BlobId[]> ListBlobsAsync(FlistLease lease, CancellationToken cancellationToken = default) =>
        FlistBlobSurvey.ListAsync(catalog, lease.Flist.ContentId, cancellationToken);

    /// <summary>Refuses what is not to be served.</summary>
    /// <exception cref="StoreException"><see cref="Fault.Conflict"/>: the flist is incomplete.</exception>
    public static void CheckComplete(Flist flist)
    {
        if (!flist.IsComplete)
        {
            throw FlistRegistryFaults.Incomplete(flist);
        }
    }

    /// <summary>Says who may see a flist.</summary>
    /// <param name="key">Which.</param>
    /// <param name="isPublic">Whether everybody may.</param>
    /// <param name="cancellationToken">Takes the request back as long as it has not begun.</param>
    /// <exception cref="StoreException"><see cref="Fault.NotFound"/>: there is none.</exception>
    public async Task<Flist> UpdateAsync(FlistKey key, bool isPublic, CancellationToken cancellationToken = default)
    {
        var flist = await catalog.WriteAsync(
            session =>
            {
                var records = new FlistRecords(session);
                var stored = records.Find(key) ?? throw FlistRegistryFaults.NoFlist(key.ToString());
                records.Update(stored.Id, stored.ContentId, isPublic, time.GetUtcNow());
                return records.Find(key)!;
            },
            cancellationToken);
        Changed?.Invoke(flist.Id);
        return flist;
    }

    /// <summary>Deletes a flist, and the blobs that nothing else needs. The flist is gone at once; removing the blobs takes its time.</summary>
    /// <param name="key">Which.</param>
    /// <param name="condition">What must be true of it; null for nothing.</param>
    /// <param name="cancellationToken">Ends the wait; what was begun is finished all the same.</param>
    /// <returns>The flist as it was, and what went with it.</returns>
    /// <exception cref="StoreException">
    /// <see cref="Fault.NotFound"/>; <see cref="Fault.Precondition"/>; <see cref="Fault.Conflict"/>: it is published.
    /// </exception>
    public async Task<(Flist Flist, FlistDeletion Deletion)> DeleteAsync(
        FlistKey key, FlistCondition? condition = null, CancellationToken cancellationToken = default)
    {
        var (flist, isDropped) = await catalog.WriteAsync(
            session =>
            {
                var records = new FlistRecords(session);
                var stored = records.Find(key) ?? throw FlistRegistryFaults.NoFlist(key.ToString());
                FlistCondition.Check(condition, key, stored);
                try
                {
                    records.Delete(stored.Id);
                }
                catch (StoreException e) when (e.Fault == Fault.Conflict)
                {
                    throw FlistRegistryFaults.InUse(key, e);
                }

                return (stored, records.DropUnused(stored.ContentId));
            },
            cancellationToken);
        Changed?.Invoke(flist.Id);
        return (flist, isDropped
            ? await Contents.RemoveAsync(flist.ContentId).WaitAsync(cancellationToken)
            : new FlistDeletion(0, 0, flist.Blobs, IsDeferred: false));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Contents.DisposeAsync();

    /// <summary>Tells whoever serves a flist that it is another now.</summary>
    internal void Announce(string id) => Changed?.Invoke(id);

    private async ValueTask<FlistLease> LeaseAsync(Func<ValueTask<Flist>> find, CancellationToken cancellationToken)
    {
        while (true)
        {
            var flist = await find();
            Contents.AddReader(flist.ContentId);
            string? state = null;
            try
            {
                // It may have been dropped between the question and the count; from here on it stays.
                state = await catalog.ReadAsync(session => new FlistRecords(session).FindState(flist.ContentId), cancellationToken);
            }
            finally
            {
                if (state != FlistTables.Ready)
                {
                    Contents.RemoveReader(flist.ContentId);
                }
            }

            if (state == FlistTables.Ready)
            {
                return new FlistLease(flist, Contents.Files.PathOf(flist.ContentId), Limits, () => Contents.RemoveReader(flist.ContentId));
            }
        }
    }
}
