using RpcStore.Digests;

namespace RpcStore.Core.Blobs;

/// <summary>Which blobs something needs. Safe to use from any thread.</summary>
public interface IBlobReferences
{
    /// <summary>Tells for each id whether something needs the blob.</summary>
    /// <param name="ids">The ids asked for.</param>
    /// <param name="referenced">As long as <paramref name="ids"/>; an element is set to true where it does, and otherwise left as it is.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    ValueTask FindAsync(ReadOnlyMemory<BlobId> ids, Memory<bool> referenced, CancellationToken cancellationToken);
}
