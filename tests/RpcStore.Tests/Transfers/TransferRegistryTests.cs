using System.Collections.Concurrent;
using RpcStore.Core;
using RpcStore.Core.Transfers;
using RpcStore.Digests;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Transfers;

public sealed class TransferRegistryTests
{
    private static readonly TransferLimits Limits = new(10, TimeSpan.FromMinutes(15));

    private readonly ManualTimeProvider time = new();
    private readonly TransferRegistry registry;

    public TransferRegistryTests() => registry = new TransferRegistry(Limits, time);

    [Fact]
    public void A_new_transfer_is_pending_and_has_a_secret_token()
    {
        var order = new DownloadOrder(new[] { BlobId.EmptySha256 }, SkipMissing: true);
        var transfer = registry.OpenDownload("ada", order);
        var snapshot = transfer.Snapshot();
        Assert.Equal((TransferKind.Download, TransferState.Pending, "ada"), (snapshot.Kind, snapshot.State, snapshot.Owner));
        Assert.Equal((time.GetUtcNow(), time.GetUtcNow().AddMinutes(15)), (snapshot.CreatedAt, snapshot.ExpiresAt));
        Assert.Matches("^[0-9a-f]{32}$", snapshot.Id);
        Assert.Matches("^[0-9A-Za-z_-]{43}$", snapshot.Token!);
        Assert.Same(order, transfer.Order);
        Assert.Same(transfer, registry.Find(snapshot.Id));
        Assert.Null(registry.Find(new string('0', 32)));
        Assert.NotEqual(snapshot.Token, registry.OpenUpload("ada", new UploadOrder()).Snapshot().Token);
    }

    [Fact]
    public void A_token_works_once()
    {
        var token = registry.OpenUpload("ada", new UploadOrder()).Snapshot().Token!;
        var transfer = registry.Start(token, TransferKind.Upload);
        Assert.Equal(TransferState.Running, transfer.State);
        Assert.Null(transfer.Snapshot().Token);
        AssertFault(Fault.Conflict, () => registry.Start(token, TransferKind.Upload));
        transfer.Complete();
        AssertFault(Fault.Conflict, () => registry.Start(token, TransferKind.Upload));
    }

    [Fact]
    public async Task A_token_that_many_use_at_once_works_for_one_of_them()
    {
        for (var round = 0; round < 20; round++)
        {
            var opened = registry.OpenUpload("ada", new UploadOrder());
            var token = opened.Snapshot().Token!;
            var won = new ConcurrentBag<bool>();
            using var barrier = new Barrier(4);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                barrier.SignalAndWait();
                try
                {
                    registry.Start(token, TransferKind.Upload);
                    won.Add(true);
                }
                catch (StoreException e) when (e.Fault == Fault.Conflict)
                {
                    won.Add(false);
                }
            })));
            Assert.Equal(1, won.Count(one => one));
            opened.Complete();
        }
    }

    [Fact]
    public void A_token_is_for_its_own_kind_and_nothing_else_is_one()
    {
        var token = registry.OpenUpload("ada", new UploadOrder()).Snapshot().Token!;
        AssertFault(Fault.NotFound, () => registry.Start(token, TransferKind.Download));
        AssertFault(Fault.NotFound, () => registry.Start(token[..^1], TransferKind.Upload));
        AssertFault(Fault.NotFound, () => registry.Start("", TransferKind.Upload));
        Assert.Equal(TransferState.Running, registry.Start(token, TransferKind.Upload).State);
    }

    [Fact]
    public void A_token_that_is_not_used_in_time_expires_and_a_running_transfer_does_not()
    {
        var (unused, used) = (registry.OpenUpload("ada", new UploadOrder()), registry.OpenUpload("ada", new UploadOrder()));
        var token = unused.Snapshot().Token!;
        registry.Start(used.Snapshot().Token!, TransferKind.Upload);
        time.Advance(Limits.Lifetime - TimeSpan.FromTicks(1));
        Assert.Equal(TransferState.Pending, unused.State);
        time.Advance(TimeSpan.FromTicks(1));
        AssertFault(Fault.NotFound, () => registry.Start(token, TransferKind.Upload));
        var snapshot = unused.Snapshot();
        Assert.Equal((TransferState.Expired, unused.ExpiresAt, null), (snapshot.State, snapshot.EndedAt, snapshot.Token));
        Assert.Equal(TransferState.Running, used.State);
        Assert.Equal(1, registry.CountRunning());
    }

    [Fact]
    public void An_end_is_final()
    {
        var transfer = Run();
        transfer.Complete();
        var ended = transfer.Snapshot();
        time.Advance(TimeSpan.FromMinutes(1));
        transfer.Fail(new StoreException(Fault.Full, "late"));
        transfer.Cancel();
        Assert.Equal((TransferState.Completed, ended.EndedAt, null), (transfer.State, transfer.Snapshot().EndedAt, transfer.Snapshot().Error));
        Assert.False(transfer.CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public void Cancelling_stops_whoever_moves_the_bytes()
    {
        var transfer = Run();
        transfer.Cancel();
        Assert.True(transfer.CancellationToken.IsCancellationRequested);
        transfer.Complete();
        Assert.Equal(TransferState.Cancelled, transfer.State);
    }

    [Fact]
    public void A_pending_transfer_that_is_cancelled_cannot_be_used()
    {
        var transfer = registry.OpenUpload("ada", new UploadOrder());
        var token = transfer.Snapshot().Token!;
        transfer.Cancel();
        Assert.Null(transfer.Snapshot().Token);
        AssertFault(Fault.Conflict, () => registry.Start(token, TransferKind.Upload));
    }

    [Fact]
    public void There_are_no_more_than_allowed_until_some_end_or_expire()
    {
        var transfers = Enumerable.Range(0, 10).Select(_ => registry.OpenUpload("ada", new UploadOrder())).ToList();
        AssertFault(Fault.Unavailable, () => registry.OpenUpload("ada", new UploadOrder()));
        AssertFault(Fault.Unavailable, () => registry.OpenScrub("ada"));
        transfers[3].Cancel();
        registry.OpenScrub("ada");
        AssertFault(Fault.Unavailable, () => registry.OpenUpload("ada", new UploadOrder()));
        time.Advance(Limits.Lifetime);
        for (var i = 0; i < 9; i++)
        {
            registry.OpenUpload("ada", new UploadOrder());
        }

        AssertFault(Fault.Unavailable, () => registry.OpenUpload("ada", new UploadOrder()));
    }

    [Fact]
    public void Those_that_ended_are_known_for_an_hour()
    {
        var transfer = Run();
        transfer.Complete();
        registry.OpenUpload("ada", new UploadOrder());
        time.Advance(TimeSpan.FromHours(1));
        registry.OpenUpload("ada", new UploadOrder());
        Assert.Same(transfer, registry.Find(transfer.Id));
        time.Advance(TimeSpan.FromSeconds(1));
        registry.OpenUpload("ada", new UploadOrder());
        Assert.Null(registry.Find(transfer.Id));
    }

    [Fact]
    public void The_ids_of_a_download_are_not_kept_after_its_end()
    {
        var transfer = registry.OpenDownload("ada", new DownloadOrder(new BlobId[10_000], SkipMissing: false));
        transfer.Cancel();
        registry.OpenUpload("ada", new UploadOrder());
        Assert.Null(transfer.Order);
        Assert.Same(transfer, registry.Find(transfer.Id));
    }

    [Fact]
    public void No_more_ended_ones_are_remembered_than_allowed()
    {
        var small = new TransferRegistry(Limits with { MaxRemembered = 5 }, time);
        for (var i = 0; i < 100; i++)
        {
            small.OpenUpload("ada", new UploadOrder()).Cancel();
        }

        Assert.InRange(small.List(null, null, null, 1000).Page.Count, 5, 6);
    }

    [Fact]
    public void A_listing_is_newest_first_and_pages_by_cursor()
    {
        var ids = Enumerable.Range(0, 10).Select(i => registry.OpenUpload(i % 3 == 0 ? "bob" : "ada", new UploadOrder()).Id).Reverse().ToList();
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var (page, next) = registry.List(null, null, cursor, 3);
            Assert.InRange(page.Count, 1, 3);
            seen.AddRange(page.Select(one => one.Id));
            cursor = next;
        }
        while (cursor is not null);
        Assert.Equal(ids, seen);

        Assert.Equal(4, registry.List("bob", null, null, 100).Page.Count);
        registry.Find(ids[0])!.Cancel();
        Assert.Equal([ids[0]], registry.List(null, TransferState.Cancelled, null, 100).Page.Select(one => one.Id));
        Assert.Null(registry.List(null, null, null, 10).Cursor);
    }

    [Fact]
    public void A_page_goes_on_where_the_one_before_ended_also_when_new_ones_come()
    {
        var ids = Enumerable.Range(0, 4).Select(_ => registry.OpenUpload("ada", new UploadOrder()).Id).Reverse().ToList();
        var (first, cursor) = registry.List(null, null, null, 2);
        registry.OpenUpload("ada", new UploadOrder());
        Assert.Equal(ids, first.Concat(registry.List(null, null, cursor, 2).Page).Select(one => one.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public void What_no_listing_gave_is_no_cursor(string cursor)
    {
        var error = Assert.Throws<StoreException>(() => registry.List(null, null, cursor, 10));
        Assert.Equal((Fault.Invalid, "/cursor"), (error.Fault, error.Details["pointer"]));
    }

    [Fact]
    public void Progress_adds_up_from_any_thread()
    {
        var transfer = Run();
        transfer.SetTotals(1000, 100_000);
        Parallel.For(0, 1000, _ => transfer.Advance(1, 100));
        var snapshot = transfer.Snapshot();
        Assert.Equal((1000L, 100_000L, 1000L, 100_000L), (snapshot.Items, snapshot.Bytes, snapshot.TotalItems!.Value, snapshot.TotalBytes!.Value));
    }

    [Fact]
    public void The_first_corrupt_blobs_are_named_and_all_are_counted()
    {
        var transfer = registry.OpenScrub("ada");
        for (var i = 0; i < Transfer.MaxCorruptListed + 10; i++)
        {
            transfer.ReportCorrupt(BlobId.Compute(DigestFunction.Sha256, BitConverter.GetBytes(i)));
        }

        var snapshot = transfer.Snapshot();
        Assert.Equal((Transfer.MaxCorruptListed, Transfer.MaxCorruptListed + 10L), (snapshot.Corrupt.Count, snapshot.CorruptItems));
        Assert.Equal(BlobId.Compute(DigestFunction.Sha256, BitConverter.GetBytes(0)), snapshot.Corrupt[0]);
    }

    [Fact]
    public void A_scrub_runs_at_once_and_shows_no_token()
    {
        var transfer = registry.OpenScrub("ada");
        Assert.Equal((TransferState.Running, null), (transfer.State, transfer.Snapshot().Token));
    }

    private static void AssertFault(Fault fault, Action action) => Assert.Equal(fault, Assert.Throws<StoreException>(action).Fault);

    private Transfer Run() => registry.Start(registry.OpenUpload("ada", new UploadOrder()).Snapshot().Token!, TransferKind.Upload);
}
