using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using RpcStore.Contract;
using RpcStore.Core.Blobs;
using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Blocks;
using RpcStore.Core.Uploads;
using RpcStore.JsonRpc;

namespace RpcStore.Server.Web.Rfs;

/// <summary>
/// What <c>rfs website-publish</c> promises: the tree of an uploaded <c>.fl</c> for browsers, to everybody who knows the file's hash
/// (spec/flist-server.md, section 5).
/// </summary>
internal sealed class WebsiteRoutes(IBlobStore store, UploadedFlists flists, FileUploads uploads)
{
    private const string FirstPage = "index.html";

    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly StoredBlocks blocks = new(store);

    /// <summary>Maps the route.</summary>
    public void Map(ContractRoutes routes) =>
        routes.Map("GET", "/website/{hash}/{**path}", GetAsync);

    private async Task GetAsync(HttpContext context)
    {
        var hash = context.GetPathFile();
        await RegisterAsync(context, hash);
        using var lease = await flists.OpenAsync(hash, context.RequestAborted);
        using var reader = lease.OpenReader(context.RequestAborted);
        var path = context.Request.RouteValues["path"] as string ?? "";
        var isFolder = path.Length == 0 || path.EndsWith('/');
        var node = reader.Find(path, context.RequestAborted);
        if (node is { IsDirectory: true } && !context.Request.Path.Value!.EndsWith('/'))
        {
            context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
            context.Response.Headers.Location = $"{context.Request.PathBase.ToUriComponent()}{context.Request.Path.ToUriComponent()}/{context.Request.QueryString}";
            return;
        }

        node = node is { IsDirectory: true } ? reader.FindChild(node, FirstPage, context.RequestAborted)
            : isFolder ? null
            : node;
        if (node is not { Kind: Core.Flists.FlistKind.File } file)
        {
            throw new RpcException(ContractErrors.NotFound($"File {path} not found in flist {hash}"));
        }

        var response = context.Response;
        response.ContentType = TypeOf(file.Name);
        response.Headers.XContentTypeOptions = "nosniff";

        // Under this hash nothing else can ever be.
        response.Headers.CacheControl = "public, max-age=86400, immutable";
        await RangedResponse.WriteAsync(
            context,
            $"{lease.Flist.Digest[..32]}-{file.Ino}",
            file.Size,
            (start, length) => FlistContent.ReadAsync(reader, file, start, length, blocks.FetchAsync, context.RequestAborted));
    }

    // A file whose blobs came after it is looked at again, but not for everybody who likes to ask.
    private async Task RegisterAsync(HttpContext context, FileHash hash)
    {
        if (context.GetConnection().Caller.Account is null)
        {
            return;
        }

        var file = await uploads.GetAsync(hash, readsContent: true, context.RequestAborted);
        if (await flists.TryRegisterAsync(file, context.RequestAborted) is { } reason)
        {
            throw new RpcException(ContractErrors.NotFound($"The file {hash} cannot be served as a website: {reason}"));
        }
    }

    private static string TypeOf(string name)
    {
        var type = Types.TryGetContentType(name, out var known) ? known : "application/octet-stream";
        return type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type;
    }
}
