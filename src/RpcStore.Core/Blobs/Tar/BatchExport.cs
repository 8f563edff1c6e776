using System.IO.Pipelines;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Tar;

/// <summary>A download that was looked up: what is there to send.</summary>
/// <param name="Ids">The blobs asked for, in the order of the entries.</param>
/// <param name="SkipMissing">Leave out what is not here.</param>
/// <param name="Items">Blobs that were here when it was looked up.</param>
/// <param name="Bytes">The sum of their sizes.</param>
/// <param name="TarBytes">The length of the tar.</param>
public sealed record BatchPlan(ReadOnlyMemory<BlobId> Ids, bool SkipMissing, long Items, long Bytes, long TarBytes);

/// <summary>Some blobs of a download are not here.</summary>
/// <param name="missing">The first of them; at least one.</param>
/// <param name="count">How many there are.</param>
public sealed class BlobsMissingException(ReadOnlyMemory<BlobId> missing, long count)
    : Exception($"{count} of the blobs are not here, such as {missing.Span[0]}.")
{
    /// <summary>The first <see cref="BatchExport.MaxMissingListed"/> of them.</summary>
    public ReadOnlyMemory<BlobId> Missing { get; } = missing;

    /// <summary>How many there are.</summary>
    public long Count { get; } = count;
}

/// <summary>
/// Gives blobs as a tar batch (spec/tar-batch.md, section 1) with memory that depends neither on their number nor on their
/// size. Safe to use from any thread; each run is on its own.
/// </summary>
/// <param name="store">Where the blobs are; one that verifies its reads.</param>
public sealed class BatchExport(IBlobStore store)
{
    /// <summary>Missing blobs that are named one by one.</summary>
    public const int MaxMissingListed = 100;

    private const int LookUpChunk = 4096;

    /// <summary>Looks everything up before the first byte is sent.</summary>
    /// <param name="ids">The blobs wanted.</param>
    /// <param name="skipMissing">Leave out what is not here, instead of refusing the whole.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    /// <exception cref="BlobsMissingException">Some are not here, and are not to be left out.</exception>
    public async ValueTask<BatchPlan> PlanAsync(ReadOnlyMemory<BlobId> ids, bool skipMissing, CancellationToken cancellationToken)
    {
        var infos = new BlobInfo?[Math.Min(ids.Length, LookUpChunk)];
        var missing = new List<BlobId>();
        var (items, bytes, tarBytes, missingCount) = (0L, 0L, TarBatchWriter.EndBytes, 0L);
        for (var from = 0; from < ids.Length; from += LookUpChunk)
        {
            var chunk = ids[from..Math.Min(from + LookUpChunk, ids.Length)];
            await store.StatAsync(chunk, infos.AsMemory(0, chunk.Length), cancellationToken);
            for (var i = 0; i < chunk.Length; i++)
            {
                if (infos[i] is { } info)
                {
                    items++;
                    bytes += info.Size;
                    tarBytes += TarBatchWriter.GetEntryBytes(info.Size);
                }
                else if (++missingCount <= MaxMissingListed)
                {
                    missing.Add(chunk.Span[i]);
                }
            }
        }

        return missingCount == 0 || skipMissing
            ? new BatchPlan(ids, skipMissing, items, bytes, tarBytes)
            : throw new BlobsMissingException(missing.ToArray(), missingCount);
    }

    /// <summary>Writes the tar.</summary>
    /// <param name="plan">What to send.</param>
    /// <param name="output">Takes the bytes; is flushed, not completed.</param>
    /// <param name="progress">Told as bytes move: blobs and bytes since the last time.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="StoreException">
    /// A blob is gone or was found corrupt meanwhile, or cannot be read. The tar is not whole: the caller has to let the
    /// receiver see that.
    /// </exception>
    /// <exception cref="OperationCanceledException">Stopped, or the receiver closed its side before the end.</exception>
    public async ValueTask WriteAsync(BatchPlan plan, PipeWriter output, Action<int, long> progress, CancellationToken cancellationToken)
    {
        var writer = new TarBatchWriter(output);
        await WriteAsync(writer, plan.Ids, plan.SkipMissing, progress, cancellationToken);
        await writer.EndAsync(cancellationToken);
    }

    /// <summary>Writes a tar of blobs that are named page by page; all of them must be here.</summary>
    /// <param name="pages">The blobs, in the order of the entries.</param>
    /// <param name="output">Takes the bytes; is flushed, not completed.</param>
    /// <param name="progress">Told as bytes move: blobs and bytes since the last time.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <inheritdoc cref="WriteAsync(BatchPlan, PipeWriter, Action{int, long}, CancellationToken)" path="/exception"/>
    public async ValueTask WriteAsync(
        IAsyncEnumerable<BlobId[]> pages, PipeWriter output, Action<int, long> progress, CancellationToken cancellationToken)
    {
        var writer = new TarBatchWriter(output);
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            await WriteAsync(writer, page, skipMissing: false, progress, cancellationToken);
        }

        await writer.EndAsync(cancellationToken);
    }

    private async ValueTask WriteAsync(
        TarBatchWriter writer, ReadOnlyMemory<BlobId> ids, bool skipMissing, Action<int, long> progress, CancellationToken cancellationToken)
    {
        await foreach (var blob in new BlobReadAhead(store).OpenAsync(ids, cancellationToken))
        {
            try
            {
                if (await WriteBlobAsync(blob, writer, progress, cancellationToken))
                {
                    continue;
                }
            }
            catch (StoreException e) when (e.Fault == Fault.Corrupt && skipMissing && writer.IsAtBoundary)
            {
                // It is in the quarantine now, so it is missing, and missing ones are left out.
                continue;
            }

            if (!skipMissing)
            {
                throw new StoreException(Fault.NotFound, $"The blob {blob.Id} was deleted while the batch was being sent.")
                {
                    Details = new Dictionary<string, object> { ["id"] = blob.Id.ToString() },
                };
            }
        }
    }

    private static async ValueTask<bool> WriteBlobAsync(
        OpenedBlob blob, TarBatchWriter writer, Action<int, long> progress, CancellationToken cancellationToken)
    {
        if (blob.Failure is { } failure)
        {
            throw failure;
        }

        if (blob.Reader is null)
        {
            return false;
        }

        await using (blob.Reader)
        {
            await writer.WriteAsync(blob.Reader, progress, cancellationToken);
        }

        progress(1, 0);
        return true;
    }
}
