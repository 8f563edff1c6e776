using RpcStore.Core.Accounts;
using RpcStore.Core.Blobs;
using RpcStore.Core.Catalog;
using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Blocks;
using RpcStore.Core.Flists.Registry;
using RpcStore.Digests;
using RpcStore.Tests.Blobs;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Flists.Registry;

/// <summary>Flists on a catalog, a folder and blobs of their own.</summary>
internal sealed class FlistsUnderTest : IAsyncDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly List<Exception> failures = [];

    private FlistsUnderTest(IBlobStore blobs) => Blobs = blobs;

    public IBlobStore Blobs { get; }

    public CatalogDatabase Catalog { get; private set; } = null!;

    public BlobRetention Retention { get; private set; } = null!;

    public FlistReferences References { get; private set; } = null!;

    public FlistRegistry Registry { get; private set; } = null!;

    public FlistUploader Uploader { get; private set; } = null!;

    public BlobOperations Operations { get; private set; } = null!;

    public string Folder => folder.Combine("flists");

    public static async Task<FlistsUnderTest> OpenAsync(IBlobStore? blobs = null)
    {
        var opened = new FlistsUnderTest(blobs ?? new EmptyBlobStore(new MemoryBlobStore()));
        await opened.StartAsync();
        return opened;
    }

    /// <summary>Stops, and starts again on the same files and blobs.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public static FlistKey Key(string name) => new(AccountName.Local, name);

    public Task<FlistUploadResult> UploadAsync(string name, params string[] entries) =>
        UploadAsync(new FlistUploadOrder(Key(name)), TestArchive.Make(entries));

    public Task<FlistUploadResult> UploadAsync(FlistUploadOrder order, byte[] body) =>
        Uploader.RunAsync(order, new MemoryStream(body), static (_, _) => { }, CancellationToken.None);

    /// <summary>The text of a file.</summary>
    public async Task<string> ReadAsync(string name, string path)
    {
        using var lease = await Registry.OpenAsync(Key(name), FlistViewer.All);
        return await ReadAsync(lease, path);
    }

    public async Task<string> ReadAsync(FlistLease lease, string path)
    {
        using var reader = lease.OpenReader();
        var node = reader.Find(path)!;
        var bytes = new MemoryStream();
        await foreach (var piece in FlistContent.ReadAsync(reader, node, 0, node.Size, new StoredBlocks(Blobs).FetchAsync))
        {
            bytes.Write(piece.Span);
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>The blob of a block with this text.</summary>
    public static BlobId BlobOf(string text) => FlistSamples.Block(text).Id;

    /// <summary>All blocks that are here.</summary>
    public async Task<HashSet<BlobId>> BlocksAsync() =>
        [.. (await Blobs.ListAsync()).Select(blob => blob.Id).Where(id => id.Function == DigestFunction.Blake2b)];

    /// <summary>Nothing of anything that failed or was deleted is left, and no removal failed.</summary>
    public async Task AssertLeftAsync(int flists, params string[] blocks)
    {
        // A removal that comes behind all others: when it has ended, so have they.
        await Registry.Contents.RemoveAsync(0);
        Assert.Equal(blocks.Select(BlobOf).ToHashSet(), await BlocksAsync());
        Assert.Equal(flists, Directory.GetFiles(Folder).Length);
        Assert.Equal(flists, await Catalog.ReadAsync(session => session.Prepare("select count(*) from flist_contents").Scalar()));
        Assert.Empty(failures);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Blobs.DisposeAsync();
        folder.Dispose();
    }

    private async Task StopAsync()
    {
        await Registry.DisposeAsync();
        Catalog.Dispose();
    }

    private async Task StartAsync()
    {
        Catalog = CatalogDatabase.Open(folder.Combine(CatalogDatabase.FileName), [.. AccountTables.Migrations, .. FlistTables.Migrations]);
        References = new FlistReferences(Catalog);
        Retention = new BlobRetention(References);
        Registry = await FlistRegistry.OpenAsync(Catalog, Blobs, Retention, Folder, FlistLimits.Default, TimeProvider.System, failures.Add);
        Uploader = new FlistUploader(Registry, Catalog, Blobs, Retention, TimeProvider.System);
        Operations = new BlobOperations(Blobs, Retention, 1 << 20);
    }
}
