using RpcStore.Contract;
using RpcStore.Core.Flists.Registry;
using RpcStore.Core.Transfers;

namespace RpcStore.Server.Web;

/// <summary>An upload of a flist.</summary>
internal sealed record FlistUploadTransfer(FlistUploadOrder Upload) : TransferOrder;

/// <summary>A download of a flist, by whoever was allowed to see it when it was asked for.</summary>
internal sealed record FlistDownloadTransfer(FlistKey Key, FlistViewer Viewer, FlistFormat Format) : TransferOrder;
