using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using RpcStore.Contract;
using RpcStore.Core.Blobs;
using RpcStore.Digests;
using RpcStore.JsonRpc;

namespace RpcStore.Server.Web;

/// <summary>
/// One blob as an HTTP response: whole or a range, conditional or not (RFC 9110, sections 13 and 14; spec/tar-batch.md,
/// section 4). A blob never changes, so its id is a strong validator and any copy stays fresh.
/// </summary>
internal static class BlobResponse
{
    // One year: what RFC 9111 and its readers take for "for good".
    private const string Immutable = "public, max-age=31536000, immutable";

    // Large enough that a call of the system costs little beside its bytes, small enough for ten thousand readers.
    private const int ChunkBytes = 128 << 10;

    /// <summary>Answers with the blob.</summary>
    /// <exception cref="RpcException">It is not here.</exception>
    public static async Task WriteAsync(HttpContext context, IBlobStore store, BlobId id)
    {
        var tag = new EntityTagHeaderValue($"\"{id}\"");
        var headers = context.Request.GetTypedHeaders();
        await using var reader = await store.OpenAsync(id, context.RequestAborted) ?? throw NotFound(id);

        context.Response.Headers.ETag = tag.ToString();
        context.Response.Headers.CacheControl = Immutable;
        if (RangeRequest.IsKnown(headers, tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var size = reader.Info.Size;
        context.Response.Headers.AcceptRanges = "bytes";
        context.Response.ContentType = "application/octet-stream";
        var (start, length) = (0L, size);
        if (RangeRequest.Find(headers, tag) is { } range)
        {
            if (!RangeRequest.TryResolve(range, size, out start, out length))
            {
                RangeRequest.Refuse(context.Response, size);
                return;
            }

            await reader.VerifyAheadAsync(context.RequestAborted);
            RangeRequest.Accept(context.Response, start, length, size);
        }

        context.Response.ContentLength = length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await CopyAsync(reader, start, length, context);
        }
    }

    /// <summary>The error for a blob that is not here.</summary>
    public static RpcException NotFound(BlobId id) => new(ContractErrors.NotFound(
        $"The blob {id} is not here.", id: id.ToString()));

    private static async Task CopyAsync(BlobReader reader, long start, long length, HttpContext context)
    {
        var output = context.Response.BodyWriter;
        var action = context.GetAction();
        action.Subject = reader.Info.Id.ToString();
        var end = start + length;
        while (start < end)
        {
            var wanted = (int)Math.Min(ChunkBytes, end - start);
            var buffer = output.GetMemory(wanted);
            var read = await reader.ReadAsync(start, buffer[..wanted], context.RequestAborted);
            if (read == 0)
            {
                throw new InvalidOperationException($"Blob {reader.Info.Id} ended at {start} of {reader.Info.Size} bytes.");
            }

            output.Advance(read);
            start += read;
            action.CountOut(start == end ? 1 : 0, read);
            var flushed = await output.FlushAsync(context.RequestAborted);
            if (flushed.IsCompleted && start < end)
            {
                throw new OperationCanceledException("The receiver closed the connection before the end of the blob.", context.RequestAborted);
            }
        }
    }
}
