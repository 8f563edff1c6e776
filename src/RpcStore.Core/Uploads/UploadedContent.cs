using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using RpcStore.Core.Blobs;
using RpcStore.Core.Catalog;
using RpcStore.Digests;

namespace RpcStore.Core.Uploads;

/// <summary>Goes through the blocks of uploaded files. Safe to use from any thread.</summary>
/// <param name="catalog">Where files are kept.</param>
/// <param name="store">Where blobs are.</param>
internal sealed class UploadedContent(CatalogDatabase catalog, IBlobStore store)
{
    private const int Page = 1000;
    private const int ChunkBytes = 128 << 10;

    /// <summary>Blocks in their order, from a place on.</summary>
    public async IAsyncEnumerable<UploadedBlock> ListAsync(
        FileHash hash, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var first = from;
            var page = await catalog.ReadAsync(session => new UploadRecords(session).ListBlocks(hash, first, Page), cancellationToken);
            foreach (var block in page)
            {
                yield return block;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            from = page[^1].Place + 1;
        }
    }

    /// <summary>Reads a part of a file, as <see cref="FileUploads.ReadAsync"/> says.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        UploadedFile file, long start, long length, Action<BlobId> used, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new byte[ChunkBytes];
        var (position, end) = (0L, start + length);
        await foreach (var block in ListAsync(file.Hash, 0, cancellationToken))
        {
            var (from, to) = (Math.Max(0, start - position), Math.Min(block.Bytes, end - position));
            position += block.Bytes;
            if (from >= to)
            {
                continue;
            }

            await using var reader = await store.OpenAsync(block.Id, cancellationToken)
                ?? throw Failure(Fault.NotFound, block, $"The blob {block.Id}, a block of the file {file.Hash}, is not here.");
            if (to - from == block.Bytes)
            {
                used(block.Id);
            }
            else
            {
                await reader.VerifyAheadAsync(cancellationToken);
            }

            while (from < to)
            {
                var read = await reader.ReadAsync(from, buffer.AsMemory(0, (int)Math.Min(buffer.Length, to - from)), cancellationToken);
                from += read > 0 ? read : throw Failure(Fault.Corrupt, block, $"The blob {block.Id} is shorter than it was when it was stored.");
                yield return buffer.AsMemory(0, read);
            }
        }
    }

    /// <summary>Looks whether a file's blocks are those that its hash says, and notes it when they are.</summary>
    /// <returns>The complete file; null when it is not.</returns>
    public async Task<UploadedFile?> TryCompleteAsync(UploadedFile file, bool readsContent, CancellationToken cancellationToken)
    {
        if (!file.IsContiguous
            || (await HashIdsAsync(file.Hash, cancellationToken) != file.Hash
                && (!readsContent || await HashBytesAsync(file.Hash, cancellationToken) != file.Hash)))
        {
            return null;
        }

        var isSame = await catalog.WriteAsync(session => new UploadRecords(session).Complete(file), cancellationToken);
        return isSame ? file with { IsComplete = true } : null;
    }

    // What rfs computes: over the ids as texts.
    private async Task<FileHash> HashIdsAsync(FileHash hash, CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var block in ListAsync(hash, 0, cancellationToken))
        {
            digest.AppendData(Encoding.ASCII.GetBytes(block.Id.ToHex()));
        }

        return FileHash.FromBytes(digest.GetHashAndReset());
    }

    private async Task<FileHash?> HashBytesAsync(FileHash hash, CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[ChunkBytes];
        await foreach (var block in ListAsync(hash, 0, cancellationToken))
        {
            await using var reader = await store.OpenAsync(block.Id, cancellationToken);
            if (reader is null)
            {
                return null;
            }

            var read = 0L;
            int length;
            while ((length = await reader.ReadAsync(read, buffer, cancellationToken)) > 0)
            {
                digest.AppendData(buffer, 0, length);
                read += length;
            }
        }

        return FileHash.FromBytes(digest.GetHashAndReset());
    }

    private static StoreException Failure(Fault fault, UploadedBlock block, string message) =>
        new(fault, message) { Details = new Dictionary<string, object> { ["id"] = block.Id.ToString() } };
}
