using RpcStore.Digests;

namespace RpcStore.Core.Blobs;

/// <summary>What is known of a stored blob.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Size">Bytes.</param>
/// <param name="StoredAt">When it was stored (UTC).</param>
public readonly record struct BlobInfo(BlobId Id, long Size, DateTimeOffset StoredAt);

/// <summary>What a store can do and how far.</summary>
/// <param name="MaxBlobBytes">Bytes in the largest blob that it takes.</param>
/// <param name="VerifiesReads">Whether bytes read were checked against the id: wrong ones are never handed out as whole.</param>
public sealed record BlobStoreTraits(long MaxBlobBytes, bool VerifiesReads);

/// <summary>How much is stored.</summary>
/// <param name="Blobs">Blobs.</param>
/// <param name="Bytes">The sum of their sizes.</param>
/// <param name="FreeBytes">Bytes that can still be stored; <see cref="long.MaxValue"/> where nothing is known.</param>
public readonly record struct BlobStoreUsage(long Blobs, long Bytes, long FreeBytes);

/// <summary>What becomes of the bytes of a blob that is taken out of a store.</summary>
public enum BlobRemoval
{
    /// <summary>They are gone.</summary>
    Delete,

    /// <summary>They are wrong: kept aside for a person to look at, where the store can.</summary>
    Quarantine,
}

/// <summary>What became of a blob that was added to a write batch.</summary>
public enum BlobAddStatus
{
    /// <summary>It will be here when the batch is committed.</summary>
    Stored,

    /// <summary>It was here before, or earlier in the batch.</summary>
    Existing,

    /// <summary>The bytes do not have the digest of the id; nothing of them is kept.</summary>
    Mismatch,
}

/// <summary>The outcome of <see cref="BlobWriteBatch.AddAsync"/>.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Size">Bytes that the content had.</param>
/// <param name="Actual">The id that the bytes really have, for <see cref="BlobAddStatus.Mismatch"/>; otherwise the id asked.</param>
public readonly record struct BlobAddResult(BlobAddStatus Status, long Size, BlobId Actual);
