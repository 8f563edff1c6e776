using RpcStore.Core.Transfers;
using RpcStore.Server.Endpoints;
using Wire = RpcStore.Contract;

namespace RpcStore.Server.Handlers;

/// <summary>Transfers as the contract writes them.</summary>
internal static class TransferWire
{
    /// <summary>The path under which a token is served.</summary>
    public const string Path = "/transfers/";

    /// <summary>A transfer as its owner sees it, with its URL while that is of use.</summary>
    public static Wire.Transfer ToWire(TransferSnapshot transfer, string viewer)
    {
        // The URL is the permission itself: an admin who looks at another's transfer does not get it.
        var url = transfer.Token is { } token && transfer.Owner == viewer ? Path + token : null;
        var isScrub = transfer.Kind == TransferKind.Scrub;
        return new Wire.Transfer
        {
            Id = transfer.Id,
            Kind = ToWire(transfer.Kind),
            State = ToWire(transfer.State),
            Method = url is null ? null : transfer.Kind == TransferKind.Upload ? Wire.TransferMethod.Put : Wire.TransferMethod.Get,
            Url = url,
            CreatedAt = transfer.CreatedAt,
            ExpiresAt = transfer.ExpiresAt,
            EndedAt = transfer.EndedAt,
            Bytes = transfer.Bytes,
            TotalBytes = transfer.TotalBytes,
            Items = transfer.Items,
            TotalItems = transfer.TotalItems,
            Corrupt = isScrub ? transfer.Corrupt : null,
            CorruptItems = isScrub ? transfer.CorruptItems : null,
            Error = transfer.Error is { } error ? ToWire(error) : null,
        };
    }

    /// <summary>The state of the contract in Core's words.</summary>
    public static TransferState? FromWire(Wire.TransferState? state) => state switch
    {
        null => null,
        Wire.TransferState.Pending => TransferState.Pending,
        Wire.TransferState.Running => TransferState.Running,
        Wire.TransferState.Completed => TransferState.Completed,
        Wire.TransferState.Failed => TransferState.Failed,
        Wire.TransferState.Cancelled => TransferState.Cancelled,
        Wire.TransferState.Expired => TransferState.Expired,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state of a transfer."),
    };

    private static Wire.TransferState ToWire(TransferState state) => state switch
    {
        TransferState.Pending => Wire.TransferState.Pending,
        TransferState.Running => Wire.TransferState.Running,
        TransferState.Completed => Wire.TransferState.Completed,
        TransferState.Failed => Wire.TransferState.Failed,
        TransferState.Cancelled => Wire.TransferState.Cancelled,
        TransferState.Expired => Wire.TransferState.Expired,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state of a transfer."),
    };

    private static Wire.TransferKind ToWire(TransferKind kind) => kind switch
    {
        TransferKind.Upload => Wire.TransferKind.Upload,
        TransferKind.Download => Wire.TransferKind.Download,
        TransferKind.Scrub => Wire.TransferKind.Scrub,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of transfer."),
    };

    private static Wire.TransferError ToWire(Core.StoreException exception)
    {
        var error = ErrorMapper.Map(exception);
        return new Wire.TransferError { Code = error.Code, Name = Wire.ContractErrors.Find(error.Code)!.Name, Message = error.Message };
    }
}
