namespace RpcStore.Client.Bulk;

/// <summary>How much goes into one batch: what the options want and the server allows.</summary>
/// <param name="Items">Blobs, at least 1.</param>
/// <param name="Bytes">Bytes; a single larger blob has a batch of its own.</param>
internal readonly record struct UploadLimits(int Items, long Bytes);
