using RpcStore.Core;
using RpcStore.Core.Blobs;
using RpcStore.Core.Blobs.Directory;
using RpcStore.Tests.Support;

namespace RpcStore.Tests.Blobs;

public sealed class MemoryBlobStoreExam : BlobStoreExam
{
    protected override Task<IBlobStore> CreateAsync() => Task.FromResult<IBlobStore>(new MemoryBlobStore(MaxBlobBytes));
}

public sealed class DelegatingBlobStoreExam : BlobStoreExam
{
    protected override Task<IBlobStore> CreateAsync() => Task.FromResult<IBlobStore>(new Plain(new MemoryBlobStore(MaxBlobBytes)));

    private sealed class Plain(IBlobStore inner) : DelegatingBlobStore(inner);
}

public sealed class VerifyingMemoryBlobStoreExam : BlobStoreExam
{
    protected override Task<IBlobStore> CreateAsync() =>
        Task.FromResult<IBlobStore>(new VerifyingBlobStore(new MemoryBlobStore(MaxBlobBytes)));
}

public sealed class EmptyBlobStoreExam : BlobStoreExam
{
    protected override Task<IBlobStore> CreateAsync() =>
        Task.FromResult<IBlobStore>(new EmptyBlobStore(new MemoryBlobStore(MaxBlobBytes)));
}

public sealed class DirectoryBlobStoreExam : DirectoryExam
{
    protected override IBlobStore Decorate(IBlobStore files) => files;
}

public sealed class VerifyingDirectoryBlobStoreExam : DirectoryExam
{
    protected override IBlobStore Decorate(IBlobStore files) => new VerifyingBlobStore(files);
}

public sealed class WholeStackExam : DirectoryExam
{
    protected override IBlobStore Decorate(IBlobStore files) => new EmptyBlobStore(new VerifyingBlobStore(files));
}

/// <summary>The exam over files.</summary>
public abstract class DirectoryExam : BlobStoreExam
{
    private readonly StoreDirectory directory = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }

    protected override async Task<IBlobStore> CreateAsync() => Decorate(await directory.OpenAsync(MaxBlobBytes));

    protected abstract IBlobStore Decorate(IBlobStore files);
}

/// <summary>A data directory for tests, and the stores opened in it one after another.</summary>
internal sealed class StoreDirectory : IDisposable
{
    private readonly TemporaryDirectory temporary = new();
    private DataDirectory? data;

    public string Path => temporary.Combine("data");

    public string Blobs => temporary.Combine("data", "blobs");

    /// <summary>Opens the store; one that was opened before counts as gone with its process.</summary>
    public async Task<DirectoryBlobStore> OpenAsync(long maxBlobBytes = 1L << 40)
    {
        data?.Dispose();
        data = DataDirectory.Open(Path);
        return await DirectoryBlobStore.OpenAsync(data, maxBlobBytes, TimeProvider.System, CancellationToken.None);
    }

    /// <summary>Where spec/storage-layout.md puts a blob.</summary>
    public string FileOf(RpcStore.Digests.BlobId id)
    {
        var digits = id.ToString()[^64..];
        var function = id.Function == RpcStore.Digests.DigestFunction.Blake2b ? "blake2b" : "sha256";
        return System.IO.Path.Combine(Blobs, function, digits[..2], digits[2..4], digits[4..]);
    }

    /// <summary>Changes a stored file behind the store's back, as a failing disk does.</summary>
    public void Damage(RpcStore.Digests.BlobId id, Action<string> damage)
    {
        var file = FileOf(id);
        Tool.Run("chmod", null, "600", file);
        damage(file);
    }

    public void Dispose()
    {
        data?.Dispose();
        temporary.Dispose();
    }
}
