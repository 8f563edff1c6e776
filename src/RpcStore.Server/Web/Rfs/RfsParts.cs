using RpcStore.Core.Blobs;
using RpcStore.Core.Flists.Registry;
using RpcStore.Core.Uploads;
using RpcStore.Server.Configuration;
using RpcStore.Server.Journaling;

namespace RpcStore.Server.Web.Rfs;

/// <summary>What rfs and others like it call, put together (spec/flist-server.md).</summary>
/// <param name="ledger">Who may do something, and what was uploaded.</param>
/// <param name="flists">The flists.</param>
/// <param name="store">The blobs; they are verified.</param>
/// <param name="retention">Keeps blobs meanwhile.</param>
/// <param name="references">What needs blobs.</param>
/// <param name="options">What the server was told.</param>
/// <param name="journal">Records who did what.</param>
/// <param name="time">The clock.</param>
internal sealed class RfsParts(
    Ledger ledger, FlistParts flists, IBlobStore store, BlobRetention retention, FlistReferences references, ServerOptions options,
    ActionJournal journal, TimeProvider time)
{
    /// <summary>Maps its routes.</summary>
    public void Map(ContractRoutes routes, FlistUpload upload, FlistDownload download)
    {
        var uploads = new FileUploads(ledger.Catalog, store, retention, time);
        var uploadedFlists = new UploadedFlists(uploads, flists.Registry, flists.Uploader);
        var access = new BlockAccess(references, options.HasOpenBlocks);
        new RfsRoutes(ledger.Logins.Passwords, options.Limits.Message, journal).Map(routes);
        new RfsBlockRoutes(
            store, uploads, uploadedFlists, new BlockPages(store, time), ledger.Downloads, access, options.Limits, journal).Map(routes);
        new RfsFileRoutes(store, uploads, uploadedFlists, ledger.Downloads, access, journal).Map(routes);
        new RfsFlistRoutes(flists.Registry, download).Map(routes);
        new FlistByIdRoutes(flists.Registry, upload, download, journal).Map(routes);
        new WebsiteRoutes(store, uploadedFlists, uploads).Map(routes);
    }
}
