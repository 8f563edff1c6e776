using System.Buffers;
using System.Threading.Channels;
using RpcStore.Core.Flists.Blocks;
using RpcStore.Core.Tar;

namespace RpcStore.Core.Flists.Archives;

/// <summary>How an archive becomes a flist. Immutable.</summary>
public sealed record ArchiveImportOptions
{
    /// <summary>How large archive and flist may be.</summary>
    public FlistLimits Limits { get; init; } = FlistLimits.Default;

    /// <summary>Where rfs will find the blobs.</summary>
    public IReadOnlyList<FlistRoute> Routes { get; init; } = [];

    /// <summary>Tags to write.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>Blocks that are encoded at once; each takes up to 1.2 MiB.</summary>
    public int Parallelism { get; init; } = Math.Max(2, Environment.ProcessorCount);
}

/// <summary>What an archive became.</summary>
/// <param name="Entries">Entries of the archive.</param>
/// <param name="Inodes">Inodes of the tree, the root included.</param>
/// <param name="Files">Files of the tree; each hard link is one.</param>
/// <param name="Bytes">Bytes of these files.</param>
/// <param name="Blocks">Blocks of these files; one that occurs twice counts twice.</param>
public sealed record ArchiveImportResult(long Entries, long Inodes, long Files, long Bytes, long Blocks);

/// <summary>
/// Makes a flist of a tar, or of a gzip of one (spec/flist.md, section 3), while it arrives: unpacking, encoding and storing
/// go on at the same time, and memory depends neither on the archive's size nor on that of its files. Safe to use from any
/// thread.
/// </summary>
public static class ArchiveImport
{
    // Entries wait in this number for the tree to take them; they are small.
    private const int ItemsAhead = 256;

    /// <summary>Reads an archive to its end.</summary>
    /// <param name="archive">The bytes; not disposed.</param>
    /// <param name="path">The flist to make: a file that does not exist. There is none when this fails.</param>
    /// <param name="store">Takes each block once it is encoded. What it took before a failure is the caller's to forget.</param>
    /// <param name="options">Limits, routes and tags.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Invalid"/>: it is no tar, was cut off, or an entry is refused, which is named;
    /// <see cref="Fault.TooLarge"/>: it passes a limit; <see cref="Fault.Full"/> and <see cref="Fault.Unavailable"/>: the disk.
    /// </exception>
    /// <exception cref="IOException">The archive could not be received.</exception>
    public static async Task<ArchiveImportResult> RunAsync(
        Stream archive, string path, StoreBlockAsync store, ArchiveImportOptions options, CancellationToken cancellationToken)
    {
        using var tree = new ArchiveTree(path + ".tree", options.Limits);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var slots = new SemaphoreSlim(2 * options.Parallelism);
        var items = Channel.CreateBounded<Item>(new BoundedChannelOptions(ItemsAhead) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => ReadAsync(archive, items.Writer, slots, options, stop.Token), CancellationToken.None);
        try
        {
            await StoreAsync(items.Reader, slots, tree, store, stop.Token);
        }
        finally
        {
            // Whatever failed, nobody uses the archive any more when the caller is told.
            await stop.CancelAsync();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await DrainAsync(items.Reader);
        }

        return Write(await reading, tree, path, options, cancellationToken);
    }

    /// <summary>Unpacks, and has the blocks encoded.</summary>
    /// <returns>Entries.</returns>
    private static async Task<long> ReadAsync(
        Stream archive, ChannelWriter<Item> items, SemaphoreSlim slots, ArchiveImportOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var (prefix, isGzip) = await GzipPrefix.DetectAsync(archive, cancellationToken);
            await using var unpacked = isGzip ? StrictGzip.Open(prefix) : prefix;
            using var reader = new ArchiveReader(unpacked, options.Limits);
            while (await reader.ReadAsync(cancellationToken) is { } entry)
            {
                await items.WriteAsync(new Item(entry, null), cancellationToken);
                var left = entry.Attributes is { Kind: FlistKind.File } file ? file.Size : 0;
                for (; left > 0; left -= BlockCodec.BlockBytes)
                {
                    var length = (int)Math.Min(left, BlockCodec.BlockBytes);
                    await ReadBlockAsync(reader.Content, length, entry, items, slots, cancellationToken);
                }
            }

            items.Complete();
            return reader.Entries;
        }
        catch (InvalidDataException e)
        {
            var broken = new StoreException(Fault.Invalid, $"The gzip data of the archive are broken: {e.Message}", e)
            {
                Details = new Dictionary<string, object> { ["pointer"] = "", ["reason"] = "broken gzip data" },
            };
            items.Complete(broken);
            throw broken;
        }
        catch (Exception e)
        {
            items.Complete(e);
            throw;
        }
    }

    private static async ValueTask ReadBlockAsync(
        Stream content, int length, ArchiveEntry entry, ChannelWriter<Item> items, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await content.ReadExactlyAsync(buffer.AsMemory(0, length), cancellationToken);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }

        // Not cancelled: it gives the buffer back, and takes two milliseconds.
        var encoding = Task.Run(() => PooledBlock.Encode(buffer, length), CancellationToken.None);
        await items.WriteAsync(new Item(entry, encoding), cancellationToken);
    }

    /// <summary>Stores the blocks and lets the tree grow, in the order of the archive.</summary>
    private static async Task StoreAsync(
        ChannelReader<Item> items, SemaphoreSlim slots, ArchiveTree tree, StoreBlockAsync store, CancellationToken cancellationToken)
    {
        await foreach (var item in items.ReadAllAsync(cancellationToken))
        {
            if (item.Encoding is null)
            {
                tree.Put(item.Entry);
                continue;
            }

            using var encoded = await item.Encoding;
            await store(encoded.Block.Id, encoded.Blob, cancellationToken);
            slots.Release();
            tree.AddBlock(item.Entry.Number, encoded.Block);
        }
    }

    /// <summary>Waits for what is still encoded when something failed, so that no buffer is in use.</summary>
    private static async Task DrainAsync(ChannelReader<Item> items)
    {
        while (items.TryRead(out var item))
        {
            if (item.Encoding is { } encoding)
            {
                await ((Task)encoding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (encoding.IsCompletedSuccessfully)
                {
                    encoding.Result.Dispose();
                }
            }
        }
    }

    private static ArchiveImportResult Write(
        long entries, ArchiveTree tree, string path, ArchiveImportOptions options, CancellationToken cancellationToken)
    {
        tree.ResolveLinks(cancellationToken);
        using var writer = FlistWriter.Create(path, tree.ReadRoot());
        var (inodes, files, bytes, blocks) = tree.Write(writer, cancellationToken);
        foreach (var (key, value) in options.Tags)
        {
            writer.AddTag(key, value);
        }

        foreach (var route in options.Routes)
        {
            writer.AddRoute(route);
        }

        writer.Complete();
        return new ArchiveImportResult(entries, inodes, files, bytes, blocks);
    }

    /// <summary>An entry, or a block of the file that an entry made.</summary>
    private readonly record struct Item(ArchiveEntry Entry, Task<PooledBlock>? Encoding);

    /// <summary>An encoded block in memory that is used again; blocks are too large to make garbage of.</summary>
    private sealed class PooledBlock(FlistBlock block, byte[] buffer, int length) : IDisposable
    {
        public FlistBlock Block => block;

        public ReadOnlyMemory<byte> Blob => buffer.AsMemory(0, length);

        /// <summary>Encodes what is in a buffer of the pool, which is given back.</summary>
        public static PooledBlock Encode(byte[] plain, int plainLength)
        {
            var blob = ArrayPool<byte>.Shared.Rent(BlockCodec.MaxBlobBytes);
            try
            {
                return new PooledBlock(BlockCodec.Encode(plain.AsSpan(0, plainLength), blob, out var length), blob, length);
            }
            catch
            {
                ArrayPool<byte>.Shared.Return(blob);
                throw;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(plain);
            }
        }

        public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
    }
}
