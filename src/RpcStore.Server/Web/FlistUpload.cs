using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RpcStore.Contract;
using RpcStore.Core;
using RpcStore.Core.Blobs.Tar;
using RpcStore.Core.Flists.Registry;
using RpcStore.JsonRpc;
using RpcStore.Server.Handlers;
using RpcStore.Server.Journaling;

namespace RpcStore.Server.Web;

/// <summary>An archive or a <c>.fl</c> in, a flist and what was stored for it out.</summary>
/// <param name="uploader">Makes the flist.</param>
/// <param name="journal">Where it is recorded before it is answered.</param>
internal sealed class FlistUpload(FlistUploader uploader, ActionJournal journal)
{
    private const int DrainBytes = 128 << 10;

    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(10);

    /// <summary>The error for a <c>.fl</c> whose blobs are not all here.</summary>
    public static RpcException Refuse(BlobsMissingException e) => new(
        ContractErrors.NotFound(
            $"{e.Count} of the blobs that the flist needs are not here, such as {e.Missing.Span[0]}. Upload them first, or allow it to be incomplete.",
            missing: e.Missing,
            missingCount: e.Count),
        e);

    /// <summary>Takes the body of a request and answers it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="order">What it is to become.</param>
    /// <param name="progress">Told as blocks are stored.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task RunAsync(HttpContext context, FlistUploadOrder order, Action<int, long> progress, CancellationToken cancellationToken)
    {
        context.AllowAnyBodySize();
        var action = context.GetAction();
        action.Subject = order.Key.ToString();
        FlistUploadResult result;
        try
        {
            result = await uploader.RunAsync(
                order,
                new BodyStream(context.Request.Body, cancellationToken),
                (blobs, bytes) =>
                {
                    action.CountIn(blobs, bytes);
                    progress(blobs, bytes);
                },
                cancellationToken);
        }
        catch (BlobsMissingException e)
        {
            throw Refuse(e);
        }
        catch (StoreException)
        {
            await DrainAsync(context, cancellationToken);
            throw;
        }

        action.Detail = string.Create(
            CultureInfo.InvariantCulture, $"{result.Status.ToString().ToLowerInvariant()}, {result.StoredBlobs} blobs stored");
        await journal.RecordAsync(action);
        if (result.Status == Core.Flists.Registry.FlistUploadStatus.Created)
        {
            context.Response.StatusCode = StatusCodes.Status201Created;
        }

        context.Response.Headers.ETag = $"\"{result.Flist.Digest}\"";
        var bytes = JsonSerializer.SerializeToUtf8Bytes(FlistWire.ToWire(result), ContractJson.Default.FlistUploaded);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, cancellationToken);
    }

    /// <summary>
    /// Reads what is still coming, for a while: many clients look for an answer only when they have sent everything, and a connection
    /// that is closed before that loses them the reason.
    /// </summary>
    private static async Task DrainAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(DrainTime);
        var buffer = ArrayPool<byte>.Shared.Rent(DrainBytes);
        try
        {
            while (await context.Request.Body.ReadAsync(buffer, patience.Token) > 0)
            {
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // It takes too long, or nobody is there any more.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
