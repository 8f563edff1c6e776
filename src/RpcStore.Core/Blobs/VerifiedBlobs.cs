using RpcStore.Digests;

namespace RpcStore.Core.Blobs;

/// <summary>
/// Remembers which large blobs were read and found right since the start, and as which version, so that a range of one can
/// be given without reading all of it again. Bounded: the oldest are forgotten. Safe to use from any thread.
/// </summary>
/// <param name="capacity">Blobs remembered at the most.</param>
internal sealed class VerifiedBlobs(int capacity)
{
    private readonly Lock gate = new();
    private readonly Dictionary<BlobId, BlobVersion> versions = [];
    private readonly Queue<BlobId> order = [];

    /// <summary>Whether these bytes were found right.</summary>
    public bool Contains(BlobId id, BlobVersion version)
    {
        lock (gate)
        {
            return versions.TryGetValue(id, out var known) && known == version;
        }
    }

    /// <summary>Remembers that these bytes were found right.</summary>
    public void Add(BlobId id, BlobVersion version)
    {
        lock (gate)
        {
            if (!versions.ContainsKey(id))
            {
                if (order.Count == capacity)
                {
                    versions.Remove(order.Dequeue());
                }

                order.Enqueue(id);
            }

            versions[id] = version;
        }
    }
}
