using RpcStore.Core;
using RpcStore.Core.Blobs;
using RpcStore.Digests;
using Xunit;
using static RpcStore.Tests.Blobs.TestContent;

namespace RpcStore.Tests.Blobs;

/// <summary>What every store has to do, decorated ones included. A store passes it by giving a fresh one of itself.</summary>
public abstract class BlobStoreExam : IAsyncLifetime
{
    protected const int MaxBlobBytes = 8 << 20;

    /// <summary>The store examined, fresh.</summary>
    protected IBlobStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await CreateAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    // Around every size at which stores change what they do: a page, a buffer, what is verified whole, a tail.
    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData((256 << 10) - 1)]
    [InlineData(256 << 10)]
    [InlineData((256 << 10) + 1)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData((3 << 20) + 17)]
    public async Task What_was_stored_is_found_and_read(int size)
    {
        foreach (var function in new[] { DigestFunction.Sha256, DigestFunction.Blake2b })
        {
            var bytes = Bytes(size);
            var id = await Store.PutAsync(bytes, function);
            Assert.True(await Store.HasAsync(id));
            var info = await Store.StatAsync(id);
            Assert.Equal((id, size), (info!.Value.Id, (int)info.Value.Size));
            Assert.InRange(info.Value.StoredAt, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
            Assert.Equal(bytes, await Store.ReadAsync(id));
        }
    }

    [Fact]
    public async Task What_was_not_stored_is_absent_everywhere()
    {
        Assert.False(await Store.HasAsync(Absent()));
        Assert.Null(await Store.StatAsync(Absent()));
        Assert.Null(await Store.OpenAsync(Absent(), default));
        Assert.False(await Store.RemoveAsync(Absent()));
    }

    [Fact]
    public async Task Answers_keep_the_order_and_the_repetitions_of_what_was_asked()
    {
        var id = await Store.PutAsync(Bytes(10));
        var ids = new[] { id, Absent(), id, Absent(), Absent(1) };
        var present = new bool[ids.Length];
        present.AsSpan().Fill(true);
        await Store.FindAsync(ids, present, default);
        Assert.Equal([true, false, true, false, false], present);
        var infos = new BlobInfo?[ids.Length];
        await Store.StatAsync(ids, infos, default);
        Assert.Equal([10L, null, 10L, null, null], infos.Select(info => info?.Size));
    }

    [Fact]
    public async Task Nothing_is_visible_before_the_commit_and_everything_after()
    {
        var contents = Enumerable.Range(0, 40).Select(seed => Bytes(1000 * seed + 1, seed)).ToArray();
        await using var batch = Store.BeginBatch();
        foreach (var bytes in contents)
        {
            Assert.Equal(BlobAddStatus.Stored, (await batch.AddAsync(IdOf(bytes), bytes)).Status);
            Assert.False(await Store.HasAsync(IdOf(bytes)));
        }

        await batch.CommitAsync(default);
        foreach (var bytes in contents)
        {
            Assert.Equal(bytes, await Store.ReadAsync(IdOf(bytes)));
        }
    }

    [Fact]
    public async Task A_batch_that_is_not_committed_leaves_nothing()
    {
        var bytes = Bytes(500_000);
        await using (var batch = Store.BeginBatch())
        {
            await batch.AddAsync(IdOf(bytes), bytes);
        }

        Assert.False(await Store.HasAsync(IdOf(bytes)));
        await Store.PutAsync(bytes);
        Assert.Equal(bytes, await Store.ReadAsync(IdOf(bytes)));
    }

    [Fact]
    public async Task A_batch_can_be_used_on_after_its_commit()
    {
        await using var batch = Store.BeginBatch();
        for (var seed = 0; seed < 3; seed++)
        {
            await batch.CommitAsync(default);
            await batch.AddAsync(IdOf(Bytes(5, seed)), Bytes(5, seed));
            await batch.AddAsync(IdOf(Bytes(6, seed)), Bytes(6, seed));
            await batch.CommitAsync(default);
            Assert.True(await Store.HasAsync(IdOf(Bytes(6, seed))));
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(300_000)]
    [InlineData(2_000_000)]
    public async Task Bytes_with_another_digest_are_not_kept_and_the_batch_goes_on(int size)
    {
        var (right, wrong) = (Bytes(size, 1), Bytes(size, 2));
        await using var batch = Store.BeginBatch();
        var result = await batch.AddAsync(IdOf(right), wrong);
        Assert.Equal(new BlobAddResult(BlobAddStatus.Mismatch, size, IdOf(wrong)), result);
        await batch.AddAsync(IdOf(Bytes(7)), Bytes(7));
        await batch.CommitAsync(default);
        Assert.False(await Store.HasAsync(IdOf(right)));
        Assert.False(await Store.HasAsync(IdOf(wrong)));
        Assert.True(await Store.HasAsync(IdOf(Bytes(7))));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(700_000)]
    public async Task What_exists_is_read_to_its_end_and_not_stored_again(int size)
    {
        var bytes = Bytes(size);
        await Store.PutAsync(bytes);
        var before = await Store.StatAsync(IdOf(bytes));
        await using var batch = Store.BeginBatch();
        foreach (var known in new long?[] { size, null })
        {
            var content = new FaultyStream(bytes, 1000);
            var result = await batch.AddAsync(IdOf(bytes), known, content, default);
            Assert.Equal((BlobAddStatus.Existing, (long)size), (result.Status, result.Size));
            Assert.Equal(size, content.Position);
        }

        await batch.CommitAsync(default);
        Assert.Equal(before, await Store.StatAsync(IdOf(bytes)));
    }

    [Fact]
    public async Task What_exists_with_another_length_is_a_mismatch()
    {
        await Store.PutAsync(Bytes(100));
        await using var batch = Store.BeginBatch();
        var result = await batch.AddAsync(IdOf(Bytes(100)), Bytes(101, 5));
        Assert.Equal(new BlobAddResult(BlobAddStatus.Mismatch, 101, IdOf(Bytes(101, 5))), result);
        Assert.Equal(Bytes(100), await Store.ReadAsync(IdOf(Bytes(100))));
    }

    [Fact]
    public async Task What_comes_twice_in_a_batch_is_stored_once()
    {
        var bytes = Bytes(1000);
        await using var batch = Store.BeginBatch();
        Assert.Equal(BlobAddStatus.Stored, (await batch.AddAsync(IdOf(bytes), bytes)).Status);
        Assert.Equal(BlobAddStatus.Existing, (await batch.AddAsync(IdOf(bytes), bytes)).Status);
        await batch.CommitAsync(default);
        Assert.Equal(bytes, await Store.ReadAsync(IdOf(bytes)));
    }

    [Theory]
    [InlineData(1, 3000)]
    [InlineData(1000, 3000)]
    [InlineData(70_000, 900_000)]
    public async Task Content_may_come_in_pieces_and_without_a_size(int piece, int size)
    {
        var bytes = Bytes(size);
        await using var batch = Store.BeginBatch();
        var result = await batch.AddAsync(IdOf(bytes), null, new FaultyStream(bytes, piece), default);
        Assert.Equal(new BlobAddResult(BlobAddStatus.Stored, size, IdOf(bytes)), result);
        await batch.CommitAsync(default);
        Assert.Equal(bytes, await Store.ReadAsync(IdOf(bytes)));
    }

    [Theory]
    [InlineData(3000)]
    [InlineData(600_000)]
    public async Task No_more_is_read_than_the_size_says(int size)
    {
        var bytes = Bytes(size + 5);
        var content = new MemoryStream(bytes);
        await using var batch = Store.BeginBatch();
        await batch.AddAsync(IdOf(bytes[..size]), size, content, default);
        Assert.Equal(size, content.Position);
    }

    [Theory]
    [InlineData(3000)]
    [InlineData(600_000)]
    public async Task Content_that_ends_early_is_an_error_and_the_batch_goes_on(int size)
    {
        var bytes = Bytes(size);
        await using var batch = Store.BeginBatch();
        await Assert.ThrowsAsync<EndOfStreamException>(async () =>
            await batch.AddAsync(IdOf(bytes), size, new MemoryStream(bytes, 0, size - 1), default));
        await AssertGoesOnAsync(batch, IdOf(bytes));
    }

    [Theory]
    [InlineData(3000, 0)]
    [InlineData(600_000, 500_000)]
    public async Task An_error_of_the_content_passes_through_and_the_batch_goes_on(int size, int faultAt)
    {
        var bytes = Bytes(size);
        await using var batch = Store.BeginBatch();
        var content = new FaultyStream(bytes, 1000, faultAt, () => throw new IOException("the cable"));
        var error = await Assert.ThrowsAsync<IOException>(async () => await batch.AddAsync(IdOf(bytes), size, content, default));
        Assert.Equal("the cable", error.Message);
        await AssertGoesOnAsync(batch, IdOf(bytes));
    }

    [Theory]
    [InlineData(3000, 1000)]
    [InlineData(600_000, 500_000)]
    public async Task A_write_that_is_cancelled_keeps_nothing_and_the_batch_goes_on(int size, int cancelAt)
    {
        var bytes = Bytes(size);
        using var cancellation = new CancellationTokenSource();
        await using var batch = Store.BeginBatch();
        var content = new FaultyStream(bytes, 1000, cancelAt, cancellation.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await batch.AddAsync(IdOf(bytes), size, content, cancellation.Token));
        await AssertGoesOnAsync(batch, IdOf(bytes));
    }

    [Fact]
    public async Task A_blob_that_is_too_large_is_refused()
    {
        await using var batch = Store.BeginBatch();
        var announced = await Assert.ThrowsAsync<StoreException>(async () =>
            await batch.AddAsync(Absent(), MaxBlobBytes + 1L, Stream.Null, default));
        Assert.Equal((Fault.TooLarge, "maxBlobBytes"), (announced.Fault, announced.Details["limit"]));
        var bytes = Bytes(MaxBlobBytes + 1);
        var found = await Assert.ThrowsAsync<StoreException>(async () =>
            await batch.AddAsync(IdOf(bytes), null, new MemoryStream(bytes), default));
        Assert.Equal(Fault.TooLarge, found.Fault);
        await AssertGoesOnAsync(batch, IdOf(bytes));
    }

    [Fact]
    public async Task Batches_that_race_with_the_same_blobs_all_succeed()
    {
        var contents = Enumerable.Range(0, 30).Select(seed => Bytes(2000, seed)).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(racer => Task.Run(async () =>
        {
            await using var batch = Store.BeginBatch();
            foreach (var bytes in contents.Skip(racer).Concat(contents.Take(racer)))
            {
                Assert.NotEqual(BlobAddStatus.Mismatch, (await batch.AddAsync(IdOf(bytes), bytes)).Status);
            }

            await batch.CommitAsync(default);
            Assert.All(contents, bytes => Assert.True(Store.HasAsync(IdOf(bytes)).GetAwaiter().GetResult()));
        })));
        var list = await Store.ListAsync();
        Assert.All(contents, bytes => Assert.Single(list, info => info.Id == IdOf(bytes)));
        foreach (var bytes in contents)
        {
            Assert.Equal(bytes, await Store.ReadAsync(IdOf(bytes)));
        }
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(2_000_000)]
    public async Task Any_range_can_be_read(int size)
    {
        var bytes = Bytes(size);
        var id = await Store.PutAsync(bytes);
        await using var reader = (await Store.OpenAsync(id, default))!;
        var random = new Random(size);
        for (var i = 0; i < 30; i++)
        {
            var offset = random.Next(0, size);
            var buffer = new byte[random.Next(1, 5000)];
            var read = await reader.ReadAsync(offset, buffer, default);
            Assert.InRange(read, 1, buffer.Length);
            Assert.Equal(bytes.AsSpan(offset, read).ToArray(), buffer[..read]);
        }

        Assert.Equal(0, await reader.ReadAsync(size, new byte[10], default));
        Assert.Equal(0, await reader.ReadAsync(long.MaxValue, new byte[10], default));
        Assert.Equal(bytes, await reader.ReadToEndAsync());
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(2_000_000)]
    public async Task What_is_open_can_be_read_after_it_was_removed(int size)
    {
        var id = await Store.PutAsync(Bytes(size));
        await using var reader = (await Store.OpenAsync(id, default))!;
        Assert.True(await Store.RemoveAsync(id));
        Assert.Equal(Bytes(size), await reader.ReadToEndAsync());
    }

    [Theory]
    [InlineData(BlobRemoval.Delete)]
    [InlineData(BlobRemoval.Quarantine)]
    public async Task What_was_removed_is_gone_and_can_be_stored_again(BlobRemoval removal)
    {
        var (kept, gone) = (await Store.PutAsync(Bytes(10, 1)), await Store.PutAsync(Bytes(10, 2)));
        var removed = new bool[3];
        await Store.RemoveAsync(new[] { gone, Absent(), gone }, removed, removal, default);
        Assert.Equal([true, false, false], removed);
        Assert.Null(await Store.ReadAsync(gone));
        Assert.False(await Store.HasAsync(gone));
        Assert.True(await Store.HasAsync(kept));
        await Store.PutAsync(Bytes(10, 2));
        Assert.Equal(Bytes(10, 2), await Store.ReadAsync(gone));
    }

    [Fact]
    public async Task A_listing_is_in_order_and_can_begin_anywhere()
    {
        var ids = new List<BlobId>();
        for (var seed = 0; seed < 60; seed++)
        {
            ids.Add(await Store.PutAsync(Bytes(20, seed), seed % 3 == 0 ? DigestFunction.Blake2b : DigestFunction.Sha256));
        }

        ids.Sort();
        var all = (await Store.ListAsync()).Where(info => info.Size > 0).ToList();
        Assert.Equal(ids, all.Select(info => info.Id));
        Assert.All(all, info => Assert.Equal(20, info.Size));
        for (var i = 0; i < ids.Count; i += 7)
        {
            Assert.Equal(ids.Skip(i + 1), (await Store.ListAsync(ids[i])).Where(info => info.Size > 0).Select(info => info.Id));
        }

        Assert.Equal(ids.Where(id => id > Absent()), (await Store.ListAsync(Absent())).Where(info => info.Size > 0).Select(info => info.Id));
    }

    [Fact]
    public async Task A_listing_can_be_limited_to_a_prefix()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            await Store.PutAsync(Bytes(20, seed), seed % 3 == 0 ? DigestFunction.Blake2b : DigestFunction.Sha256);
        }

        var all = (await Store.ListAsync()).Select(info => info.Id.ToString()).ToList();
        var (first, last) = (all[0], all[^1]);
        var prefixes = new[] { "", "b", "bl", "blake2b", "blake2b-", "0", "f", "g", "blake2s", first, first[..1], first[..3], first[..4], first[..9], last, last[..9], last[..11], last[..13], last + "0" };
        foreach (var prefix in prefixes)
        {
            Assert.Equal(
                all.Where(text => text.StartsWith(prefix, StringComparison.Ordinal)),
                (await Store.ListAsync(null, prefix)).Select(info => info.Id.ToString()));
        }

        Assert.Empty(await Store.ListAsync(BlobId.Parse(last), first));
    }

    [Fact]
    public async Task A_listing_that_is_left_early_does_no_harm()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            await Store.PutAsync(Bytes(20, seed));
        }

        await foreach (var info in Store.ListAsync(null, "", default))
        {
            Assert.True(await Store.RemoveAsync(info.Id) || info.Size == 0);
            break;
        }

        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await cancellation.CancelAsync();
            await foreach (var info in Store.ListAsync(null, "", cancellation.Token))
            {
                Assert.NotEqual(default, info);
            }
        });
    }

    [Fact]
    public async Task The_usage_follows_what_is_stored_and_removed()
    {
        var before = await Store.GetUsageAsync(default);
        await Store.PutAsync(Bytes(100, 1));
        var gone = await Store.PutAsync(Bytes(1000, 2));
        await Store.PutAsync(Bytes(100, 1));
        await Store.PutAsync(Bytes(10_000, 3), DigestFunction.Blake2b);
        var full = await Store.GetUsageAsync(default);
        Assert.Equal((before.Blobs + 3, before.Bytes + 11_100), (full.Blobs, full.Bytes));
        Assert.True(full.FreeBytes > 0);
        await Store.RemoveAsync(gone);
        await Store.RemoveAsync(gone);
        var after = await Store.GetUsageAsync(default);
        Assert.Equal((before.Blobs + 2, before.Bytes + 10_100), (after.Blobs, after.Bytes));
    }

    [Fact]
    public async Task Bytes_whose_id_was_just_computed_are_stored_like_others()
    {
        var (bytes, here) = (Bytes(30_000, 41), Bytes(20, 42));
        await Store.PutAsync(here);
        await using (var batch = Store.BeginBatch())
        {
            Assert.Equal(BlobAddStatus.Stored, await batch.AddHashedAsync(IdOf(bytes), bytes, default));
            Assert.Equal(BlobAddStatus.Existing, await batch.AddHashedAsync(IdOf(bytes), bytes, default));
            Assert.Equal(BlobAddStatus.Existing, await batch.AddHashedAsync(IdOf(here), here, default));
            var large = new byte[MaxBlobBytes + 1];
            var refused = await Assert.ThrowsAsync<StoreException>(async () => await batch.AddHashedAsync(IdOf(large), large, default));
            Assert.Equal(Fault.TooLarge, refused.Fault);
            Assert.False(await Store.HasAsync(IdOf(bytes)));
            await batch.CommitAsync(default);
        }

        Assert.Equal(bytes, await Store.ReadAsync(IdOf(bytes)));
    }

    [Fact]
    public async Task Calls_that_are_cancelled_already_do_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        var id = await Store.PutAsync(Bytes(10));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.FindAsync(new[] { id }, new bool[1], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.StatAsync(new[] { id }, new BlobInfo?[1], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.OpenAsync(id, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Store.RemoveAsync(new[] { id }, new bool[1], BlobRemoval.Delete, cancelled));
        await using var batch = Store.BeginBatch();
        await batch.AddAsync(IdOf(Bytes(11)), Bytes(11));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await batch.CommitAsync(cancelled));
        Assert.True(await Store.HasAsync(id));
        Assert.False(await Store.HasAsync(IdOf(Bytes(11))));
    }

    [Fact]
    public async Task Writers_readers_and_removers_never_see_a_blob_that_is_not_whole()
    {
        var contents = Enumerable.Range(0, 6).Select(seed => Bytes(30_000, seed)).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 40; i++)
            {
                var bytes = contents[random.Next(contents.Length)];
                if (random.Next(3) == 0)
                {
                    await Store.RemoveAsync(IdOf(bytes));
                }
                else
                {
                    await Store.PutAsync(bytes);
                }

                Assert.True(await Store.ReadAsync(IdOf(bytes)) is not { } read || read.AsSpan().SequenceEqual(bytes));
            }
        })));

        var usage = await Store.GetUsageAsync(default);
        var list = await Store.ListAsync();
        Assert.Equal((list.Count, list.Sum(info => info.Size)), (usage.Blobs, usage.Bytes));
    }

    /// <summary>A fresh store that takes blobs of up to <see cref="MaxBlobBytes"/>.</summary>
    protected abstract Task<IBlobStore> CreateAsync();

    private async Task AssertGoesOnAsync(BlobWriteBatch batch, BlobId failed)
    {
        await batch.AddAsync(IdOf(Bytes(7)), Bytes(7));
        await batch.CommitAsync(default);
        Assert.True(await Store.HasAsync(IdOf(Bytes(7))));
        Assert.False(await Store.HasAsync(failed));
    }
}
