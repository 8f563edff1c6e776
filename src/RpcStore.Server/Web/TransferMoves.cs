using Microsoft.AspNetCore.Http;
using RpcStore.Core.Flists.Registry;
using RpcStore.Core.Transfers;

namespace RpcStore.Server.Web;

/// <summary>Moves the bytes of a transfer, each kind of thing in its own way.</summary>
internal sealed class TransferMoves(
    BatchUpload upload, BatchDownload download, FlistUpload flistUpload, FlistDownload flistDownload, FlistRegistry flists)
{
    /// <summary>Moves the bytes, and ends the transfer when all went well.</summary>
    public Task RunAsync(HttpContext context, Transfer transfer, CancellationToken cancellationToken) => transfer.Order switch
    {
        UploadOrder => UploadAsync(context, transfer, cancellationToken),
        DownloadOrder order => DownloadAsync(context, transfer, order, cancellationToken),
        FlistUploadTransfer order => UploadAsync(context, transfer, order, cancellationToken),
        FlistDownloadTransfer order => DownloadAsync(context, transfer, order, cancellationToken),
        _ => throw new InvalidOperationException($"Nothing moves the bytes of {transfer.Order}."),
    };

    private async Task UploadAsync(HttpContext context, Transfer transfer, CancellationToken cancellationToken)
    {
        var outcome = await upload.RunAsync(context, transfer.Advance, cancellationToken);
        if (outcome.Error is { } error)
        {
            transfer.Fail(error);
        }
        else
        {
            transfer.Complete();
        }
    }

    private async Task DownloadAsync(HttpContext context, Transfer transfer, DownloadOrder order, CancellationToken cancellationToken)
    {
        var plan = await download.PlanAsync(order.Ids, order.SkipMissing, cancellationToken);
        transfer.SetTotals(plan.Items, plan.Bytes);
        await download.WriteAsync(context, plan, transfer.Advance, cancellationToken);
        transfer.Complete();
    }

    private async Task UploadAsync(HttpContext context, Transfer transfer, FlistUploadTransfer order, CancellationToken cancellationToken)
    {
        await flistUpload.RunAsync(context, order.Upload, transfer.Advance, cancellationToken);
        transfer.Complete();
    }

    private async Task DownloadAsync(HttpContext context, Transfer transfer, FlistDownloadTransfer order, CancellationToken cancellationToken)
    {
        using var lease = await flists.OpenAsync(order.Key, order.Viewer, cancellationToken);
        await flistDownload.RunAsync(context, lease, order.Format, transfer.Advance, cancellationToken);
        transfer.Complete();
    }
}
