using System.Buffers.Binary;
using System.Security.Cryptography;
using RpcStore.Client.Bulk;
using RpcStore.Digests;

namespace RpcStore.Benchmarks.Batches;

/// <summary>
/// Blobs that are told apart by their first eight bytes, all others coming from one random block: they cost nothing to make
/// while something else is measured.
/// </summary>
internal sealed class BlobPattern
{
    private static readonly byte[] Block = RandomNumberGenerator.GetBytes(1 << 20);

    /// <param name="count">How many.</param>
    /// <param name="size">Bytes in each.</param>
    /// <param name="first">The number of the first: patterns of other numbers have other blobs.</param>
    public BlobPattern(int count, long size, int first = 0)
    {
        First = first;
        Count = count;
        Size = size;
        Ids = new BlobId[count];
        Parallel.For(0, count, i =>
        {
            using var content = Open(i);
            Ids[i] = BlobId.FromDigest(DigestFunction.Sha256, SHA256.HashData(content));
        });
    }

    /// <summary>The number of the first.</summary>
    public int First { get; }

    public int Count { get; }

    /// <summary>Bytes in each.</summary>
    public long Size { get; }

    public long TotalBytes => Count * Size;

    public BlobId[] Ids { get; }

    public static string NameOf(int count, long size) => $"{count:N0} × " + size switch
    {
        >= 1L << 30 => $"{size >> 30} GiB",
        >= 1 << 20 => $"{size >> 20} MiB",
        _ => $"{size >> 10} KiB",
    };

    public async IAsyncEnumerable<BlobSource> Sources()
    {
        await Task.CompletedTask;
        for (var i = 0; i < Count; i++)
        {
            var index = i;
            yield return BlobSource.FromStream(Ids[i].ToString(), () => Open(index));
        }
    }

    /// <summary>Sources whose bytes are in memory when this returns.</summary>
    public IAsyncEnumerable<BlobSource> InMemory()
    {
        var sources = new BlobSource[Count];
        for (var i = 0; i < Count; i++)
        {
            var bytes = new byte[Size];
            using var content = Open(i);
            content.ReadExactly(bytes);
            sources[i] = BlobSource.FromBytes(Ids[i].ToString(), bytes);
        }

        return sources.ToAsyncEnumerable();
    }

    /// <summary>The bytes of one.</summary>
    public Stream Open(int index) => new Content(First + index, Size);

    private sealed class Content(int index, long size) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => size;

        public override long Position { get; set; }

        public override int Read(Span<byte> buffer)
        {
            var inBlock = (int)(Position % Block.Length);
            var count = (int)Math.Min(Math.Min(buffer.Length, Block.Length - inBlock), size - Position);
            Block.AsSpan(inBlock, count).CopyTo(buffer);
            if (Position == 0 && count > 0)
            {
                Span<byte> mark = stackalloc byte[8];
                BinaryPrimitives.WriteInt64LittleEndian(mark, index);
                mark[..Math.Min(count, mark.Length)].CopyTo(buffer);
            }

            Position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromResult(Read(buffer.AsSpan(offset, count)));

        public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => Position,
            _ => size,
        };

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
