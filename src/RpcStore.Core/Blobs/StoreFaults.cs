using RpcStore.Digests;

namespace RpcStore.Core.Blobs;

/// <summary>The errors that every store throws for the same thing.</summary>
internal static class StoreFaults
{
    /// <summary>A blob passes what the store takes.</summary>
    public static StoreException TooLarge(long maxBlobBytes) =>
        new(Fault.TooLarge, $"The blob is larger than this store takes: {maxBlobBytes} bytes (maxBlobBytes).")
        {
            Details = new Dictionary<string, object> { ["limit"] = "maxBlobBytes", ["maximum"] = maxBlobBytes },
        };

    /// <summary>Bytes stored do not have the digest that they should.</summary>
    public static StoreException Corrupt(BlobId id, BlobId actual) =>
        new(Fault.Corrupt, $"The blob {id} is corrupt: its bytes have the digest {actual}. It is in the quarantine now; upload it again.")
        {
            Details = new Dictionary<string, object> { ["id"] = id.ToString(), ["actual"] = actual.ToString() },
        };
}
