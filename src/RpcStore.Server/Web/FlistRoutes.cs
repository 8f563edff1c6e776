using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RpcStore.Contract;
using RpcStore.Core.Blobs;
using RpcStore.Core.Flists.Blocks;
using RpcStore.Core.Flists.Registry;
using RpcStore.JsonRpc;
using RpcStore.Server.Handlers;

namespace RpcStore.Server.Web;

/// <summary>The routes of flists (spec/flist.md, section 7).</summary>
internal sealed class FlistRoutes(FlistRegistry flists, FlistUpload upload, FlistDownload download, IBlobStore store)
{
    private readonly StoredBlocks blocks = new(store);

    /// <summary>Maps the routes.</summary>
    public void Map(ContractRoutes routes)
    {
        routes.Map("GET", "/flists/{account}/{name}", GetAsync);
        routes.Map("PUT", "/flists/{account}/{name}", PutAsync);
        routes.Map("GET", "/flists/{account}/{name}/files/{**path}", GetFileAsync);
    }

    private async Task GetAsync(HttpContext context)
    {
        var format = ReadFormat(context.Request.Query["format"]);
        using var lease = await OpenAsync(context);
        await download.RunAsync(context, lease, format, static (_, _) => { }, context.RequestAborted);
    }

    private Task PutAsync(HttpContext context) => upload.RunAsync(
        context,
        new FlistUploadOrder(KeyOf(context))
        {
            IsPublic = ReadSwitch(context, "public"),
            AllowsIncomplete = ReadSwitch(context, "allowIncomplete") ?? false,
            Condition = ReadCondition(context.Request),
            StoreUrl = context.Request.Query["storeUrl"] is [{ Length: > 0 } url] ? url : null,
        },
        static (_, _) => { },
        context.RequestAborted);

    private async Task GetFileAsync(HttpContext context)
    {
        using var lease = await OpenAsync(context);
        await FlistFileResponse.WriteAsync(context, lease, context.GetRouteValue("path") as string ?? "", blocks);
    }

    private ValueTask<FlistLease> OpenAsync(HttpContext context) =>
        flists.OpenAsync(KeyOf(context), FlistWire.ViewerOf(context.GetConnection().Caller), context.RequestAborted);

    private static FlistKey KeyOf(HttpContext context) => new(context.GetPathValue("account"), context.GetPathValue("name"));

    /// <summary>What a flist is wanted as.</summary>
    /// <exception cref="RpcException">It cannot be had as that.</exception>
    internal static FlistFormat ReadFormat(string? text) => text switch
    {
        null or "" or "fl" => FlistFormat.Fl,
        "tar" => FlistFormat.Tar,
        "tarGz" => FlistFormat.TarGz,
        "blobs" => FlistFormat.Blobs,
        _ => throw HttpContextExtensions.InvalidParam("/format", "not one of fl, tar, tarGz and blobs"),
    };

    /// <summary>A switch of the query; null when it is not there.</summary>
    /// <exception cref="RpcException">It is neither on nor off.</exception>
    internal static bool? ReadSwitch(HttpContext context, string name) => context.Request.Query[name].ToString() switch
    {
        "" => null,
        "true" => true,
        "false" => false,
        _ => throw HttpContextExtensions.InvalidParam("/" + name, "neither true nor false"),
    };

    /// <summary>What RFC 9110 (section 13.1) calls preconditions: one entity tag, or that there is nothing yet.</summary>
    internal static FlistCondition? ReadCondition(HttpRequest request)
    {
        if (request.Headers.IfNoneMatch is [var none])
        {
            return none == "*"
                ? new FlistCondition(FlistCondition.None)
                : throw HttpContextExtensions.InvalidParam("/If-None-Match", "only '*' is understood here");
        }

        return request.Headers.IfMatch switch
        {
            [] => null,
            [{ Length: 66 } tag] when tag[0] == '"' && tag[^1] == '"' => new FlistCondition(tag[1..^1]),
            _ => throw HttpContextExtensions.InvalidParam("/If-Match", "not one digest in double quotes, as ETag gives it"),
        };
    }
}
