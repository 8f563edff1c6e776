using RpcStore.Core;
using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Archives;
using RpcStore.Core.Flists.Blocks;
using RpcStore.Tests.Blobs.Tar;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Flists;

[Collection(nameof(MemoryCollection))]
public sealed class ArchiveMemoryTests
{
    // Zeroes pack to almost nothing: whatever is kept besides is what was not let go.
    [Fact]
    public async Task A_long_file_goes_in_and_out_with_constant_memory()
    {
        const long Size = 200L << 20;
        const long Allowance = 24L << 20;
        using var folder = new TemporaryDirectory();
        var path = folder.Combine("long.fl");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (most, calls) = (0L, 0);
        byte[]? blob = null;
        await ArchiveImport.RunAsync(
            new ZeroFile(TarBuilder.Header("zeroes", Convert.ToString(Size, 8).PadLeft(11, '0') + "\0", '0'), Size + 1024),
            path,
            (_, bytes, _) =>
            {
                blob ??= bytes.ToArray();
                most = ++calls % 50 == 0 ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before) : most;
                return ValueTask.CompletedTask;
            },
            new ArchiveImportOptions(),
            CancellationToken.None);
        Assert.Equal(Size / BlockCodec.BlockBytes, calls);
        Assert.InRange(most, long.MinValue, Allowance);

        using var flist = FlistReader.Open(path, FlistLimits.Default);
        var read = 0L;
        await foreach (var piece in FlistContent.ReadAsync(flist, flist.Find("zeroes")!, 0, Size, (_, _) => new(blob)))
        {
            read += piece.Length;
        }

        Assert.Equal(Size, read);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, Allowance);
    }

    private sealed class ZeroFile(byte[] header, long zeroes) : ForwardStream
    {
        private long position;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(buffer.Length, header.Length + zeroes - position);
            buffer.Span[..count].Clear();
            if (position < header.Length)
            {
                count = Math.Min(count, header.Length - (int)position);
                header.AsSpan((int)position, count).CopyTo(buffer.Span);
            }

            position += count;
            return new(count);
        }
    }
}
