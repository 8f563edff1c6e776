using RpcStore.Digests;
using RpcStore.JsonRpc;

namespace RpcStore.Contract;

public static partial class ContractErrors
{
    /// <summary>Ids that an error names at the most.</summary>
    public const int MaxMissing = 100;

    /// <summary>Blobs are not here: names the first <see cref="MaxMissing"/> of them and says how many there are.</summary>
    /// <param name="missing">All that are missing; at least one.</param>
    public static RpcError BlobsNotFound(ReadOnlyMemory<BlobId> missing) => NotFound(
        missing.Length == 1 ? $"The blob {missing.Span[0]} is not here." : $"{missing.Length} blobs are not here.",
        missing: missing[..Math.Min(missing.Length, MaxMissing)],
        missingCount: missing.Length);
}
