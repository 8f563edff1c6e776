namespace RpcStore.Core.Blobs.Tar;

/// <summary>How large a tar batch may be. Immutable.</summary>
/// <param name="MaxBlobBytes">Bytes in one blob (<c>maxBlobBytes</c>).</param>
/// <param name="MaxEntries">Entries in a batch (<c>maxBatchEntries</c>).</param>
/// <param name="MaxBytes">Bytes in a batch after decompression (<c>maxBatchBytes</c>).</param>
public sealed record BatchLimits(long MaxBlobBytes, long MaxEntries, long MaxBytes);
