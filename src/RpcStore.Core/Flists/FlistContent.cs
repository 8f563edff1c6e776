using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using RpcStore.Core.Flists.Blocks;

namespace RpcStore.Core.Flists;

/// <summary>Reads the bytes of a file in a flist, with memory for a few blocks whatever its size.</summary>
/// <remarks>Uses the reader while it runs: nobody else may meanwhile.</remarks>
public static class FlistContent
{
    // While one block is sent, others are fetched and decoded; two processors are kept busy and memory stays at 2 MiB.
    private const int ReadAhead = 4;

    private const int RowsAtOnce = 64;

    /// <summary>Reads a part of a file.</summary>
    /// <param name="flist">The flist.</param>
    /// <param name="file">A file in it.</param>
    /// <param name="offset">Where to begin; 0 to the file's size.</param>
    /// <param name="length">How many bytes, all of which must be there.</param>
    /// <param name="fetch">Brings the blobs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The bytes in pieces, each valid until the next.</returns>
    /// <exception cref="ArgumentException">It is no file, or has no such part.</exception>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Corrupt"/>: the flist lacks a block, a blob cannot be decoded, or has another length than the file
    /// needs. What came before is right.
    /// </exception>
    public static IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        FlistReader flist, FlistNode file, long offset, long length, FetchBlockAsync fetch, CancellationToken cancellationToken = default)
    {
        if (file.Kind != FlistKind.File)
        {
            throw new ArgumentException($"inode {file.Ino} is no file", nameof(file));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, file.Size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, file.Size - offset);
        return length == 0 ? AsyncEnumerable.Empty<ReadOnlyMemory<byte>>() : RunAsync(flist, file, offset, length, fetch, cancellationToken);
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> RunAsync(
        FlistReader flist,
        FlistNode file,
        long offset,
        long length,
        FetchBlockAsync fetch,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = new Queue<Task<Decoded>>();
        var end = offset + length;
        var blocks = Blocks(flist, file, offset / BlockCodec.BlockBytes, BlockCodec.CountOf(end), cancellationToken).GetEnumerator();
        try
        {
            var hasMore = true;
            var index = offset / BlockCodec.BlockBytes;
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                while (ahead.Count < ReadAhead && (hasMore = hasMore && blocks.MoveNext()))
                {
                    ahead.Enqueue(FetchAsync(fetch, blocks.Current, file, index + ahead.Count, stop.Token));
                }

                if (!ahead.TryDequeue(out var next))
                {
                    break;
                }

                using var decoded = await next;
                var start = index * BlockCodec.BlockBytes;
                var from = (int)Math.Max(0, offset - start);
                var to = (int)Math.Min(decoded.Length, end - start);
                index++;
                yield return decoded.Memory[from..to];
            }
        }
        finally
        {
            blocks.Dispose();
            await stop.CancelAsync();
            foreach (var left in ahead)
            {
                await ((Task)left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (left.IsCompletedSuccessfully)
                {
                    left.Result.Dispose();
                }
            }
        }
    }

    private static IEnumerable<FlistBlock> Blocks(
        FlistReader flist, FlistNode file, long first, long end, CancellationToken cancellationToken)
    {
        var page = flist.ListBlocksAt(file, first, RowsAtOnce, cancellationToken);
        for (var index = first; index < end;)
        {
            if (page.Count == 0)
            {
                var path = flist.GetPath(file, cancellationToken);
                throw new StoreException(
                    Fault.Corrupt,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The flist has only {index} of the {BlockCodec.CountOf(file.Size)} blocks of {path}. Upload it again, whole."))
                {
                    Details = new Dictionary<string, object> { ["path"] = path },
                };
            }

            foreach (var row in page.Take((int)Math.Min(page.Count, end - index)))
            {
                yield return row.Block;
                index++;
            }

            page = index < end ? flist.ListBlocks(file, page[^1].Position, RowsAtOnce, cancellationToken) : page;
        }
    }

    // On the pool: decoding takes a millisecond of a processor, which is not the caller's to wait for before the next fetch.
    private static Task<Decoded> FetchAsync(
        FetchBlockAsync fetch, FlistBlock block, FlistNode file, long index, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            var blob = await fetch(block.Id, cancellationToken);
            var buffer = ArrayPool<byte>.Shared.Rent(BlockCodec.BlockBytes);
            try
            {
                var length = BlockCodec.Decode(block, blob.Span, buffer.AsSpan(0, BlockCodec.BlockBytes));
                var expected = BlockCodec.LengthOf(file.Size, index);
                return length == expected
                    ? new Decoded(buffer, length)
                    : throw BlockCodec.Corrupt(block, $"it has {length} bytes, where block {index} of inode {file.Ino} has {expected}");
            }
            catch
            {
                ArrayPool<byte>.Shared.Return(buffer);
                throw;
            }
        },
        cancellationToken);

    private sealed class Decoded(byte[] buffer, int length) : IDisposable
    {
        private byte[]? buffer = buffer;

        public int Length => length;

        public ReadOnlyMemory<byte> Memory => buffer.AsMemory(0, length);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref buffer, null) is { } rented)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }
}
