using Microsoft.AspNetCore.Http;
using RpcStore.Core;
using RpcStore.Core.Disk;
using RpcStore.Core.Transfers;
using RpcStore.JsonRpc;
using RpcStore.Server.Endpoints;

namespace RpcStore.Server.Web;

/// <summary>What the URLs of transfers point to: the token in the path is the permission.</summary>
internal sealed class TransferRoutes(TransferRegistry transfers, TransferMoves moves, ErrorMapper errors)
{
    /// <summary>Maps the routes.</summary>
    public void Map(ContractRoutes routes)
    {
        routes.Map("PUT", "/transfers/{token}", context => RunAsync(context, TransferKind.Upload));
        routes.Map("GET", "/transfers/{token}", context => RunAsync(context, TransferKind.Download));
    }

    /// <summary>Uses the token, moves the bytes, and writes down how that ended.</summary>
    private async Task RunAsync(HttpContext context, TransferKind kind)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            // Looking must not use up what works once.
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, PUT";
            return;
        }

        var transfer = transfers.Start(context.GetPathValue("token"), kind);
        var action = context.GetAction();
        (action.Account, action.Subject) = (transfer.Owner, transfer.Id);
        using var ownerEnded = transfer.OwnerEnded.UnsafeRegister(static ending => ((Transfer)ending!).Cancel(), transfer);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, transfer.CancellationToken);
        try
        {
            await moves.RunAsync(context, transfer, stop.Token);
        }
        catch (OperationCanceledException) when (transfer.CancellationToken.IsCancellationRequested)
        {
            // Whoever cancelled knows; the other side sees the connection abort.
            context.Abort();
            throw new OperationCanceledException(context.RequestAborted);
        }
        catch (OperationCanceledException e)
        {
            // The connection was cut: the outcome belongs to the transfer, because there is nobody to answer.
            transfer.Cancel();
            throw new OperationCanceledException(e.Message, e, context.RequestAborted);
        }
        catch (IOException e) when (DiskFailure.Explain(e) is null)
        {
            // Likewise, found out while its bytes were read.
            transfer.Cancel();
            throw;
        }
        catch (Exception e)
        {
            transfer.Fail(ToStoreException(e, context));
            throw;
        }
    }

    private StoreException ToStoreException(Exception exception, HttpContext context)
    {
        if ((exception as StoreException ?? DiskFailure.Explain(exception)) is { } store)
        {
            return store;
        }

        var error = errors.Map(exception, $"{context.Request.Method} /transfers");
        return new StoreException(exception is RpcException ? Fault.NotFound : Fault.Unavailable, error.Message, exception);
    }
}
