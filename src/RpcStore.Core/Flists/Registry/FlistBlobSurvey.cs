using RpcStore.Core.Blobs;
using RpcStore.Core.Blobs.Tar;
using RpcStore.Core.Catalog;
using RpcStore.Digests;

namespace RpcStore.Core.Flists.Registry;

/// <summary>Goes through the blobs that a content needs, page by page.</summary>
/// <param name="catalog">Where they are noted.</param>
/// <param name="store">Where they are.</param>
internal sealed class FlistBlobSurvey(CatalogDatabase catalog, IBlobStore store)
{
    private const int Page = 1000;

    /// <summary>All of them in the order of their ids.</summary>
    public IAsyncEnumerable<BlobId[]> ListAsync(long contentId, CancellationToken cancellationToken) =>
        ListAsync(catalog, contentId, cancellationToken);

    /// <inheritdoc cref="ListAsync(long, CancellationToken)"/>
    public static async IAsyncEnumerable<BlobId[]> ListAsync(
        CatalogDatabase catalog, long contentId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BlobId? after = null;
        while (true)
        {
            var last = after;
            var page = await catalog.ReadAsync(session => new FlistRecords(session).ListBlobs(contentId, last, Page), cancellationToken);
            if (page.Count == 0)
            {
                yield break;
            }

            yield return [.. page.Select(blob => blob.Id)];
            after = page[^1].Id;
        }
    }

    /// <summary>Looks which are here.</summary>
    /// <returns>Their number, and the first <see cref="BatchExport.MaxMissingListed"/> of those that are not here.</returns>
    public async Task<(FlistBlobCount Count, IReadOnlyList<BlobId> Missing)> CountAsync(long contentId, CancellationToken cancellationToken)
    {
        var (count, bytes, missingCount) = (0L, 0L, 0L);
        var missing = new List<BlobId>();
        await foreach (var ids in ListAsync(contentId, cancellationToken))
        {
            var infos = new BlobInfo?[ids.Length];
            await store.StatAsync(ids, infos, cancellationToken);
            count += ids.Length;
            for (var i = 0; i < ids.Length; i++)
            {
                if (infos[i] is { } info)
                {
                    bytes += info.Size;
                }
                else if (++missingCount <= BatchExport.MaxMissingListed)
                {
                    missing.Add(ids[i]);
                }
            }
        }

        return (new FlistBlobCount(count, bytes, missingCount), missing);
    }
}
