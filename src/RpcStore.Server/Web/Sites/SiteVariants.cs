using System.Buffers;
using System.IO.Compression;
using RpcStore.Core;
using RpcStore.Core.Caching;
using RpcStore.Core.Flists.Serving;

namespace RpcStore.Server.Web.Sites;

/// <summary>
/// Compressed content, kept once it is made, by what it is and not by where. A small file is compressed for the first who asks;
/// a larger one beside that, who gets it plain. Safe to use from any thread.
/// </summary>
/// <param name="capacity">Bytes of memory for what is kept.</param>
internal sealed class SiteVariants(long capacity)
{
    // 64 KiB take about a millisecond.
    private const int AtOnceBytes = 64 << 10;

    // Half of what the best level saves, at a tenth of its time (of 11).
    private const int BrotliQuality = 4;

    private readonly BytesCache<Key> cache = new(capacity);
    private readonly SemaphoreSlim compressing = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Compressed content that is kept or can be made at once.</summary>
    /// <param name="tree">The flist; held by the caller.</param>
    /// <param name="resource">A file of it.</param>
    /// <param name="coding">How.</param>
    /// <returns>Held once for the caller; null when there is none now.</returns>
    public ValueTask<SharedBytes?> FindAsync(ServedFlist tree, SiteResource resource, ContentCoding coding)
    {
        if (resource.IsDense)
        {
            return new((SharedBytes?)null);
        }

        var key = new Key(resource.File.Tag, coding);
        if (cache.Find(key) is { } found)
        {
            return new(found);
        }

        if (resource.File.Size <= AtOnceBytes)
        {
            return MakeAsync(tree, resource, key);
        }

        if (!cache.IsMaking(key) && tree.TryHold())
        {
            _ = Task.Run(() => MakeBesideAsync(tree, resource, key));
        }

        return new((SharedBytes?)null);
    }

    /// <summary>Compressed content that was begun to be sent; made again where it is not kept any more.</summary>
    public ValueTask<SharedBytes> GetAsync(ServedFlist tree, SiteResource resource, ContentCoding coding) =>
        cache.GetAsync(new Key(resource.File.Tag, coding), (this, tree, resource), static (key, state) =>
            state.Item1.CompressAsync(state.tree, state.resource, key.Coding));

    private async ValueTask<SharedBytes?> MakeAsync(ServedFlist tree, SiteResource resource, Key key)
    {
        var bytes = await GetAsync(tree, resource, key.Coding);

        // Pictures under the name of a text, say: not worth the work again, nor the memory.
        if (bytes.Length < resource.File.Size * 0.9)
        {
            return bytes;
        }

        resource.IsDense = true;
        bytes.Release();
        return null;
    }

    private async Task MakeBesideAsync(ServedFlist tree, SiteResource resource, Key key)
    {
        try
        {
            (await MakeAsync(tree, resource, key))?.Release();
        }
        catch (StoreException)
        {
            // Whoever reads the file gets the same error, and it is told there.
        }
        finally
        {
            tree.Release();
        }
    }

    private async Task<SharedBytes> CompressAsync(ServedFlist tree, SiteResource resource, ContentCoding coding)
    {
        await compressing.WaitAsync();
        try
        {
            var output = new RentedStream((int)Math.Min(resource.File.Size, 1 << 20));
            try
            {
                await using (var compressor = Create(coding, output))
                {
                    var reader = tree.Open(resource.File);
                    for (var offset = 0L; offset < resource.File.Size;)
                    {
                        var block = await reader.GetBlockAsync(offset, resource.File.Size, CancellationToken.None);
                        try
                        {
                            compressor.Write(block.Memory.Span);
                            offset += block.Length;
                        }
                        finally
                        {
                            block.Release();
                        }
                    }
                }

                return output.Detach();
            }
            catch
            {
                output.Detach().Release();
                throw;
            }
        }
        finally
        {
            compressing.Release();
        }
    }

    private static Stream Create(ContentCoding coding, Stream output) => coding == ContentCoding.Brotli
        ? new BrotliStream(output, new BrotliCompressionOptions { Quality = BrotliQuality }, leaveOpen: true)
        : new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true);

    private readonly record struct Key(string Tag, ContentCoding Coding);

    /// <summary>Takes bytes into memory of the pool.</summary>
    private sealed class RentedStream(int capacity) : Stream
    {
        private byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 1024));
        private int length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => length;

        public override long Position { get => length; set => throw new NotSupportedException(); }

        public SharedBytes Detach() => SharedBytes.Own(buffer, length);

        public override void Write(ReadOnlySpan<byte> bytes)
        {
            if (buffer.Length - length < bytes.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * buffer.Length, length + bytes.Length));
                buffer.AsSpan(0, length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }

            bytes.CopyTo(buffer.AsSpan(length));
            length += bytes.Length;
        }

        public override void Write(byte[] array, int offset, int count) => Write(array.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override int Read(byte[] array, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
