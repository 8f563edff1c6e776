using RpcStore.Core.Blobs;
using RpcStore.Core.Catalog;
using RpcStore.Digests;

namespace RpcStore.Core.Flists.Registry;

/// <summary>What reading all blobs of a flist found.</summary>
/// <param name="Flist">The flist as it is known now.</param>
/// <param name="Ok">Blobs that are here and right.</param>
/// <param name="Missing">The first <see cref="FlistVerifier.MaxListed"/> that are not here.</param>
/// <param name="MissingCount">How many are not here.</param>
/// <param name="Corrupt">The first <see cref="FlistVerifier.MaxListed"/> whose bytes were wrong.</param>
/// <param name="CorruptCount">How many were wrong; they are in the quarantine now.</param>
public sealed record FlistVerificationResult(
    Flist Flist, long Ok, IReadOnlyList<BlobId> Missing, long MissingCount, IReadOnlyList<BlobId> Corrupt, long CorruptCount);

/// <summary>Reads every blob of a flist again. Safe to use from any thread.</summary>
/// <param name="registry">Where flists are.</param>
/// <param name="catalog">Where they are kept.</param>
/// <param name="store">Where the blobs are; a store that verifies its reads.</param>
/// <param name="operations">Verifies a blob.</param>
public sealed class FlistVerifier(FlistRegistry registry, CatalogDatabase catalog, IBlobStore store, BlobOperations operations)
{
    /// <summary>Blobs that are named one by one.</summary>
    public const int MaxListed = 1000;

    private readonly FlistBlobSurvey survey = new(catalog, store);

    /// <summary>Reads them, and notes whether the flist is complete.</summary>
    /// <exception cref="StoreException"><see cref="Fault.NotFound"/>; <see cref="Fault.Unavailable"/>: blobs cannot be read.</exception>
    public async Task<FlistVerificationResult> RunAsync(FlistKey key, FlistViewer viewer, CancellationToken cancellationToken)
    {
        using var lease = await registry.OpenAsync(key, viewer, cancellationToken);
        var (ok, bytes, missingCount, corruptCount) = (0L, 0L, 0L, 0L);
        var (missing, corrupt) = (new List<BlobId>(), new List<BlobId>());
        await foreach (var ids in survey.ListAsync(lease.Flist.ContentId, cancellationToken))
        {
            foreach (var id in ids)
            {
                var (verdict, size) = await operations.VerifyAsync(id, cancellationToken);
                switch (verdict)
                {
                    case BlobVerdict.Ok:
                        (ok, bytes) = (ok + 1, bytes + size);
                        break;
                    case BlobVerdict.Missing:
                        Note(id, missing, ref missingCount);
                        break;
                    default:
                        Note(id, corrupt, ref corruptCount);
                        break;
                }
            }
        }

        var wrong = missingCount + corruptCount;
        var count = new FlistBlobCount(ok + wrong, bytes, wrong);
        await catalog.WriteAsync(session => new FlistRecords(session).SetBlobCount(lease.Flist.ContentId, count), cancellationToken);
        registry.Announce(lease.Flist.Id);
        var flist = lease.Flist with { BlobBytes = bytes, MissingBlobs = wrong };
        return new FlistVerificationResult(flist, ok, missing, missingCount, corrupt, corruptCount);
    }

    private static void Note(BlobId id, List<BlobId> list, ref long count)
    {
        count++;
        if (list.Count < MaxListed)
        {
            list.Add(id);
        }
    }
}
