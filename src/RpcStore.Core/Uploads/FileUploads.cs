using System.Buffers;
using System.Security.Cryptography;
using RpcStore.Core.Blobs;
using RpcStore.Core.Catalog;
using RpcStore.Digests;

namespace RpcStore.Core.Uploads;

/// <summary>
/// Blocks that accounts upload, alone or as places of files. A block is durable before anything says that a file has it. Files
/// keep their blobs from being removed. Safe to use from any thread. Every member may also fail as <see cref="CatalogDatabase"/> and
/// <see cref="IBlobStore"/> do.
/// </summary>
/// <param name="catalog">Where files are kept; opened with <see cref="UploadTables.Migrations"/>.</param>
/// <param name="store">Where blobs are; one that verifies.</param>
/// <param name="retention">Keeps blobs meanwhile; knows <see cref="UploadReferences"/>.</param>
/// <param name="time">What the time is.</param>
public sealed class FileUploads(CatalogDatabase catalog, IBlobStore store, BlobRetention retention, TimeProvider time)
{
    /// <summary>Blocks of the largest file: 16 TiB at the usual 1 MiB each.</summary>
    public const long MaxBlocks = 1L << 24;

    /// <summary>Bytes of each block but the last of a file that comes in one piece; what rfs uses.</summary>
    public const int BlockBytes = 1 << 20;

    /// <summary>Bytes of a file that comes in one piece (<c>maxUploadBytes</c>): its blocks are noted in one change.</summary>
    public const long MaxUploadBytes = 4L << 30;

    // Every further block of a larger file would make for another look at all of them; that waits until somebody asks for it.
    private const long MaxBlocksLookedAt = 4096;

    private readonly UploadedContent content = new(catalog, store);

    /// <summary>Takes a block.</summary>
    /// <param name="account">Who uploads it.</param>
    /// <param name="block">Its bytes.</param>
    /// <param name="place">Which file it is for; null for none.</param>
    /// <param name="cancellationToken">Stops it; the block may be stored by then.</param>
    /// <returns>Its id, whether it was not here before, and the file, which may be complete by now.</returns>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Invalid"/>: a file has no such place; <see cref="Fault.Conflict"/>: the file is complete with another block.
    /// </exception>
    public async Task<(BlobId Id, bool IsNew, UploadedFile? File)> AddBlockAsync(
        string account, ReadOnlyMemory<byte> block, FilePlace? place, CancellationToken cancellationToken = default)
    {
        if (place is { Place: < 0 or >= MaxBlocks } beyond)
        {
            throw UploadFaults.NoPlace(beyond.Place);
        }

        // Hashing takes its time, and the caller may be the loop that reads a connection.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var id = BlobId.Compute(DigestFunction.Blake2b, block.Span);
        await catalog.ReadAsync(session => Note(new UploadRecords(session), id, place, isReal: false, account, block.Length), cancellationToken);

        // From here on nobody removes it, so what is found to exist stays until the file keeps it.
        await retention.PinAsync(id, cancellationToken);
        try
        {
            var isNew = await StoreAsync(id, block, cancellationToken);
            var needsNote = await catalog.ReadAsync(
                session => Note(new UploadRecords(session), id, place, isReal: false, account, block.Length), cancellationToken);
            if (needsNote)
            {
                await catalog.WriteAsync(
                    session => Note(new UploadRecords(session), id, place, isReal: true, account, block.Length), cancellationToken);
            }

            return (id, isNew, place is { } known ? await LookAsync(known.File, cancellationToken) : null);
        }
        finally
        {
            retention.Unpin([id]);
        }
    }

    /// <summary>Takes a file in one piece, and names it by the SHA-256 of its bytes.</summary>
    /// <param name="account">Who uploads it.</param>
    /// <param name="bytes">The file; read to its end.</param>
    /// <param name="cancellationToken">Stops it; nothing of it is kept.</param>
    /// <returns>The file, and how many blocks and bytes were not here before.</returns>
    /// <exception cref="StoreException"><see cref="Fault.TooLarge"/>: it has more than <see cref="MaxUploadBytes"/>.</exception>
    public async Task<(UploadedFile File, int NewBlocks, long NewBytes)> AddFileAsync(
        string account, Stream bytes, CancellationToken cancellationToken = default)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        var blocks = new List<UploadedBlock>();
        var (newBlocks, newBytes) = (0, 0L);
        try
        {
            await using var batch = store.BeginBatch();
            using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            int length;
            while ((length = await bytes.ReadAtLeastAsync(buffer.AsMemory(0, BlockBytes), BlockBytes, throwOnEndOfStream: false, cancellationToken)) > 0)
            {
                if (((long)blocks.Count * BlockBytes) + length > MaxUploadBytes)
                {
                    throw UploadFaults.TooLarge(MaxUploadBytes);
                }

                digest.AppendData(buffer, 0, length);
                var id = BlobId.Compute(DigestFunction.Blake2b, buffer.AsSpan(0, length));
                await retention.PinAsync(id, cancellationToken);
                blocks.Add(new UploadedBlock(blocks.Count, id, length));
                if (await batch.AddHashedAsync(id, buffer.AsMemory(0, length), cancellationToken) == BlobAddStatus.Stored)
                {
                    (newBlocks, newBytes) = (newBlocks + 1, newBytes + length);
                }
            }

            await batch.CommitAsync(cancellationToken);
            var hash = FileHash.FromBytes(digest.GetHashAndReset());
            var file = await catalog.WriteAsync(session => Put(new UploadRecords(session), account, hash, blocks), cancellationToken);
            return (file, newBlocks, newBytes);
        }
        finally
        {
            retention.Unpin(blocks.Select(block => block.Id));
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Tells which blocks have to be uploaded: those that are not here, or that their file does not know.</summary>
    /// <param name="blocks">Blocks, and the places that they are for; null for none.</param>
    /// <param name="missing">As long as <paramref name="blocks"/>; each element is set.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task FindMissingAsync(
        ReadOnlyMemory<(BlobId Id, FilePlace? Place)> blocks, Memory<bool> missing, CancellationToken cancellationToken = default)
    {
        var ids = new BlobId[blocks.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = blocks.Span[i].Id;
        }

        await store.FindAsync(ids, missing, cancellationToken);
        await catalog.ReadAsync(
            session =>
            {
                var records = new UploadRecords(session);
                for (var i = 0; i < ids.Length; i++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var isHere = missing.Span[i];
                    missing.Span[i] = !isHere || (blocks.Span[i].Place is { } place && records.FindBlock(place)?.Id != ids[i]);
                }

                return true;
            },
            cancellationToken);
    }

    /// <summary>A file, complete or not.</summary>
    /// <exception cref="StoreException"><see cref="Fault.NotFound"/>: there is none.</exception>
    public async Task<UploadedFile> FindAsync(FileHash hash, CancellationToken cancellationToken = default) =>
        await catalog.ReadAsync(session => new UploadRecords(session).Find(hash), cancellationToken) ?? throw UploadFaults.NoFile(hash);

    /// <summary>A file that is complete.</summary>
    /// <param name="hash">Which.</param>
    /// <param name="readsContent">
    /// Whether to read all of a file that is not known to be complete, to see whether the hash is that of its bytes.
    /// </param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StoreException"><see cref="Fault.NotFound"/>: there is none, or it is not complete; the message says which.</exception>
    public async Task<UploadedFile> GetAsync(FileHash hash, bool readsContent, CancellationToken cancellationToken = default)
    {
        var file = await FindAsync(hash, cancellationToken);
        return file.IsComplete ? file
            : await content.TryCompleteAsync(file, readsContent, cancellationToken) ?? throw UploadFaults.Incomplete(file);
    }

    /// <summary>Blocks of a file in their order, in pieces that fit in memory.</summary>
    public IAsyncEnumerable<UploadedBlock> ListBlocksAsync(FileHash hash, CancellationToken cancellationToken = default) =>
        content.ListAsync(hash, 0, cancellationToken);

    /// <summary>Reads a part of a complete file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="length">How many bytes, all of which must be there.</param>
    /// <param name="used">Told of each block that is read as a whole.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The bytes in pieces, each valid until the next.</returns>
    /// <exception cref="StoreException"><see cref="Fault.NotFound"/> or <see cref="Fault.Corrupt"/>: a block; what came before is right.</exception>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        UploadedFile file, long start, long length, Action<BlobId> used, CancellationToken cancellationToken = default) =>
        content.ReadAsync(file, start, length, used, cancellationToken);

    /// <summary>Blocks that an account has uploaded, in the order in which it did so first.</summary>
    /// <param name="account">The account.</param>
    /// <param name="skip">Blocks to pass over; at least 0.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Those that are still here, and how many there are in all.</returns>
    public async Task<(IReadOnlyList<(BlobId Id, long Bytes)> Blocks, long Total)> ListUploadsAsync(
        string account, long skip, int limit, CancellationToken cancellationToken = default)
    {
        var (page, total) = await catalog.ReadAsync(
            session =>
            {
                var records = new UploadRecords(session);
                return (records.ListUploads(account, skip, limit), records.CountUploads(account));
            },
            cancellationToken);
        var present = new bool[page.Count];
        await store.FindAsync(page.Select(block => block.Id).ToArray(), present, cancellationToken);
        return ([.. page.Where((_, place) => present[place])], total);
    }

    /// <summary>Deletes a file, and those of its blobs that nothing else needs. Durable when the task ends.</summary>
    /// <returns>The blobs that were removed, and their sizes together.</returns>
    /// <exception cref="StoreException"><see cref="Fault.NotFound"/>: there is none.</exception>
    public async Task<(long Blobs, long Bytes)> DeleteAsync(FileHash hash, CancellationToken cancellationToken = default)
    {
        var blocks = new HashSet<UploadedBlock>();
        await foreach (var block in ListBlocksAsync(hash, cancellationToken))
        {
            blocks.Add(block with { Place = 0 });
        }

        using var hold = await retention.HoldAsync(cancellationToken);
        if (!await catalog.WriteAsync(session => new UploadRecords(session).Delete(hash), cancellationToken))
        {
            throw UploadFaults.NoFile(hash);
        }

        var ids = blocks.Select(block => block.Id).Where(id => !id.IsEmptyBlob).ToArray();
        var needed = new bool[ids.Length];
        await retention.FindAsync(ids, needed, CancellationToken.None);
        var unused = ids.Where((_, place) => !needed[place]).ToArray();
        var removed = new bool[unused.Length];
        await store.RemoveAsync(unused, removed, BlobRemoval.Delete, CancellationToken.None);
        var gone = unused.Where((_, place) => removed[place]).ToHashSet();
        return (gone.Count, blocks.Where(block => gone.Contains(block.Id)).Sum(block => block.Bytes));
    }

    private async Task<bool> StoreAsync(BlobId id, ReadOnlyMemory<byte> block, CancellationToken cancellationToken)
    {
        await using var batch = store.BeginBatch();
        var status = await batch.AddHashedAsync(id, block, cancellationToken);
        await batch.CommitAsync(cancellationToken);
        return status == BlobAddStatus.Stored;
    }

    private async Task<UploadedFile?> LookAsync(FileHash hash, CancellationToken cancellationToken)
    {
        var file = await catalog.ReadAsync(session => new UploadRecords(session).Find(hash), cancellationToken);
        return file is { IsComplete: false, IsContiguous: true, Blocks: <= MaxBlocksLookedAt }
            ? await content.TryCompleteAsync(file, readsContent: false, cancellationToken) ?? file
            : file;
    }

    // Whether there is something to note about a block that an account uploaded; when it is real, that is done.
    private bool Note(UploadRecords records, BlobId id, FilePlace? place, bool isReal, string account, int bytes)
    {
        var needsNote = !records.IsUploaded(account, id);
        if (needsNote && isReal)
        {
            records.AddUpload(account, id, bytes, time.GetUtcNow());
        }

        if (place is not { } wanted)
        {
            return needsNote;
        }

        var before = records.FindBlock(wanted);
        if (before?.Id == id)
        {
            return needsNote;
        }

        var file = records.Find(wanted.File);
        if (file is { IsComplete: true })
        {
            throw UploadFaults.Settled(wanted);
        }

        if (isReal)
        {
            if (file is null)
            {
                records.Insert(wanted.File, account, time.GetUtcNow());
                file = records.Find(wanted.File)!;
            }

            records.PutBlock(file, new UploadedBlock(wanted.Place, id, bytes), before);
        }

        return true;
    }

    // A complete file of this hash has the same bytes, whatever its blocks are.
    private UploadedFile Put(UploadRecords records, string account, FileHash hash, List<UploadedBlock> blocks)
    {
        var now = time.GetUtcNow();
        foreach (var block in blocks)
        {
            records.AddUpload(account, block.Id, block.Bytes, now);
        }

        if (records.Find(hash) is { IsComplete: true } known)
        {
            return known;
        }

        records.Delete(hash);
        records.Insert(hash, account, now);
        var file = records.Find(hash)!;
        foreach (var block in blocks)
        {
            records.PutBlock(file, block, before: null);
        }

        records.Complete(records.Find(hash)!);
        return records.Find(hash)!;
    }
}
