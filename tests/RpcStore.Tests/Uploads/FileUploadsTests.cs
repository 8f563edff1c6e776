using System.Security.Cryptography;
using System.Text;
using RpcStore.Core;
using RpcStore.Core.Accounts;
using RpcStore.Core.Blobs;
using RpcStore.Core.Catalog;
using RpcStore.Core.Uploads;
using RpcStore.Digests;
using RpcStore.Tests.Support;
using Xunit;
using ManualTimeProvider = RpcStore.Tests.JsonRpc.Support.ManualTimeProvider;

namespace RpcStore.Tests.Uploads;

/// <summary>Files that come in blocks, on a catalog and blobs of their own.</summary>
public sealed class FileUploadsTests : IAsyncLifetime
{
    private readonly TemporaryDirectory folder = new();
    private readonly EmptyBlobStore store = new(new MemoryBlobStore());
    private CatalogDatabase catalog = null!;
    private BlobRetention retention = null!;
    private FileUploads uploads = null!;

    public async ValueTask InitializeAsync()
    {
        catalog = CatalogDatabase.Open(folder.Combine(CatalogDatabase.FileName), [.. AccountTables.Migrations, .. UploadTables.Migrations]);
        retention = new BlobRetention(new UploadReferences(catalog));
        uploads = new FileUploads(catalog, store, retention, TimeProvider.System);
        foreach (var account in (string[])["one", "two"])
        {
            await InsertAccountAsync(account);
        }
    }

    public async ValueTask DisposeAsync()
    {
        catalog.Dispose();
        await store.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_file_is_complete_when_its_blocks_make_its_hash()
    {
        var hash = HashOf("a", "b", "a");
        Assert.False((await AddAsync("a", hash, 2)).IsComplete);
        Assert.False((await AddAsync("b", hash, 1)).IsComplete);
        Assert.Equal(Fault.NotFound, (await Assert.ThrowsAsync<StoreException>(() => uploads.GetAsync(hash, readsContent: true))).Fault);
        Assert.True((await AddAsync("a", hash, 0)).IsComplete);
        Assert.Equal((3, 3L), (await ReadAsync(hash) is "aba" ? 3 : 0, (await uploads.GetAsync(hash, false)).Bytes));

        // Nothing about it changes any more; the same again is no change.
        Assert.True((await AddAsync("b", hash, 1)).IsComplete);
        Assert.Equal(Fault.Conflict, (await Assert.ThrowsAsync<StoreException>(() => AddAsync("x", hash, 1))).Fault);
        Assert.Equal(Fault.Conflict, (await Assert.ThrowsAsync<StoreException>(() => AddAsync("x", hash, 3))).Fault);
    }

    [Fact]
    public async Task A_hash_of_the_bytes_is_found_out_by_reading_them()
    {
        var hash = FileHash.FromBytes(SHA256.HashData("hello world"u8));
        await AddAsync("hello ", hash, 0);
        await AddAsync("world", hash, 1);
        await Assert.ThrowsAsync<StoreException>(() => uploads.GetAsync(hash, readsContent: false));
        Assert.True((await uploads.GetAsync(hash, readsContent: true)).IsComplete);
        Assert.True((await uploads.GetAsync(hash, readsContent: false)).IsComplete);
        Assert.Equal("hello world", await ReadAsync(hash));
    }

    [Fact]
    public async Task What_is_missing_is_what_is_not_here_or_not_in_the_file()
    {
        var hash = HashOf("a", "b");
        await AddAsync("a", hash, 0);
        await uploads.AddBlockAsync("one", Encoding.UTF8.GetBytes("b"), null);
        (BlobId Id, FilePlace? Place)[] asked =
        [
            (IdOf("a"), new FilePlace(hash, 0)), (IdOf("a"), new FilePlace(hash, 1)), (IdOf("b"), new FilePlace(hash, 1)),
            (IdOf("b"), null), (IdOf("c"), null), (IdOf("a"), new FilePlace(HashOf("a"), 0)), (IdOf("a"), new FilePlace(hash, -1)),
        ];
        var missing = new bool[asked.Length];
        await uploads.FindMissingAsync(asked, missing);
        Assert.Equal([false, true, true, false, true, true, true], missing);
    }

    [Fact]
    public async Task Two_accounts_with_the_same_file_have_it_once_and_each_their_list()
    {
        var hash = HashOf("a", "b");
        foreach (var account in (string[])["one", "two"])
        {
            await uploads.AddBlockAsync(account, "a"u8.ToArray(), new FilePlace(hash, 0));
            await uploads.AddBlockAsync(account, "b"u8.ToArray(), new FilePlace(hash, 1));
            await uploads.AddBlockAsync(account, "b"u8.ToArray(), null);
            var (blocks, total) = await uploads.ListUploadsAsync(account, 0, 10);
            Assert.Equal([(IdOf("a"), 1L), (IdOf("b"), 1L)], blocks);
            Assert.Equal(2, total);
        }

        Assert.Equal("ab", await ReadAsync(hash));
        var (page, _) = await uploads.ListUploadsAsync("one", 1, 1);
        Assert.Equal([(IdOf("b"), 1L)], page);
        Assert.Empty((await uploads.ListUploadsAsync("one", 2, 10)).Blocks);
        Assert.Equal(0, (await uploads.ListUploadsAsync("three", 0, 10)).Total);
    }

    [Fact]
    public async Task Files_in_one_piece_are_cut_and_named_by_their_bytes()
    {
        var bytes = new byte[(2 * FileUploads.BlockBytes) + 5];
        Random.Shared.NextBytes(bytes);
        var (file, newBlocks, newBytes) = await uploads.AddFileAsync("one", new MemoryStream(bytes));
        Assert.Equal(FileHash.FromBytes(SHA256.HashData(bytes)), file.Hash);
        Assert.Equal((true, 3L, bytes.Length, 3, bytes.Length), (file.IsComplete, file.Blocks, (int)file.Bytes, newBlocks, (int)newBytes));
        Assert.Equal((0, 0L), (await uploads.AddFileAsync("two", new MemoryStream(bytes))) is { } again ? (again.NewBlocks, again.NewBytes) : default);
        foreach (var (start, length) in ((int, int)[])[(0, bytes.Length), (5, 10), (FileUploads.BlockBytes - 1, 2), (bytes.Length - 6, 6), (0, 0)])
        {
            var read = new MemoryStream();
            await foreach (var piece in uploads.ReadAsync(file, start, length, static _ => { }))
            {
                read.Write(piece.Span);
            }

            Assert.Equal(bytes[start..(start + length)], read.ToArray());
        }

        // An empty file is a file.
        var empty = (await uploads.AddFileAsync("one", new MemoryStream())).File;
        Assert.Equal((true, 0L, 0L), (empty.IsComplete, empty.Blocks, empty.Bytes));
    }

    [Fact]
    public async Task Blobs_of_files_are_kept_until_no_file_has_them()
    {
        var operations = new BlobOperations(store, retention, 1 << 20);
        var (first, second) = (HashOf("a", "b"), HashOf("a", "c"));
        await AddAsync("a", first, 0);
        await AddAsync("b", first, 1);
        await AddAsync("a", second, 0);
        Assert.Equal([BlobDeletionStatus.Referenced], await operations.DeleteAsync(new[] { IdOf("a") }, force: false, CancellationToken.None));
        Assert.Equal((1, 1), await uploads.DeleteAsync(first));
        Assert.Equal([BlobDeletionStatus.Absent, BlobDeletionStatus.Referenced], await operations.DeleteAsync(new[] { IdOf("b"), IdOf("a") }, force: false, CancellationToken.None));
        Assert.Equal((1, 1), await uploads.DeleteAsync(second));
        Assert.Equal(Fault.NotFound, (await Assert.ThrowsAsync<StoreException>(() => uploads.DeleteAsync(second))).Fault);
        Assert.Empty((await uploads.ListUploadsAsync("one", 0, 10)).Blocks);
    }

    [Fact]
    public async Task An_account_that_has_files_stays_and_its_name_tells_nothing_to_the_next_one()
    {
        var (file, _, _) = await uploads.AddFileAsync("one", new MemoryStream("a"u8.ToArray()));
        Assert.Equal(Fault.Conflict, (await Assert.ThrowsAsync<StoreException>(() => DeleteAccountAsync("one"))).Fault);
        await uploads.DeleteAsync(file.Hash);
        await uploads.AddBlockAsync("one", "b"u8.ToArray(), null);
        await DeleteAccountAsync("one");
        await InsertAccountAsync("one");
        Assert.Equal(0, (await uploads.ListUploadsAsync("one", 0, 10)).Total);
        Assert.Equal(Fault.NotFound, (await Assert.ThrowsAsync<StoreException>(() => uploads.AddBlockAsync("gone", "c"u8.ToArray(), null))).Fault);
    }

    /// <summary>Whoever deletes and whoever uploads at the same time: a file that is complete has all of its blobs.</summary>
    [Fact]
    public async Task Uploads_and_deletions_at_once_lose_nothing()
    {
        var operations = new BlobOperations(store, retention, 1 << 20);
        var hash = HashOf("a", "b", "c");
        using var stop = new CancellationTokenSource();
        var deleting = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await operations.DeleteAsync(new[] { IdOf("a"), IdOf("b"), IdOf("c") }, force: false, CancellationToken.None);
            }
        });
        for (var round = 0; round < 100; round++)
        {
            await Task.WhenAll(AddAsync("a", hash, 0), AddAsync("b", hash, 1), AddAsync("c", hash, 2));
            Assert.Equal("abc", await ReadAsync(hash));
            await uploads.DeleteAsync(hash);
        }

        await stop.CancelAsync();
        await deleting;
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(FileUploads.MaxBlocks)]
    [InlineData(long.MaxValue)]
    public async Task Places_that_no_file_has_are_refused_before_anything_is_stored(long place)
    {
        var refusal = await Assert.ThrowsAsync<StoreException>(() => AddAsync("a", HashOf("a"), place));
        Assert.Equal((Fault.Invalid, "/idx"), (refusal.Fault, refusal.Details["pointer"]));
        var present = new bool[1];
        await store.FindAsync(new[] { IdOf("a") }, present, CancellationToken.None);
        Assert.False(present[0]);
    }

    [Fact]
    public async Task Downloads_are_counted_in_memory_and_written_together()
    {
        var time = new ManualTimeProvider();
        var counter = new DownloadCounter(catalog, time);
        for (var i = 0; i < 3; i++)
        {
            counter.Count(IdOf("a"));
        }

        Assert.Equal(3, await counter.GetAsync(IdOf("a")));
        Assert.Equal(0, await new DownloadCounter(catalog, time).GetAsync(IdOf("a")));
        await counter.WriteAsync();
        counter.Count(IdOf("a"));
        Assert.Equal(4, await counter.GetAsync(IdOf("a")));
        await counter.WriteAsync();
        await counter.WriteAsync();
        Assert.Equal(4, await new DownloadCounter(catalog, time).GetAsync(IdOf("a")));
        Assert.Equal(0, await counter.GetAsync(IdOf("b")));
    }

    [Fact]
    public async Task Pages_are_the_whole_list_whatever_their_length()
    {
        foreach (var i in Enumerable.Range(0, 57))
        {
            await uploads.AddBlockAsync("one", Encoding.UTF8.GetBytes($"block {i}"), null);
        }

        await using (var batch = store.BeginBatch())
        {
            await batch.AddAsync(BlobId.Compute(DigestFunction.Sha256, "no block"u8), null, new MemoryStream("no block"u8.ToArray()), CancellationToken.None);
            await batch.CommitAsync(CancellationToken.None);
        }

        var pages = new BlockPages(store, TimeProvider.System);
        var expected = Enumerable.Range(0, 57).Select(i => IdOf($"block {i}")).Order().ToArray();
        foreach (var size in (int[])[1, 7, 50, 57, 100])
        {
            var listed = new List<BlobId>();
            for (var skip = 0; await pages.ListAsync(skip, size) is { Count: > 0 } page; skip += size)
            {
                listed.AddRange(page);
            }

            Assert.Equal(expected, listed);
        }

        Assert.Equal(57, await pages.CountAsync());
        await uploads.AddBlockAsync("one", "one more"u8.ToArray(), null);
        Assert.Equal(58, await pages.CountAsync());
        Assert.Equal([.. expected.Append(IdOf("one more")).Order().Skip(50).Take(5)], await pages.ListAsync(50, 5));
        Assert.Empty(await pages.ListAsync(long.MaxValue, 100));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("00", false)]
    [InlineData("00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff", true)]
    [InlineData("00112233445566778899aabbccddeeff00112233445566778899aabbccddeefg", false)]
    [InlineData("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff0", false)]
    [InlineData("../../../../../../../../../../../../../../../../../../../../../..", false)]
    public void Hashes_are_64_hex_digits(string text, bool isHash)
    {
        Assert.Equal(isHash, FileHash.TryParse(text, out var file));
        Assert.Equal(isHash, BlockHash.TryParse(text, out var block));
        if (isHash)
        {
            Assert.Equal((text.ToLowerInvariant(), text.ToLowerInvariant()), (file.ToString(), block.ToHex()));
            Assert.Equal("blake2b-" + text.ToLowerInvariant(), block.ToString());
        }
    }

    private static BlobId IdOf(string text) => BlobId.Compute(DigestFunction.Blake2b, Encoding.UTF8.GetBytes(text));

    private static FileHash HashOf(params string[] blocks) =>
        FileHash.FromBytes(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(blocks.Select(block => IdOf(block).ToHex())))));

    private async Task<UploadedFile> AddAsync(string block, FileHash file, long place) =>
        (await uploads.AddBlockAsync("one", Encoding.UTF8.GetBytes(block), new FilePlace(file, place))).File!;

    private async Task<string> ReadAsync(FileHash hash)
    {
        var file = await uploads.GetAsync(hash, readsContent: false);
        var bytes = new MemoryStream();
        await foreach (var piece in uploads.ReadAsync(file, 0, file.Bytes, static _ => { }))
        {
            bytes.Write(piece.Span);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private Task InsertAccountAsync(string name) => catalog.WriteAsync(session => session.Prepare(
        "insert into accounts (id, name, role, disabled, version, created_at, updated_at) values (@id, @name, 'user', 0, 1, 0, 0)")
        .Bind("@id", Guid.NewGuid().ToString()).Bind("@name", name).Execute());

    private Task DeleteAccountAsync(string name) => catalog.WriteAsync(
        session => session.Prepare("delete from accounts where name = @name").Bind("@name", name).Execute());
}
