using Microsoft.Extensions.Logging;
using RpcStore.Core;
using RpcStore.Core.Blobs;
using RpcStore.Core.Catalog;
using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Registry;

namespace RpcStore.Server;

/// <summary>Flists, put together: where they are, and how they come and go.</summary>
internal sealed class FlistParts : IAsyncDisposable
{
    private FlistParts(FlistRegistry registry, FlistUploader uploader) => (Registry, Uploader) = (registry, uploader);

    /// <summary>The flists of accounts.</summary>
    public FlistRegistry Registry { get; }

    /// <summary>Makes flists of what is uploaded.</summary>
    public FlistUploader Uploader { get; }

    /// <summary>Opens the flists of a data directory, and goes on clearing away what was not finished.</summary>
    /// <exception cref="StoreException">They cannot be used; the message says why.</exception>
    public static async Task<FlistParts> OpenAsync(
        DataDirectory data,
        CatalogDatabase catalog,
        IBlobStore store,
        BlobRetention retention,
        FlistLimits limits,
        ILogger<FlistParts> log,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var registry = await FlistRegistry.OpenAsync(
            catalog, store, retention, data.FlistsPath, limits, time, log.FlistNotRemoved, cancellationToken);
        return new FlistParts(registry, new FlistUploader(registry, catalog, store, retention, time));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Registry.DisposeAsync();
}
