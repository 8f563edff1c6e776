using RpcStore.Digests;

namespace RpcStore.Core.Blobs;

/// <summary>A blob whose stored bytes were found wrong.</summary>
/// <param name="Id">The id that they should have.</param>
/// <param name="Size">Bytes that the store holds for it.</param>
/// <param name="Actual">The id that they have.</param>
/// <param name="IsQuarantined">
/// Whether they were taken out of the store because of this finding; false when somebody else was faster.
/// </param>
public readonly record struct BlobCorruption(BlobId Id, long Size, BlobId Actual, bool IsQuarantined);
