using System.Security.Cryptography;
using RpcStore.Core.Accounts;
using RpcStore.Core.Blobs;
using RpcStore.Core.Blobs.Tar;
using RpcStore.Core.Catalog;
using RpcStore.Core.Flists.Archives;
using RpcStore.Core.Tar;

namespace RpcStore.Core.Flists.Registry;

/// <summary>
/// Makes flists of what is uploaded: a tar, a gzip of one, or a <c>.fl</c> file, told by their first bytes. The flist appears, or gets
/// its new content, at once and whole; what fails leaves nothing. Safe to use from any thread.
/// </summary>
/// <param name="registry">Where flists are.</param>
/// <param name="catalog">Where they are kept.</param>
/// <param name="store">Where blobs go; one that verifies.</param>
/// <param name="retention">Keeps the blobs meanwhile.</param>
/// <param name="time">What the time is.</param>
public sealed class FlistUploader(
    FlistRegistry registry, CatalogDatabase catalog, IBlobStore store, BlobRetention retention, TimeProvider time)
{
    // sqlite.org/fileformat2.html#magic_header_string
    private static ReadOnlySpan<byte> SqliteMagic => "SQLite format 3\0"u8;

    private readonly FlistBlobSurvey survey = new(catalog, store);

    /// <summary>Takes an upload.</summary>
    /// <param name="order">What it is to become.</param>
    /// <param name="body">The bytes; read to their end when all goes well.</param>
    /// <param name="progress">Told as it goes on: blocks and their bytes since the last time.</param>
    /// <param name="cancellationToken">Stops it; nothing is left.</param>
    /// <exception cref="StoreException">
    /// <see cref="Fault.NotFound"/>: there is no such account; <see cref="Fault.Invalid"/>: the name, the archive or the <c>.fl</c>, which is
    /// described; <see cref="Fault.Precondition"/>; <see cref="Fault.TooLarge"/>; <see cref="Fault.Full"/>; <see cref="Fault.Unavailable"/>.
    /// </exception>
    /// <exception cref="BlobsMissingException">Blobs of the <c>.fl</c> are not here.</exception>
    public async Task<FlistUploadResult> RunAsync(
        FlistUploadOrder order, Stream body, Action<int, long> progress, CancellationToken cancellationToken)
    {
        await CheckAsync(order, cancellationToken);
        var contentId = await catalog.WriteAsync(session => new FlistRecords(session).InsertPending(time.GetUtcNow()), cancellationToken);
        try
        {
            var (prefix, whole) = await PrefixedStream.ReadAsync(body, SqliteMagic.Length, cancellationToken);
            var path = registry.Contents.Files.PathOf(contentId);
            var (summary, storedBlobs, storedBytes) = prefix.Span.SequenceEqual(SqliteMagic)
                ? (await TakeAsync(whole, contentId, path, progress, cancellationToken), 0, 0)
                : await ImportAsync(order, whole, contentId, path, progress, cancellationToken);
            var facts = await DescribeAsync(order, contentId, path, summary, cancellationToken);
            var (flist, status) = await CommitAsync(order, contentId, facts, cancellationToken);
            return new FlistUploadResult(flist, status, storedBlobs, storedBytes);
        }
        catch
        {
            await AbandonAsync(contentId);
            throw;
        }
    }

    /// <summary>Refuses before a byte is read what would be refused at the end.</summary>
    /// <exception cref="StoreException">
    /// <see cref="Fault.NotFound"/>: there is no such account; <see cref="Fault.Invalid"/>: the name; <see cref="Fault.Precondition"/>.
    /// </exception>
    public async Task CheckAsync(FlistUploadOrder order, CancellationToken cancellationToken)
    {
        order.Key.Check();
        await catalog.ReadAsync(
            session =>
            {
                session.FindAccountId(order.Key.Account);
                FlistCondition.Check(order.Condition, order.Key, new FlistRecords(session).Find(order.Key));
                return true;
            },
            cancellationToken);
    }

    /// <summary>Makes a flist of an archive.</summary>
    private async Task<(FlistSummary Summary, long StoredBlobs, long StoredBytes)> ImportAsync(
        FlistUploadOrder order, Stream archive, long contentId, string path, Action<int, long> progress, CancellationToken cancellationToken)
    {
        await using var sink = new FlistBlockSink(store, retention, catalog, contentId, cancellationToken);
        var result = await ArchiveImport.RunAsync(
            archive,
            path,
            async (id, bytes, stop) =>
            {
                await sink.AddAsync(id, bytes, stop);
                progress(1, bytes.Length);
            },
            new ArchiveImportOptions
            {
                Limits = registry.Limits,
                Routes = order.StoreUrl is { } url ? [new FlistRoute(0, byte.MaxValue, url)] : [],
                Tags = order.Tags,
            },
            cancellationToken);
        await sink.CompleteAsync();
        return (new FlistSummary(result.Inodes, result.Files, result.Bytes, result.Blocks, 0, []), sink.StoredBlobs, sink.StoredBytes);
    }

    /// <summary>Takes a <c>.fl</c> from anybody: looks at all of it, and notes what it needs.</summary>
    private async Task<FlistSummary> TakeAsync(
        Stream body, long contentId, string path, Action<int, long> progress, CancellationToken cancellationToken)
    {
        await FlistFileIntake.WriteAsync(body, path, registry.Limits, progress, cancellationToken);
        using var reader = FlistReader.Open(path, registry.Limits, cancellationToken);
        var summary = await Task.Run(() => FlistCheck.Run(reader, cancellationToken), cancellationToken);
        var position = 0L;
        while (reader.ListAllBlocks(position, FlistReader.MaxPage / 10, cancellationToken) is { Count: > 0 } rows)
        {
            var ids = rows.Select(row => row.Block.Id).ToArray();
            using (await retention.HoldAsync(cancellationToken))
            {
                await catalog.WriteAsync(
                    session => new FlistRecords(session).InsertBlobs(contentId, ids, new bool[ids.Length]), cancellationToken);
            }

            position = rows[^1].Position;
        }

        return summary;
    }

    private async Task<FlistContentFacts> DescribeAsync(
        FlistUploadOrder order, long contentId, string path, FlistSummary summary, CancellationToken cancellationToken)
    {
        if (!summary.IsComplete && !order.AllowsIncomplete)
        {
            throw FlistRegistryFaults.LacksBlocks(summary);
        }

        // Whatever was noted stays from now on, so what is here now is here when it is served.
        var (count, missing) = await survey.CountAsync(contentId, cancellationToken);
        if (count.Missing > 0 && !order.AllowsIncomplete)
        {
            throw new BlobsMissingException(missing.ToArray(), count.Missing);
        }

        registry.Contents.Files.Flush();
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: false);
        return new FlistContentFacts(await SHA256.HashDataAsync(file, cancellationToken), file.Length, summary, count);
    }

    private async Task<(Flist Flist, FlistUploadStatus Status)> CommitAsync(
        FlistUploadOrder order, long contentId, FlistContentFacts facts, CancellationToken cancellationToken)
    {
        var (before, flist, dropped) = await catalog.WriteAsync(
            session =>
            {
                var records = new FlistRecords(session);
                var current = records.Find(order.Key);
                FlistCondition.Check(order.Condition, order.Key, current);
                var same = records.FindReady(facts.Digest);
                if (same is { } known)
                {
                    records.SetState(contentId, FlistTables.Abandoned);
                    records.SetBlobCount(known, facts.Blobs);
                }
                else
                {
                    records.MakeReady(contentId, facts);
                }

                Put(records, order, current, same ?? contentId);
                var unused = current is not null && records.DropUnused(current.ContentId) ? current.ContentId : (long?)null;
                return (current, records.Find(order.Key)!, unused);
            },
            cancellationToken);
        if (flist.ContentId != contentId)
        {
            _ = registry.Contents.RemoveAsync(contentId);
        }

        if (dropped is { } old)
        {
            _ = registry.Contents.RemoveAsync(old);
        }

        registry.Announce(flist.Id);
        return (flist, before is null ? FlistUploadStatus.Created
            : before.Digest == flist.Digest ? FlistUploadStatus.Unchanged
            : FlistUploadStatus.Replaced);
    }

    private void Put(FlistRecords records, FlistUploadOrder order, Flist? current, long contentId)
    {
        var isPublic = order.IsPublic ?? current?.IsPublic ?? false;
        if (current is null)
        {
            records.Insert(order.Key, contentId, isPublic, time.GetUtcNow());
        }
        else if (current.ContentId != contentId || current.IsPublic != isPublic)
        {
            records.Update(current.Id, contentId, isPublic, time.GetUtcNow());
        }
    }

    /// <summary>Clears away what an upload left. Where that is not possible now, the next start does it.</summary>
    private async Task AbandonAsync(long contentId)
    {
        try
        {
            var isLeft = await catalog.WriteAsync(session =>
            {
                var records = new FlistRecords(session);
                if (records.FindState(contentId) != FlistTables.Pending)
                {
                    return false;
                }

                records.SetState(contentId, FlistTables.Abandoned);
                return true;
            });
            if (isLeft)
            {
                await registry.Contents.RemoveAsync(contentId);
            }
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException)
        {
            // What made the upload fail says more, and is on its way to the caller.
        }
    }
}
