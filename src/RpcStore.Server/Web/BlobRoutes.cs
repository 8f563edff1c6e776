using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RpcStore.Contract;
using RpcStore.Core;
using RpcStore.Core.Blobs;
using RpcStore.Core.Blobs.Tar;
using RpcStore.JsonRpc;
using RpcStore.Server.Journaling;

namespace RpcStore.Server.Web;

/// <summary>The bulk routes of blobs (spec/tar-batch.md, section 4).</summary>
internal sealed class BlobRoutes(
    IBlobStore store, BatchUpload upload, BatchDownload download, BatchLimits limits, ActionJournal journal)
{
    // `"`, 72 characters, `"` and `,` an id, and some room for white space and the rest.
    private const int RequestBytesPerId = 80;

    // More ids than this make a path longer than Kestrel reads.
    private const int MaxPathIds = 100;

    /// <summary>Maps the routes.</summary>
    public void Map(ContractRoutes routes)
    {
        routes.Map("GET", "/blobs/{id}", context => BlobResponse.WriteAsync(context, store, context.GetPathId()));
        routes.Map("PUT", "/blobs/{id}", PutAsync);
        routes.Map("POST", "/blobs", PostAsync);
        routes.Map("POST", "/blobs/tar", PostTarAsync);
        routes.Map("GET", "/blocks/{ids}", GetBlocksAsync);
    }

    private async Task PostAsync(HttpContext context) =>
        await upload.RunAsync(context, static (_, _) => { }, context.RequestAborted);

    private async Task PutAsync(HttpContext context)
    {
        var id = context.GetPathId();
        context.AllowAnyBodySize();
        if (context.Request.ContentLength > limits.MaxBlobBytes)
        {
            throw TooLarge();
        }

        await using var batch = store.BeginBatch();
        var result = await batch.AddAsync(id, context.Request.ContentLength, context.Request.Body, context.RequestAborted);
        if (result.Status == BlobAddStatus.Mismatch)
        {
            throw new RpcException(ContractErrors.DigestMismatch(
                $"The bytes have the digest {result.Actual}, not {id}. Nothing was stored.", id.ToString(), result.Actual));
        }

        await batch.CommitAsync(context.RequestAborted);
        var action = context.GetAction();
        action.Subject = id.ToString();
        action.CountIn(1, result.Size);
        await journal.RecordAsync(action);
        var isNew = result.Status == BlobAddStatus.Stored;
        context.Response.StatusCode = isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        await WriteJsonAsync(context, new BlobStored { Id = id, Size = result.Size, Stored = isNew });
    }

    private async Task PostTarAsync(HttpContext context)
    {
        var request = await ReadRequestAsync(context);
        var plan = await download.PlanAsync(request.Ids, request.OnMissing == OnMissing.Skip, context.RequestAborted);
        await download.WriteAsync(context, plan, static (_, _) => { }, context.RequestAborted);
    }

    private async Task GetBlocksAsync(HttpContext context)
    {
        var texts = context.GetPathValue("ids").Split(',');
        if (texts.Length > MaxPathIds)
        {
            throw HttpContextExtensions.InvalidParam("/ids", $"more than {MaxPathIds} ids; POST them to /blobs/tar");
        }

        var ids = texts.Select((text, place) => HttpContextExtensions.ParseId(text, texts.Length == 1 ? "/id" : $"/ids/{place}")).ToArray();
        if (ids is [var id])
        {
            await BlobResponse.WriteAsync(context, store, id);
            return;
        }

        var plan = await download.PlanAsync(ids, skipMissing: false, context.RequestAborted);
        await download.WriteAsync(context, plan, static (_, _) => { }, context.RequestAborted);
    }

    private async ValueTask<DownloadRequest> ReadRequestAsync(HttpContext context)
    {
        var maximum = (limits.MaxEntries * RequestBytesPerId) + 4096;
        context.AllowAnyBodySize();
        var body = await context.Request.BodyReader.ReadWholeAsync(maximum, context.RequestAborted)
            ?? throw new RpcException(ContractErrors.TooLarge(
                $"The body names more than {limits.MaxEntries} blobs (maxBatchEntries).", "maxBatchEntries", limits.MaxEntries));
        var request = RequestDocuments.ReadDownloadRequest(body.Span);
        return request.Ids.Length <= limits.MaxEntries
            ? request
            : throw HttpContextExtensions.InvalidParam("/ids", $"more than {limits.MaxEntries} ids (maxBatchEntries)");
    }

    private StoreException TooLarge() =>
        new(Fault.TooLarge, $"A blob may have {limits.MaxBlobBytes} bytes (maxBlobBytes).")
        {
            Details = new Dictionary<string, object> { ["limit"] = "maxBlobBytes", ["maximum"] = limits.MaxBlobBytes },
        };

    private static async Task WriteJsonAsync(HttpContext context, BlobStored blob)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(blob, ContractJson.Default.BlobStored);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
