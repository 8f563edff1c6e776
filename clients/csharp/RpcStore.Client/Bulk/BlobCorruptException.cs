using RpcStore.Digests;

namespace RpcStore.Client.Bulk;

/// <summary>The bytes that came for a blob are not those that its id names: they were damaged on their way or on the server.</summary>
/// <param name="id">The blob that was asked for.</param>
/// <param name="actual">The id of what came.</param>
public sealed class BlobCorruptException(BlobId id, BlobId actual)
    : IOException($"the bytes that came for {id} have the digest {actual}; nothing of them was kept")
{
    /// <summary>The blob that was asked for.</summary>
    public BlobId Id { get; } = id;

    /// <summary>The id of what came.</summary>
    public BlobId Actual { get; } = actual;
}
