using System.Formats.Tar;
using System.IO.Pipelines;
using RpcStore.Core;
using RpcStore.Core.Blobs;
using RpcStore.Core.Blobs.Tar;
using RpcStore.Digests;
using RpcStore.Tests.Support;
using Xunit;
using static RpcStore.Tests.Blobs.TestContent;

namespace RpcStore.Tests.Blobs.Tar;

/// <summary>What spec/tar-batch.md says of batches that go out.</summary>
public sealed class BatchExportTests : IAsyncDisposable
{
    private readonly MemoryBlobStore inner = new();
    private readonly IBlobStore store;

    public BatchExportTests() => store = new EmptyBlobStore(new VerifyingBlobStore(inner));

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task The_framework_and_gnu_tar_read_what_is_written_in_the_order_asked()
    {
        var sizes = new[] { 0, 1, 511, 512, 513, 10_240, 300_000, 2_000_000 };
        var ids = new List<BlobId> { BlobId.EmptyBlake2b };
        foreach (var size in sizes)
        {
            ids.Add(await store.PutAsync(Bytes(size), size % 2 == 0 ? DigestFunction.Sha256 : DigestFunction.Blake2b));
        }

        ids.Reverse();
        var tar = await ExportAsync([.. ids]);
        using var reader = new TarReader(new MemoryStream(tar));
        foreach (var id in ids)
        {
            var entry = reader.GetNextEntry()!;
            Assert.Equal(id.ToString(), entry.Name);
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            Assert.Equal(id, BlobId.Compute(id.Function, content.ToArray()));
            Assert.Equal((DateTimeOffset.UnixEpoch, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead), (entry.ModificationTime, entry.Mode));
        }

        Assert.Null(reader.GetNextEntry());
        Assert.Equal(ids.Select(id => id.ToString()), Tool.Run("tar", tar, "-tf", "-").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task The_same_ids_give_the_same_bytes_and_the_length_that_was_planned()
    {
        var ids = new[] { await store.PutAsync(Bytes(1000)), await store.PutAsync(Bytes(70_000)), BlobId.EmptySha256 };
        var tar = await ExportAsync(ids);
        Assert.Equal(tar, await ExportAsync(ids));
        var plan = await new BatchExport(store).PlanAsync(ids, skipMissing: false, default);
        Assert.Equal((3, 71_000, tar.LongLength), (plan.Items, plan.Bytes, plan.TarBytes));
    }

    [Fact]
    public async Task What_goes_out_comes_in_again()
    {
        var ids = new List<BlobId>();
        for (var seed = 0; seed < 50; seed++)
        {
            ids.Add(await store.PutAsync(Bytes(seed * 100, seed)));
        }

        await using var copy = new MemoryBlobStore();
        var outcome = await new BatchIngest(copy, new BatchLimits(1 << 20, 100, 1 << 30)).RunAsync(
            new MemoryStream(await ExportAsync([.. ids])), new OutcomeList(), static (_, _) => { }, default);
        Assert.Equal((50, null), (outcome.Stored, outcome.Error));
    }

    [Fact]
    public async Task What_is_missing_is_named_before_anything_is_sent()
    {
        var id = await store.PutAsync(Bytes(5));
        var ids = Enumerable.Range(0, 6000).Select(Absent).Prepend(id).ToArray();
        var error = await Assert.ThrowsAsync<BlobsMissingException>(async () => await new BatchExport(store).PlanAsync(ids, skipMissing: false, default));
        Assert.Equal(6000, error.Count);
        Assert.Equal(ids[1..101], error.Missing.ToArray());
    }

    [Fact]
    public async Task What_is_missing_or_corrupt_can_be_left_out()
    {
        var (good, bad) = (await store.PutAsync(Bytes(5)), await store.PutAsync(Bytes(6)));
        inner.Corrupt(bad, [1]);
        var tar = await ExportAsync([bad, Absent(), good], skipMissing: true);
        using var reader = new TarReader(new MemoryStream(tar));
        Assert.Equal(good.ToString(), reader.GetNextEntry()!.Name);
        Assert.Null(reader.GetNextEntry());
    }

    [Theory]
    [InlineData(6)]
    [InlineData(2_000_000)]
    public async Task A_corrupt_blob_breaks_the_tar_instead_of_ending_it(int size)
    {
        var (good, bad) = (await store.PutAsync(Bytes(5)), await store.PutAsync(Bytes(size)));
        var wrong = Bytes(size);
        wrong[0] ^= 1;
        inner.Corrupt(bad, wrong);
        var output = new MemoryStream();
        var error = await Assert.ThrowsAsync<StoreException>(() => ExportAsync([good, bad, good], output: output));
        Assert.Equal(Fault.Corrupt, error.Fault);
        Assert.False(await store.HasAsync(bad));
    }

    [Fact]
    public async Task A_blob_that_was_deleted_since_the_plan_breaks_the_tar()
    {
        var id = await store.PutAsync(Bytes(5));
        var export = new BatchExport(store);
        var plan = await export.PlanAsync(new[] { id }, skipMissing: false, default);
        await store.RemoveAsync(id);
        var error = await Assert.ThrowsAsync<StoreException>(async () =>
            await export.WriteAsync(plan, PipeWriter.Create(new MemoryStream()), static (_, _) => { }, default));
        Assert.Equal(Fault.NotFound, error.Fault);
    }

    [Fact]
    public async Task A_blob_that_lost_all_of_its_bytes_is_not_sent_as_an_empty_one()
    {
        var id = await store.PutAsync(Bytes(5));
        inner.Corrupt(id, []);
        var error = await Assert.ThrowsAsync<StoreException>(() => ExportAsync([id]));
        Assert.Equal(Fault.Corrupt, error.Fault);
    }

    [Fact]
    public async Task Progress_counts_blobs_and_bytes()
    {
        var ids = new[] { await store.PutAsync(Bytes(5)), await store.PutAsync(Bytes(600_000)) };
        var (items, bytes) = (0L, 0L);
        var export = new BatchExport(store);
        var output = PipeWriter.Create(new MemoryStream());
        await export.WriteAsync(await export.PlanAsync(ids, false, default), output, (i, b) => (items, bytes) = (items + i, bytes + b), default);
        Assert.Equal((2, 600_005), (items, bytes));
    }

    private async Task<byte[]> ExportAsync(BlobId[] ids, bool skipMissing = false, MemoryStream? output = null)
    {
        output ??= new MemoryStream();
        var export = new BatchExport(store);
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        await export.WriteAsync(await export.PlanAsync(ids, skipMissing, default), pipe, static (_, _) => { }, default);
        await pipe.CompleteAsync();
        return output.ToArray();
    }
}
