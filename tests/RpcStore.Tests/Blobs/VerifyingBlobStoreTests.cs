using RpcStore.Core;
using RpcStore.Core.Blobs;
using RpcStore.Digests;
using Xunit;
using static RpcStore.Tests.Blobs.TestContent;

namespace RpcStore.Tests.Blobs;

/// <summary>What happens to blobs whose bytes have changed on the disk.</summary>
public sealed class VerifyingBlobStoreTests : IAsyncDisposable
{
    private const int Large = 3 << 20;

    private readonly MemoryBlobStore inner = new();
    private readonly List<BlobCorruption> corruptions = [];
    private readonly VerifyingBlobStore store;

    public VerifyingBlobStoreTests() => store = new VerifyingBlobStore(inner, corruptions.Add);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1000, 100)]
    [InlineData(VerifyingBlobStore.WholeBytes, 4096)]
    [InlineData(VerifyingBlobStore.WholeBytes, 2 << 20)]
    public async Task No_byte_of_a_small_corrupt_blob_is_handed_out(int size, int chunk)
    {
        var id = await PutCorruptAsync(size, bytes => bytes[^1] ^= 1);
        await using (var reader = (await store.OpenAsync(id, default))!)
        {
            var buffer = new byte[chunk];
            var error = await Assert.ThrowsAsync<StoreException>(async () => await reader.ReadAsync(0, buffer, default));
            Assert.Equal((Fault.Corrupt, id.ToString()), (error.Fault, error.Details["id"]));
            Assert.All(buffer, b => Assert.Equal(0, b));
        }

        await AssertQuarantinedAsync(id, size);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Large / 2)]
    [InlineData(Large - 1)]
    public async Task The_tail_of_a_large_corrupt_blob_is_never_handed_out(int wrongAt)
    {
        var id = await PutCorruptAsync(Large, bytes => bytes[wrongAt] ^= 1);
        var received = 0L;
        await using (var reader = (await store.OpenAsync(id, default))!)
        {
            var buffer = new byte[100_000];
            var error = await Assert.ThrowsAsync<StoreException>(async () =>
            {
                while (await reader.ReadAsync(received, buffer, default) is > 0 and var read)
                {
                    received += read;
                }
            });
            Assert.Equal(Fault.Corrupt, error.Fault);
        }

        Assert.Equal(Large - VerifyingBlobStore.TailBytes, received);
        await AssertQuarantinedAsync(id, Large);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(Large / 2)]
    [InlineData(Large - 10)]
    public async Task No_byte_of_a_range_of_a_large_corrupt_blob_is_handed_out(int offset)
    {
        var id = await PutCorruptAsync(Large, bytes => bytes[0] ^= 1);
        await using var reader = (await store.OpenAsync(id, default))!;
        var error = await Assert.ThrowsAsync<StoreException>(async () => await reader.ReadAsync(offset, new byte[5], default));
        Assert.Equal(Fault.Corrupt, error.Fault);
        await AssertQuarantinedAsync(id, Large);
    }

    [Fact]
    public async Task A_range_at_the_start_of_a_large_blob_can_be_verified_ahead()
    {
        var id = await PutCorruptAsync(Large, bytes => bytes[^1] ^= 1);
        await using var reader = (await store.OpenAsync(id, default))!;
        await Assert.ThrowsAsync<StoreException>(async () => await reader.VerifyAheadAsync(default));
        await AssertQuarantinedAsync(id, Large);
    }

    [Theory]
    [InlineData(1000, 999)]
    [InlineData(1000, 1001)]
    [InlineData(1000, 0)]
    [InlineData(Large, 0)]
    [InlineData(Large, 1000)]
    [InlineData(Large, Large - 1)]
    [InlineData(Large, Large + 1)]
    [InlineData(1000, Large)]
    public async Task A_blob_of_another_length_is_corrupt(int size, int now)
    {
        var bytes = Bytes(size);
        var id = await inner.PutAsync(bytes);
        Array.Resize(ref bytes, now);
        inner.Corrupt(id, bytes);
        var error = await Assert.ThrowsAsync<StoreException>(async () => await store.ReadAsync(id));
        Assert.Equal(Fault.Corrupt, error.Fault);
        await AssertQuarantinedAsync(id, now);
    }

    [Fact]
    public async Task A_corrupt_blob_can_be_uploaded_again()
    {
        var id = await PutCorruptAsync(1000, bytes => bytes[0] ^= 1);
        await Assert.ThrowsAsync<StoreException>(async () => await store.ReadAsync(id));
        await store.PutAsync(Bytes(1000));
        Assert.Equal(Bytes(1000), await store.ReadAsync(id));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(Large)]
    public async Task A_second_reader_of_the_same_corruption_does_not_quarantine_what_was_uploaded_since(int size)
    {
        var id = await PutCorruptAsync(size, bytes => bytes[0] ^= 1);
        await using var first = (await store.OpenAsync(id, default))!;
        await using var second = (await store.OpenAsync(id, default))!;
        await Assert.ThrowsAsync<StoreException>(async () => await first.ReadToEndAsync());
        await store.PutAsync(Bytes(size));
        await Assert.ThrowsAsync<StoreException>(async () => await second.ReadToEndAsync());
        Assert.Equal(Bytes(size), await store.ReadAsync(id));
        Assert.Equal([true, false], corruptions.Select(corruption => corruption.IsQuarantined));
    }

    [Fact]
    public async Task A_blob_that_changed_since_it_was_verified_is_verified_again()
    {
        var id = await inner.PutAsync(Bytes(Large));
        Assert.Equal(10, await ReadRangeAsync(id));
        var wrong = Bytes(Large);
        wrong[^1] ^= 1;
        inner.Corrupt(id, wrong);
        await Assert.ThrowsAsync<StoreException>(async () => await ReadRangeAsync(id));
    }

    [Fact]
    public async Task Ranges_of_a_large_blob_cost_one_verification()
    {
        var counting = new CountingStore(inner);
        var verifying = new VerifyingBlobStore(counting);
        var id = await inner.PutAsync(Bytes(Large));
        await Task.WhenAll(Enumerable.Range(1, 20).Select(async i =>
        {
            await using var reader = (await verifying.OpenAsync(id, default))!;
            var buffer = new byte[10];
            Assert.Equal(10, await reader.ReadAsync(i * 1000, buffer, default));
            Assert.Equal(Bytes(Large).AsSpan(i * 1000, 10).ToArray(), buffer);
        }));
        Assert.Equal(Large + (20 * 10), counting.BytesRead);
    }

    [Fact]
    public async Task A_read_error_is_no_corruption()
    {
        var failing = new VerifyingBlobStore(new CountingStore(inner) { Fails = true }, corruptions.Add);
        var id = await inner.PutAsync(Bytes(1000));
        var error = await Assert.ThrowsAsync<StoreException>(async () => await failing.ReadAsync(id));
        Assert.Equal(Fault.Unavailable, error.Fault);
        Assert.True(await inner.HasAsync(id));
        Assert.Empty(corruptions);
    }

    [Fact]
    public void Says_that_it_verifies() => Assert.Equal((false, true), (inner.Traits.VerifiesReads, store.Traits.VerifiesReads));

    private async Task<BlobId> PutCorruptAsync(int size, Action<byte[]> damage)
    {
        var bytes = Bytes(size);
        var id = await inner.PutAsync(bytes);
        damage(bytes);
        inner.Corrupt(id, bytes);
        return id;
    }

    private async Task<int> ReadRangeAsync(BlobId id)
    {
        await using var reader = (await store.OpenAsync(id, default))!;
        return await reader.ReadAsync(1000, new byte[10], default);
    }

    private async Task AssertQuarantinedAsync(BlobId id, int size)
    {
        Assert.False(await store.HasAsync(id));
        Assert.Null(await store.OpenAsync(id, default));
        var corruption = Assert.Single(corruptions);
        Assert.Equal((id, (long)size, true), (corruption.Id, corruption.Size, corruption.IsQuarantined));
        Assert.NotEqual(id, corruption.Actual);
    }

    private sealed class CountingStore(IBlobStore inner) : DelegatingBlobStore(inner)
    {
        private long bytesRead;

        public bool Fails { get; init; }

        public long BytesRead => Interlocked.Read(ref bytesRead);

        public override async ValueTask<BlobReader?> OpenAsync(BlobId id, CancellationToken cancellationToken) =>
            await base.OpenAsync(id, cancellationToken) is { } reader ? new Reader(this, reader) : null;

        private sealed class Reader(CountingStore owner, BlobReader blob) : BlobReader
        {
            public override BlobInfo Info => blob.Info;

            public override BlobVersion Version => blob.Version;

            public override async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
            {
                if (owner.Fails)
                {
                    throw new StoreException(Fault.Unavailable, "the disk");
                }

                var read = await blob.ReadAsync(offset, buffer, cancellationToken);
                Interlocked.Add(ref owner.bytesRead, read);
                return read;
            }

            public override ValueTask DisposeAsync() => blob.DisposeAsync();
        }
    }
}
