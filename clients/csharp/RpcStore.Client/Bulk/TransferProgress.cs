namespace RpcStore.Client.Bulk;

/// <summary>How far a movement of bulk bytes is. Reported from any thread, often: keep what takes it short.</summary>
/// <param name="Items">Blobs that are done.</param>
/// <param name="TotalItems">Blobs known of so far that are done or will be; 0 while none are.</param>
/// <param name="Bytes">Bytes that were moved, or need not be because the server has them.</param>
/// <param name="TotalBytes">Bytes of the blobs known of so far; 0 while nothing is known.</param>
/// <param name="TotalsAreFinal">Whether the totals will not grow any more.</param>
public readonly record struct TransferProgress(long Items, long TotalItems, long Bytes, long TotalBytes, bool TotalsAreFinal);
