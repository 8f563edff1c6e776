using RpcStore.Core.Blobs;
using RpcStore.Core.Catalog;
using RpcStore.Digests;

namespace RpcStore.Core.Flists.Registry;

/// <summary>Which blobs flists need. Safe to use from any thread.</summary>
/// <param name="catalog">Where flists are kept; opened with <see cref="FlistTables.Migrations"/>.</param>
public sealed class FlistReferences(CatalogDatabase catalog) : IBlobReferences
{
    /// <inheritdoc/>
    public ValueTask FindAsync(ReadOnlyMemory<BlobId> ids, Memory<bool> referenced, CancellationToken cancellationToken) =>
        FindAsync(ids, referenced, static (records, id) => records.IsReferenced(id), cancellationToken);

    /// <summary>Tells for each id whether a public flist needs the blob, so that everybody may read it.</summary>
    /// <param name="ids">The ids asked for.</param>
    /// <param name="isPublic">As long as <paramref name="ids"/>; an element is set to true where one does.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public ValueTask FindPublicAsync(ReadOnlyMemory<BlobId> ids, Memory<bool> isPublic, CancellationToken cancellationToken) =>
        FindAsync(ids, isPublic, static (records, id) => records.IsPublic(id), cancellationToken);

    private async ValueTask FindAsync(
        ReadOnlyMemory<BlobId> ids, Memory<bool> found, Func<FlistRecords, BlobId, bool> find, CancellationToken cancellationToken)
    {
        // Blocks of flists have BLAKE2b ids, so the others need no question.
        var open = Enumerable.Range(0, ids.Length)
            .Where(place => !found.Span[place] && ids.Span[place].Function == DigestFunction.Blake2b).ToArray();
        if (open.Length == 0)
        {
            return;
        }

        await catalog.ReadAsync(
            session =>
            {
                var records = new FlistRecords(session);
                foreach (var place in open)
                {
                    found.Span[place] = find(records, ids.Span[place]);
                }

                return true;
            },
            cancellationToken);
    }
}
