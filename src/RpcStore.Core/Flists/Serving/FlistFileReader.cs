using RpcStore.Core.Caching;
using RpcStore.Core.Flists.Blocks;

namespace RpcStore.Core.Flists.Serving;

/// <summary>
/// Reads a file of a flist, from anywhere to anywhere, with no memory of its own but for the blocks that it hands out. For one
/// caller at a time; the flist must be held meanwhile.
/// </summary>
/// <param name="tree">The flist.</param>
/// <param name="file">The file.</param>
public sealed class FlistFileReader(ServedFlist tree, FlistFile file)
{
    // While one block is sent, others are decoded on the other processors.
    private const int BlocksAhead = 3;

    private const int RowsAtOnce = 256;

    private FlistBlock[] page = file.Blocks ?? [];
    private long pageStart;
    private long aheadUpTo;

    /// <summary>Brings the block that holds a byte.</summary>
    /// <param name="offset">The byte's place, from 0, below the file's size.</param>
    /// <param name="end">Where the reading will end: what is before it is decoded ahead.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>
    /// The block, which begins at <paramref name="offset"/> rounded down to whole blocks, held once for the caller.
    /// </returns>
    /// <exception cref="StoreException">As for <see cref="FlistBlocks.GetAsync"/>, and when the flist lacks the block.</exception>
    public ValueTask<SharedBytes> GetBlockAsync(long offset, long end, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(offset, file.Size);
        var index = offset / BlockCodec.BlockBytes;
        return index >= pageStart && index < pageStart + page.Length
            ? Get(index, end)
            : LoadAsync(index, end, cancellationToken);
    }

    private ValueTask<SharedBytes> Get(long index, long end)
    {
        var last = Math.Min(BlockCodec.CountOf(Math.Min(end, file.Size)), Math.Min(pageStart + page.Length, index + 1 + BlocksAhead));
        for (var next = Math.Max(index + 1, aheadUpTo); next < last; next++)
        {
            tree.Blocks.ReadAhead(page[next - pageStart]);
            aheadUpTo = next + 1;
        }

        return tree.Blocks.GetAsync(page[index - pageStart], BlockCodec.LengthOf(file.Size, index));
    }

    private async ValueTask<SharedBytes> LoadAsync(long index, long end, CancellationToken cancellationToken)
    {
        page = await tree.ListBlocksAsync(file.Ino, index, RowsAtOnce, cancellationToken);
        pageStart = index;
        return await Get(index, end);
    }
}
