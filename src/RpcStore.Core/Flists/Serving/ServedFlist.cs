using RpcStore.Core.Flists.Blocks;

namespace RpcStore.Core.Flists.Serving;

/// <summary>
/// A flist that is open for many readers at once, as long as somebody holds it: who replaces it lets go of it, and what it needs
/// is given back when the last one who still reads it has finished. Safe to use from any thread.
/// </summary>
public sealed class ServedFlist
{
    /// <summary>Queries of one flist that run at once; they take microseconds, and more would only wait for a processor.</summary>
    private const int MaxReaders = 4;

    private static long lastSerial;

    private readonly FlistReaderPool readers;
    private readonly IDisposable? lease;
    private int holders = 1;

    /// <summary>Takes over a flist, held once by the caller.</summary>
    /// <param name="digest">The SHA-256 digest of its file, as hex digits.</param>
    /// <param name="open">Opens a reader of it; called when one is needed.</param>
    /// <param name="blocks">Brings its blocks.</param>
    /// <param name="lease">Disposed when nobody needs the flist any more; null for nothing.</param>
    public ServedFlist(string digest, Func<CancellationToken, FlistReader> open, FlistBlocks blocks, IDisposable? lease = null)
    {
        readers = new FlistReaderPool(open, MaxReaders);
        (Digest, Blocks, this.lease) = (digest, blocks, lease);
    }

    /// <summary>The SHA-256 digest of its file, as hex digits.</summary>
    public string Digest { get; }

    /// <summary>Another number for every open flist of this process: what is remembered of one is never taken for another's.</summary>
    public long Serial { get; } = Interlocked.Increment(ref lastSerial);

    /// <summary>Brings its blocks.</summary>
    public FlistBlocks Blocks { get; }

    /// <summary>Holds it once more, unless everybody has let go of it.</summary>
    /// <returns>Whether it is held.</returns>
    public bool TryHold()
    {
        var count = Volatile.Read(ref holders);
        while (count > 0)
        {
            var seen = Interlocked.CompareExchange(ref holders, count + 1, count);
            if (seen == count)
            {
                return true;
            }

            count = seen;
        }

        return false;
    }

    /// <summary>Lets go of it once.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref holders) == 0)
        {
            readers.Dispose();
            lease?.Dispose();
        }
    }

    /// <summary>Asks the flist something.</summary>
    /// <param name="state">Handed to <paramref name="query"/>.</param>
    /// <param name="query">Asks; the reader is its own until it returns.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StoreException">As for <see cref="FlistReader"/>.</exception>
    public ValueTask<T> QueryAsync<TState, T>(
        TState state, Func<FlistReader, TState, CancellationToken, T> query, CancellationToken cancellationToken) =>
        readers.UseAsync(state, query, cancellationToken);

    /// <summary>Closes readers that nobody has used since the last call.</summary>
    public void Trim() => readers.Trim();

    /// <summary>Begins to read a file.</summary>
    /// <param name="file">A file of this flist.</param>
    public FlistFileReader Open(FlistFile file) => new(this, file);

    /// <summary>Blocks of a file from the one at a place; fewer than the limit only at the end.</summary>
    internal async ValueTask<FlistBlock[]> ListBlocksAsync(long ino, long index, int limit, CancellationToken cancellationToken) =>
        await QueryAsync(
            (ino, index, limit),
            static (reader, asked, cancellation) =>
            {
                var node = reader.Find(asked.ino, cancellation)
                    ?? throw new InvalidOperationException($"The flist lost inode {asked.ino} while it was open.");
                var rows = reader.ListBlocksAt(node, asked.index, asked.limit, cancellation);
                return rows.Count > 0
                    ? rows.Select(row => row.Block).ToArray()
                    : throw FlistFile.MissingBlocks(reader, node, asked.index, cancellation);
            },
            cancellationToken);
}
