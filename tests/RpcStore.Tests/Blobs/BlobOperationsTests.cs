using RpcStore.Core;
using RpcStore.Core.Blobs;
using RpcStore.Core.Transfers;
using RpcStore.Digests;
using RpcStore.Tests.Support;
using Xunit;
using static RpcStore.Tests.Blobs.TestContent;

namespace RpcStore.Tests.Blobs;

/// <summary>What the methods of <c>blobs</c> promise beyond what a store does.</summary>
public sealed class BlobOperationsTests : IAsyncDisposable, IBlobReferences
{
    private const int MaxInline = 1 << 20;

    private readonly MemoryBlobStore inner = new();
    private readonly IBlobStore store;
    private readonly BlobOperations operations;
    private readonly TransferRegistry transfers = new(new TransferLimits(10, TimeSpan.FromMinutes(15)), new ManualTimeProvider());
    private readonly HashSet<BlobId> referenced = [];

    public BlobOperationsTests()
    {
        store = new EmptyBlobStore(new VerifyingBlobStore(inner));
        operations = new BlobOperations(store, new BlobRetention(this), MaxInline);
    }

    ValueTask IBlobReferences.FindAsync(ReadOnlyMemory<BlobId> ids, Memory<bool> found, CancellationToken cancellationToken)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            found.Span[i] |= referenced.Contains(ids.Span[i]);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task Bytes_get_their_sha256_id_unless_another_is_asked()
    {
        Assert.Equal((IdOf(Bytes(5)), true), await operations.PutAsync(Bytes(5), null, default));
        Assert.Equal((IdOf(Bytes(5)), false), await operations.PutAsync(Bytes(5), IdOf(Bytes(5)), default));
        var other = IdOf(Bytes(5), DigestFunction.Blake2b);
        Assert.Equal((other, true), await operations.PutAsync(Bytes(5), other, default));
        Assert.Equal((BlobId.EmptySha256, false), await operations.PutAsync(default, null, default));
    }

    [Fact]
    public async Task Bytes_with_another_digest_are_refused_and_both_are_named()
    {
        var error = await Assert.ThrowsAsync<StoreException>(async () => await operations.PutAsync(Bytes(5), Absent(), default));
        Assert.Equal(Fault.DigestMismatch, error.Fault);
        Assert.Equal((Absent().ToString(), IdOf(Bytes(5)).ToString()), (error.Details["id"], error.Details["actual"]));
        Assert.Empty(await inner.ListAsync());
    }

    [Fact]
    public async Task Too_many_bytes_for_a_call_are_refused_both_ways()
    {
        await operations.PutAsync(Bytes(MaxInline), null, default);
        await AssertTooLargeAsync(async () => await operations.PutAsync(Bytes(MaxInline + 1), null, default));
        var id = await store.PutAsync(Bytes(MaxInline + 1));
        await AssertTooLargeAsync(async () => await operations.GetAsync(id, 0, null, default));
        Assert.Equal(MaxInline, (await operations.GetAsync(id, 1, null, default))!.Value.Data.Length);
    }

    [Theory]
    [InlineData(0, null, 0, 1000)]
    [InlineData(10, null, 10, 990)]
    [InlineData(10, 5L, 10, 5)]
    [InlineData(990, 50L, 990, 10)]
    [InlineData(1000, null, 1000, 0)]
    [InlineData(5000, 7L, 1000, 0)]
    [InlineData(0, 0L, 0, 0)]
    public async Task A_range_is_what_there_is_of_it(long offset, long? length, int from, int count)
    {
        var id = await store.PutAsync(Bytes(1000));
        var range = (await operations.GetAsync(id, offset, length, default))!.Value;
        Assert.Equal(1000, range.Size);
        Assert.Equal(Bytes(1000).AsSpan(from, count).ToArray(), range.Data.ToArray());
    }

    [Fact]
    public async Task An_absent_blob_has_no_range() => Assert.Null(await operations.GetAsync(Absent(), 0, null, default));

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public async Task A_part_of_a_large_corrupt_blob_is_never_given(long offset)
    {
        var id = await PutCorruptAsync(3_000_000);
        var error = await Assert.ThrowsAsync<StoreException>(async () => await operations.GetAsync(id, offset, 10, default));
        Assert.Equal(Fault.Corrupt, error.Fault);
    }

    [Fact]
    public async Task A_check_tells_right_missing_and_corrupt()
    {
        var good = await store.PutAsync(Bytes(2_000_000));
        var bad = await PutCorruptAsync(2_000_001);
        Assert.Equal((BlobVerdict.Ok, 2_000_000), await operations.VerifyAsync(good, default));
        Assert.Equal(BlobVerdict.Corrupt, (await operations.VerifyAsync(bad, default)).Verdict);
        Assert.Equal((BlobVerdict.Missing, 0), await operations.VerifyAsync(bad, default));
        Assert.Equal((BlobVerdict.Ok, 0), await operations.VerifyAsync(BlobId.EmptyBlake2b, default));
    }

    [Theory]
    [InlineData(false, BlobDeletionStatus.Referenced)]
    [InlineData(true, BlobDeletionStatus.Deleted)]
    public async Task What_is_needed_is_kept_unless_forced_and_the_empty_blob_always(bool force, BlobDeletionStatus needed)
    {
        var (free, used) = (await store.PutAsync(Bytes(5)), await store.PutAsync(Bytes(6)));
        referenced.Add(used);
        var statuses = await operations.DeleteAsync(new[] { used, free, BlobId.EmptySha256, Absent(), free }, force, default);
        Assert.Equal([needed, BlobDeletionStatus.Deleted, BlobDeletionStatus.Referenced, BlobDeletionStatus.Absent, BlobDeletionStatus.Absent], statuses);
        Assert.Equal(!force, await store.HasAsync(used));
    }

    [Fact]
    public async Task A_scrub_reads_everything_and_names_what_is_corrupt()
    {
        await inner.PutAsync([]);
        await store.PutAsync(Bytes(1000));
        var bad = await PutCorruptAsync(2000);
        var (transfer, ended) = Scrubber(store).Start("ada");
        await ended;
        var snapshot = transfer.Snapshot();
        Assert.Equal((TransferState.Completed, 3L, 3L), (snapshot.State, snapshot.Items, snapshot.TotalItems));
        Assert.Equal([bad], snapshot.Corrupt);
        Assert.Equal(1, snapshot.CorruptItems);
        Assert.False(await store.HasAsync(bad));
    }

    [Fact]
    public async Task A_second_scrub_joins_the_first_and_a_later_one_is_new()
    {
        var gate = new TaskCompletionSource();
        await store.PutAsync(Bytes(1000));
        var scrubber = Scrubber(new WaitingStore(store, gate.Task));
        var first = scrubber.Start("ada");
        var second = scrubber.Start("bob");
        Assert.Same(first.Transfer, second.Transfer);
        gate.SetResult();
        await first.Ended;
        Assert.Equal(TransferState.Completed, first.Transfer.State);
        var third = scrubber.Start("bob");
        await third.Ended;
        Assert.NotSame(first.Transfer, third.Transfer);
    }

    [Fact]
    public async Task A_scrub_that_is_cancelled_stops()
    {
        await store.PutAsync(Bytes(1000));
        var gate = new TaskCompletionSource();
        var (transfer, ended) = Scrubber(new WaitingStore(store, gate.Task)).Start("ada");
        transfer.Cancel();
        await ended;
        Assert.Equal(TransferState.Cancelled, transfer.State);
    }

    private static async Task AssertTooLargeAsync(Func<Task> action)
    {
        var error = await Assert.ThrowsAsync<StoreException>(action);
        Assert.Equal((Fault.TooLarge, "maxInlineBlobBytes"), (error.Fault, error.Details["limit"]));
    }

    private BlobScrubber Scrubber(IBlobStore blobs) => new(
        blobs, new BlobOperations(blobs, new BlobRetention(this), MaxInline), transfers, e => Assert.Fail(e.ToString()));

    private async Task<BlobId> PutCorruptAsync(int size)
    {
        var bytes = Bytes(size);
        var id = await inner.PutAsync(bytes);
        bytes[^1] ^= 1;
        inner.Corrupt(id, bytes);
        return id;
    }

    private sealed class WaitingStore(IBlobStore inner, Task gate) : DelegatingBlobStore(inner)
    {
        public override async ValueTask<BlobStoreUsage> GetUsageAsync(CancellationToken cancellationToken)
        {
            await gate.WaitAsync(cancellationToken);
            return await base.GetUsageAsync(cancellationToken);
        }
    }
}
