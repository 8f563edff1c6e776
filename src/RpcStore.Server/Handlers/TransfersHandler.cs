using RpcStore.Contract;
using RpcStore.Core.Transfers;
using RpcStore.JsonRpc;
using CoreTransfer = RpcStore.Core.Transfers.Transfer;
using Transfer = RpcStore.Contract.Transfer;
using TransferState = RpcStore.Contract.TransferState;

namespace RpcStore.Server.Handlers;

/// <summary>The methods of <c>transfers</c>.</summary>
internal sealed class TransfersHandler(TransferRegistry transfers) : ITransfersService
{
    /// <inheritdoc/>
    public ValueTask<Transfer> GetAsync(string id, CallContext context) =>
        new(TransferWire.ToWire(Find(id, context).Snapshot(), context.GetAccount()));

    /// <inheritdoc/>
    public ValueTask<TransferPage> ListAsync(TransferState? state, string? cursor, long limit, CallContext context)
    {
        var viewer = context.GetAccount();
        var owner = context.GetCaller().Role == Access.Role.Admin ? null : viewer;
        var (page, next) = transfers.List(owner, TransferWire.FromWire(state), cursor, (int)limit);
        return new(new TransferPage
        {
            Transfers = [.. page.Select(transfer => TransferWire.ToWire(transfer, viewer))],
            Cursor = next,
        });
    }

    /// <inheritdoc/>
    public ValueTask<Transfer> CancelAsync(string id, CallContext context)
    {
        context.SetSubject(id);
        var transfer = Find(id, context);
        transfer.Cancel();
        return new(TransferWire.ToWire(transfer.Snapshot(), context.GetAccount()));
    }

    /// <summary>A transfer that somebody else opened does not exist for a user.</summary>
    private CoreTransfer Find(string id, CallContext context)
    {
        var transfer = transfers.Find(id);
        return transfer is not null && (context.GetCaller().Role == Access.Role.Admin || transfer.Owner == context.GetAccount())
            ? transfer
            : throw new RpcException(ContractErrors.NotFound($"There is no transfer {id}, or none any more.", id: id));
    }
}
