using RpcStore.Core.Blobs;
using RpcStore.Core.Catalog;
using RpcStore.Digests;

namespace RpcStore.Core.Uploads;

/// <summary>Which blobs uploaded files need, finished or not. Safe to use from any thread.</summary>
/// <param name="catalog">Where files are kept; opened with <see cref="UploadTables.Migrations"/>.</param>
public sealed class UploadReferences(CatalogDatabase catalog) : IBlobReferences
{
    /// <inheritdoc/>
    public async ValueTask FindAsync(ReadOnlyMemory<BlobId> ids, Memory<bool> referenced, CancellationToken cancellationToken)
    {
        // Blocks have BLAKE2b ids, so the others need no question.
        var open = Enumerable.Range(0, ids.Length)
            .Where(place => !referenced.Span[place] && ids.Span[place].Function == DigestFunction.Blake2b).ToArray();
        if (open.Length == 0)
        {
            return;
        }

        await catalog.ReadAsync(
            session =>
            {
                var records = new UploadRecords(session);
                foreach (var place in open)
                {
                    referenced.Span[place] = records.IsReferenced(ids.Span[place]);
                }

                return true;
            },
            cancellationToken);
    }
}
