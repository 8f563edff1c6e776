using RpcStore.Core;
using RpcStore.Core.Blobs;
using RpcStore.Digests;
using RpcStore.Tests.Support;
using Xunit;
using static RpcStore.Tests.Blobs.TestContent;

namespace RpcStore.Tests.Blobs;

/// <summary>What spec/storage-layout.md says, and what a disk does to a store.</summary>
public sealed class DirectoryBlobStoreTests : IDisposable
{
    private readonly StoreDirectory directory = new();

    private string Incoming => Path.Combine(directory.Blobs, "incoming");

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_fresh_store_holds_the_empty_blob_alone()
    {
        await using var store = await directory.OpenAsync();
        Assert.Equal([BlobId.EmptySha256], (await store.ListAsync()).Select(info => info.Id));
        var usage = await store.GetUsageAsync(default);
        Assert.Equal((1, 0), (usage.Blobs, usage.Bytes));
        Assert.InRange(usage.FreeBytes, 1, long.MaxValue - 1);
    }

    [Theory]
    [InlineData(DigestFunction.Sha256)]
    [InlineData(DigestFunction.Blake2b)]
    public async Task A_blob_is_a_read_only_file_where_the_layout_says(DigestFunction function)
    {
        await using var store = await directory.OpenAsync();
        var id = await store.PutAsync(Bytes(1000), function);
        var file = directory.FileOf(id);
        Assert.Equal(Bytes(1000), File.ReadAllBytes(file));
        Assert.Equal("-r--r-----", Tool.Run("stat", null, "-c", "%A", file).Trim());
        Assert.Equal(File.GetLastWriteTimeUtc(file), (await store.StatAsync(id))!.Value.StoredAt.UtcDateTime);
        Assert.Empty(Directory.GetFileSystemEntries(Incoming));
    }

    [Fact]
    public async Task A_store_that_is_opened_again_knows_everything()
    {
        var ids = new List<BlobId> { BlobId.EmptySha256 };
        await using (var store = await directory.OpenAsync())
        {
            for (var seed = 0; seed < 50; seed++)
            {
                ids.Add(await store.PutAsync(Bytes(seed + 1, seed), seed % 2 == 0 ? DigestFunction.Sha256 : DigestFunction.Blake2b));
            }
        }

        await using var again = await directory.OpenAsync();
        Assert.Equal(ids.Order(), (await again.ListAsync()).Select(info => info.Id));
        var usage = await again.GetUsageAsync(default);
        Assert.Equal((51, Enumerable.Range(1, 50).Sum()), (usage.Blobs, usage.Bytes));
    }

    [Fact]
    public async Task What_a_process_that_died_was_writing_is_removed_at_start()
    {
        var bytes = Bytes(600_000);
        await using (var store = await directory.OpenAsync())
        {
            // Not disposed: the process is gone.
            var batch = store.BeginBatch();
            await batch.AddAsync(IdOf(bytes), bytes);
            Assert.Single(Directory.GetFiles(Incoming));
        }

        await using var again = await directory.OpenAsync();
        Assert.Empty(Directory.GetFiles(Incoming));
        Assert.False(await again.HasAsync(IdOf(bytes)));
    }

    [Fact]
    public async Task Nothing_is_left_in_incoming_by_what_was_refused_or_given_up()
    {
        await using var store = await directory.OpenAsync();
        await using (var batch = store.BeginBatch())
        {
            await batch.AddAsync(Absent(), Bytes(600_000));
            await Assert.ThrowsAsync<EndOfStreamException>(async () =>
                await batch.AddAsync(Absent(), 600_000, new MemoryStream(Bytes(500_000)), default));
            await batch.AddAsync(IdOf(Bytes(5)), Bytes(5));
        }

        Assert.Empty(Directory.GetFiles(Incoming));
    }

    [Fact]
    public async Task What_is_no_blob_is_never_served_and_left_alone()
    {
        await using var store = await directory.OpenAsync();
        var id = await store.PutAsync(Bytes(100));
        var bucket = Path.GetDirectoryName(directory.FileOf(id))!;
        var folderId = BlobId.Parse(id.ToString()[..4] + new string('0', 60));
        var linkId = BlobId.Parse(id.ToString()[..4] + new string('1', 60));
        Directory.CreateDirectory(directory.FileOf(folderId));
        File.CreateSymbolicLink(directory.FileOf(linkId), directory.FileOf(id));
        Tool.Run("mkfifo", null, Path.Combine(bucket, new string('2', 60)));
        File.WriteAllText(Path.Combine(bucket, "notes.txt"), "hello");
        File.WriteAllText(Path.Combine(bucket, new string('G', 60)), "hello");
        File.WriteAllText(Path.Combine(directory.Blobs, "sha256", "zz"), "hello");
        Directory.CreateDirectory(Path.Combine(directory.Blobs, "sha256", "AB"));

        foreach (var no in new[] { folderId, linkId, BlobId.Parse(id.ToString()[..4] + new string('2', 60)) })
        {
            Assert.False(await store.HasAsync(no));
            Assert.Null(await store.StatAsync(no));
            Assert.Null(await store.OpenAsync(no, default));
        }

        Assert.Equal(new[] { id, BlobId.EmptySha256 }.Order(), (await store.ListAsync()).Select(info => info.Id));
        await store.DisposeAsync();
        await using var again = await directory.OpenAsync();
        Assert.Equal(2, (await again.GetUsageAsync(default)).Blobs);
        Assert.True(Directory.Exists(directory.FileOf(folderId)));
        Assert.True(File.Exists(Path.Combine(bucket, "notes.txt")));
    }

    [Fact]
    public async Task A_data_directory_that_was_taken_away_is_not_a_store_without_blobs()
    {
        await using var store = await directory.OpenAsync();
        var id = await store.PutAsync(Bytes(100));
        var blobs = directory.Blobs;
        Directory.Move(blobs, blobs + ".away");
        Directory.CreateDirectory(blobs);
        Assert.True(await store.HasAsync(id));
        await AssertUnavailableAsync(async () => await store.OpenAsync(id, default));
        await AssertUnavailableAsync(async () => await store.OpenAsync(Absent(), default));
        await AssertUnavailableAsync(async () => await store.ListAsync());
        Directory.Delete(blobs);
        await AssertUnavailableAsync(async () => await store.OpenAsync(Absent(), default));
        Directory.Move(blobs + ".away", blobs);
        Assert.True(await store.HasAsync(id));
        Assert.False(await store.HasAsync(Absent()));
    }

    [Fact]
    public async Task A_file_where_a_folder_should_be_is_an_error_and_not_an_absent_blob()
    {
        await using var store = await directory.OpenAsync();
        var id = Absent();
        File.WriteAllText(Path.Combine(directory.Blobs, "sha256", id.ToString()[..2]), "in the way");
        await AssertUnavailableAsync(async () => await store.OpenAsync(id, default));
    }

    [Fact]
    public async Task Something_in_the_place_of_a_blob_is_an_error_and_not_an_existing_blob()
    {
        await using var store = await directory.OpenAsync();
        Directory.CreateDirectory(directory.FileOf(IdOf(Bytes(5))));
        await Assert.ThrowsAsync<StoreException>(async () => await store.PutAsync(Bytes(5)));
        Assert.False(await store.HasAsync(IdOf(Bytes(5))));
    }

    [Fact]
    public async Task Folders_that_somebody_removed_are_made_again()
    {
        await using var store = await directory.OpenAsync();
        var id = await store.PutAsync(Bytes(100));
        Directory.Delete(Path.Combine(directory.Blobs, "sha256", id.ToString()[..2]), recursive: true);
        Assert.Null(await store.OpenAsync(id, default));
        Assert.False(await store.HasAsync(id));
        await store.PutAsync(Bytes(100));
        Assert.Equal(Bytes(100), await store.ReadAsync(id));
    }

    [Fact]
    public async Task Quarantined_bytes_are_kept_aside_under_id_and_time()
    {
        await using var store = await directory.OpenAsync();
        var id = await store.PutAsync(Bytes(100), DigestFunction.Blake2b);
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await store.RemoveAsync(id, BlobRemoval.Quarantine));
            await store.PutAsync(Bytes(100), DigestFunction.Blake2b);
        }

        var files = Directory.GetFiles(Path.Combine(directory.Blobs, "quarantine"));
        Assert.Equal(3, files.Length);
        Assert.All(files, file => Assert.Matches($"^{id}\\.[0-9]{{8}}T[0-9]{{9}}Z$", Path.GetFileName(file)));
        Assert.All(files, file => Assert.Equal(Bytes(100), File.ReadAllBytes(file)));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(2_000_000)]
    public async Task A_changed_file_is_found_out_and_put_aside(int size)
    {
        await using var store = new VerifyingBlobStore(await directory.OpenAsync());
        var id = await store.PutAsync(Bytes(size));
        Assert.Equal(Bytes(size), await store.ReadAsync(id));
        directory.Damage(id, file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Write) { Position = size / 2 };
            stream.WriteByte((byte)(Bytes(size)[size / 2] ^ 1));
        });
        Assert.Equal(Fault.Corrupt, (await Assert.ThrowsAsync<StoreException>(async () => await store.ReadAsync(id))).Fault);
        Assert.False(File.Exists(directory.FileOf(id)));
        Assert.Single(Directory.GetFiles(Path.Combine(directory.Blobs, "quarantine")));
        await store.PutAsync(Bytes(size));
        Assert.Equal(Bytes(size), await store.ReadAsync(id));
    }

    [Fact]
    public async Task The_usage_is_right_when_blobs_come_and_go_while_it_is_counted()
    {
        await using (var store = await directory.OpenAsync())
        {
            await using var batch = store.BeginBatch();
            for (var seed = 0; seed < 300; seed++)
            {
                await batch.AddAsync(IdOf(Bytes(10, seed)), Bytes(10, seed));
            }

            await batch.CommitAsync(default);
        }

        await using var again = await directory.OpenAsync();
        var removing = again.RemoveAsync(
            Enumerable.Range(0, 200).Select(seed => IdOf(Bytes(10, seed))).ToArray(), new bool[200], BlobRemoval.Delete, default);
        for (var seed = 1000; seed < 1050; seed++)
        {
            await again.PutAsync(Bytes(10, seed));
        }

        await removing;
        var usage = await again.GetUsageAsync(default);
        Assert.Equal((1 + 100 + 50, 1500), (usage.Blobs, usage.Bytes));
    }

    private static async Task AssertUnavailableAsync(Func<Task> action) =>
        Assert.Equal(Fault.Unavailable, (await Assert.ThrowsAsync<StoreException>(action)).Fault);
}
