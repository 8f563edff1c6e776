using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using RpcStore.Contract;
using RpcStore.Core.Blobs;
using RpcStore.Core.Blobs.Tar;
using RpcStore.Core.Flists.Archives;
using RpcStore.Core.Flists.Blocks;
using RpcStore.Core.Flists.Registry;

namespace RpcStore.Server.Web;

/// <summary>A flist out: the file itself, the tree as an archive, or its blobs as a tar batch.</summary>
/// <param name="flists">Where flists are.</param>
/// <param name="store">Where blobs are; one that verifies its reads.</param>
internal sealed class FlistDownload(FlistRegistry flists, IBlobStore store)
{
    private readonly BatchExport export = new(store);
    private readonly StoredBlocks blocks = new(store);

    /// <summary>Answers a request with a flist. What fails midway has to abort the connection.</summary>
    /// <param name="context">The request.</param>
    /// <param name="lease">The flist.</param>
    /// <param name="format">What to give.</param>
    /// <param name="progress">Told as bytes move: blobs and bytes.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task RunAsync(
        HttpContext context, FlistLease lease, FlistFormat format, Action<int, long> progress, CancellationToken cancellationToken)
    {
        var action = context.GetAction();
        action.Subject = lease.Flist.Key.ToString();
        var (extension, type) = Describe(format);
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{NameOf(lease.Flist, extension)}\"";
        if (format == FlistFormat.Fl)
        {
            progress(0, lease.Flist.FileBytes);
            action.CountOut(0, lease.Flist.FileBytes);
            await SendFileAsync(context, lease, type);
            return;
        }

        FlistRegistry.CheckComplete(lease.Flist);
        context.Response.ContentType = type;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        void Count(int count, long bytes)
        {
            action.CountOut(count, bytes);
            progress(count, bytes);
        }

        if (format == FlistFormat.Blobs)
        {
            await export.WriteAsync(flists.ListBlobsAsync(lease, cancellationToken), context.Response.BodyWriter, Count, cancellationToken);
            return;
        }

        using var reader = lease.OpenReader(cancellationToken);
        await ArchiveExport.RunAsync(
            reader,
            context.Response.Body,
            async (id, stop) =>
            {
                var blob = await blocks.FetchAsync(id, stop);
                Count(1, blob.Length);
                return blob;
            },
            gzip: format == FlistFormat.TarGz,
            cancellationToken);
    }

    private static Task SendFileAsync(HttpContext context, FlistLease lease, string type)
    {
        // Another content may come under the same name, so whoever keeps a copy asks whether it is still the one.
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.PhysicalFile(
            lease.Path,
            type,
            lastModified: lease.Flist.UpdatedAt,
            entityTag: new EntityTagHeaderValue($"\"{lease.Flist.Digest}\""),
            enableRangeProcessing: true).ExecuteAsync(context);
    }

    private static (string Extension, string Type) Describe(FlistFormat format) => format switch
    {
        FlistFormat.Fl => (".fl", "application/vnd.sqlite3"),
        FlistFormat.Tar => (".tar", "application/x-tar"),
        FlistFormat.TarGz => (".tar.gz", "application/gzip"),
        FlistFormat.Blobs => (".blobs.tar", "application/x-tar"),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a format of a flist."),
    };

    private static string NameOf(Core.Flists.Registry.Flist flist, string extension) =>
        flist.Key.Name.EndsWith(extension, StringComparison.Ordinal) ? flist.Key.Name : flist.Key.Name + extension;
}
