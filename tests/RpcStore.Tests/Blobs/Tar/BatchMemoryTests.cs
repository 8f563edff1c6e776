using RpcStore.Core;
using RpcStore.Core.Blobs;
using RpcStore.Core.Blobs.Tar;
using Xunit;

namespace RpcStore.Tests.Blobs.Tar;

/// <summary>Tests of the memory of the process, which others must not use meanwhile.</summary>
[CollectionDefinition(nameof(MemoryCollection), DisableParallelization = true)]
public sealed class MemoryCollection;

[Collection(nameof(MemoryCollection))]
public sealed class BatchMemoryTests
{
    [Fact]
    public async Task A_long_batch_takes_constant_memory_and_reports_as_it_goes()
    {
        const int Entries = 100_000;
        await using var store = new MemoryBlobStore();
        var header = TarBuilder.Header("x", "00000000000\0", '0');
        var input = new RepeatingStream(header, Entries);
        var sink = new CountingSink();
        var ingest = new BatchIngest(store, new BatchLimits(1 << 20, Entries, 64 << 20));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var outcome = await ingest.RunAsync(input, sink, static (_, _) => { }, default);
        Assert.Equal((Entries, null), (outcome.Failed, outcome.Error));
        Assert.Equal(Entries, sink.Count);
        Assert.InRange(sink.LargestChunk, 1, 16_384);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 8 << 20);
    }

    private sealed class CountingSink : IBatchOutcomeSink
    {
        public int Count { get; private set; }

        public int LargestChunk { get; private set; }

        public ValueTask WriteAsync(ReadOnlyMemory<BatchEntryOutcome> outcomes, CancellationToken cancellationToken)
        {
            Count += outcomes.Length;
            LargestChunk = Math.Max(LargestChunk, outcomes.Length);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class RepeatingStream(byte[] block, int times) : ForwardStream
    {
        private long position;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var written = 0;
            while (written < buffer.Length && position < (long)block.Length * times)
            {
                var start = (int)(position % block.Length);
                var count = Math.Min(block.Length - start, buffer.Length - written);
                block.AsSpan(start, count).CopyTo(buffer.Span[written..]);
                written += count;
                position += count;
            }

            return new(written);
        }
    }
}
