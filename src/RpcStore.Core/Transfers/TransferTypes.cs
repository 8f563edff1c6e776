using RpcStore.Digests;

namespace RpcStore.Core.Transfers;

/// <summary>Which way the bytes of a transfer move.</summary>
public enum TransferKind
{
    /// <summary>Into the store.</summary>
    Upload,

    /// <summary>Out of the store.</summary>
    Download,

    /// <summary>From the store's disk through the digest.</summary>
    Scrub,
}

/// <summary>How far a transfer is.</summary>
public enum TransferState
{
    /// <summary>Its token waits to be used.</summary>
    Pending,

    /// <summary>Bytes move.</summary>
    Running,

    /// <summary>It ended as it should.</summary>
    Completed,

    /// <summary>It ended with an error.</summary>
    Failed,

    /// <summary>Somebody cancelled it, or its connection was cut.</summary>
    Cancelled,

    /// <summary>Its token was not used in time.</summary>
    Expired,
}

/// <summary>What a transfer moves. Each kind of thing that is moved has one of its own.</summary>
public abstract record TransferOrder;

/// <summary>What an upload of blobs takes: a tar batch of whatever blobs.</summary>
public sealed record UploadOrder : TransferOrder;

/// <summary>What a download of blobs gives.</summary>
/// <param name="Ids">The blobs, in the order of the entries.</param>
/// <param name="SkipMissing">Leave out what is not here, instead of refusing the whole.</param>
public sealed record DownloadOrder(ReadOnlyMemory<BlobId> Ids, bool SkipMissing) : TransferOrder;

/// <summary>A transfer at one moment. Immutable.</summary>
public sealed record TransferSnapshot
{
    /// <summary>128 random bits in hex.</summary>
    public required string Id { get; init; }

    /// <summary>Which way the bytes move.</summary>
    public required TransferKind Kind { get; init; }

    /// <summary>How far it is.</summary>
    public required TransferState State { get; init; }

    /// <summary>The account that asked for it.</summary>
    public required string Owner { get; init; }

    /// <summary>The permission to move the bytes; null once it is used or of no use.</summary>
    public string? Token { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends by itself if it is still pending.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Bytes of blobs moved so far.</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes that it will move, where that is known.</summary>
    public long? TotalBytes { get; init; }

    /// <summary>Blobs moved so far.</summary>
    public long Items { get; init; }

    /// <summary>Blobs that it will move, where that is known.</summary>
    public long? TotalItems { get; init; }

    /// <summary>Blobs that a scrub found corrupt.</summary>
    public long CorruptItems { get; init; }

    /// <summary>The first <see cref="Transfer.MaxCorruptListed"/> of them.</summary>
    public IReadOnlyList<BlobId> Corrupt { get; init; } = [];

    /// <summary>Why it failed.</summary>
    public StoreException? Error { get; init; }
}
