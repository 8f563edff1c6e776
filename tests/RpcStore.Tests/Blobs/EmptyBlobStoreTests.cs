using RpcStore.Core.Blobs;
using RpcStore.Digests;
using RpcStore.Tests.Support;
using Xunit;
using static RpcStore.Tests.Blobs.TestContent;

namespace RpcStore.Tests.Blobs;

public sealed class EmptyBlobStoreTests : IAsyncDisposable
{
    private readonly ManualTimeProvider time = new();
    private readonly MemoryBlobStore inner = new();
    private readonly EmptyBlobStore store;

    public EmptyBlobStoreTests() => store = new EmptyBlobStore(inner, time);

    public static TheoryData<string> EmptyIds => [BlobId.EmptySha256.ToString(), BlobId.EmptyBlake2b.ToString()];

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Theory]
    [MemberData(nameof(EmptyIds))]
    public async Task The_empty_blob_is_here_without_being_stored(string text)
    {
        var id = BlobId.Parse(text);
        Assert.True(await store.HasAsync(id));
        Assert.Equal(new BlobInfo(id, 0, time.GetUtcNow()), await store.StatAsync(id));
        Assert.Empty((await store.ReadAsync(id))!);
        Assert.Empty(await store.ListAsync());
    }

    [Theory]
    [MemberData(nameof(EmptyIds))]
    public async Task The_empty_blob_is_not_stored_and_not_removed(string text)
    {
        var id = BlobId.Parse(text);
        await using var batch = store.BeginBatch();
        Assert.Equal(BlobAddStatus.Existing, (await batch.AddAsync(id, [])).Status);
        Assert.Equal(new BlobAddResult(BlobAddStatus.Mismatch, 3, BlobId.Compute(id.Function, [1, 2, 3])), await batch.AddAsync(id, [1, 2, 3]));
        await batch.CommitAsync(default);
        Assert.False(await inner.HasAsync(id));
        Assert.False(await store.RemoveAsync(id));
        Assert.True(await store.HasAsync(id));
    }

    [Fact]
    public async Task Others_are_removed_around_it()
    {
        var (a, b) = (await store.PutAsync(Bytes(10, 1)), await store.PutAsync(Bytes(10, 2)));
        var removed = new bool[5];
        await store.RemoveAsync(new[] { BlobId.EmptySha256, a, Absent(), BlobId.EmptyBlake2b, b }, removed, BlobRemoval.Delete, default);
        Assert.Equal([false, true, false, false, true], removed);
        Assert.True(await store.HasAsync(BlobId.EmptySha256));
    }

    [Fact]
    public async Task What_the_store_behind_knows_of_it_is_told()
    {
        await inner.PutAsync([]);
        Assert.Equal(await inner.StatAsync(BlobId.EmptySha256), await store.StatAsync(BlobId.EmptySha256));
        Assert.Single(await store.ListAsync());
    }

    [Fact]
    public async Task A_file_in_its_place_that_is_not_empty_is_never_seen()
    {
        await inner.PutAsync([]);
        inner.Corrupt(BlobId.EmptySha256, [1]);
        Assert.Equal(0, (await store.StatAsync(BlobId.EmptySha256))!.Value.Size);
        Assert.Empty((await store.ReadAsync(BlobId.EmptySha256))!);
    }
}
