using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using RpcStore.Contract;
using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Blocks;
using RpcStore.Core.Flists.Registry;
using RpcStore.JsonRpc;
using FlistKind = RpcStore.Core.Flists.FlistKind;

namespace RpcStore.Server.Web;

/// <summary>A file in a flist as an HTTP response: whole or a range.</summary>
internal static class FlistFileResponse
{
    /// <summary>Answers with the file. What fails midway has to abort the connection.</summary>
    /// <exception cref="RpcException">There is no such file, or it is something else.</exception>
    public static async Task WriteAsync(HttpContext context, FlistLease lease, string path, StoredBlocks blocks)
    {
        FlistRegistry.CheckComplete(lease.Flist);
        using var reader = lease.OpenReader(context.RequestAborted);
        var node = Find(reader, lease, path, context.RequestAborted);
        var tag = new EntityTagHeaderValue($"\"{lease.Flist.Digest}-{node.Ino}\"");
        var headers = context.Request.GetTypedHeaders();
        context.Response.Headers.ETag = tag.ToString();
        context.Response.Headers.CacheControl = "no-cache";
        if (headers.IfNoneMatch is { Count: > 0 } known && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.Headers.AcceptRanges = "bytes";
        context.Response.ContentType = "application/octet-stream";
        var (start, length) = (0L, node.Size);
        if (RangeRequest.Find(headers, tag) is { } range)
        {
            if (!RangeRequest.TryResolve(range, node.Size, out start, out length))
            {
                RangeRequest.Refuse(context.Response, node.Size);
                return;
            }

            RangeRequest.Accept(context.Response, start, length, node.Size);
        }

        context.Response.ContentLength = length;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var action = context.GetAction();
        action.Subject = $"{lease.Flist.Key}:{path}";
        await foreach (var piece in FlistContent.ReadAsync(reader, node, start, length, blocks.FetchAsync, context.RequestAborted))
        {
            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
            action.CountOut(1, piece.Length);
        }
    }

    private static FlistNode Find(FlistReader reader, FlistLease lease, string path, CancellationToken cancellationToken)
    {
        var node = reader.Find(path, cancellationToken)
            ?? throw new RpcException(ContractErrors.NotFound(
                $"There is no '{path}' in the flist '{lease.Flist.Key}'.", id: path, reason: "path"));
        return node.Kind == FlistKind.File
            ? node
            : throw new RpcException(ContractErrors.Conflict(
                $"'{path}' in the flist '{lease.Flist.Key}' is no file but of the kind {node.Kind}.", id: path, reason: "no file"));
    }
}
