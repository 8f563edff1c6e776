using RpcStore.Digests;

namespace RpcStore.Client.Bulk;

/// <summary>What became of a source.</summary>
public enum UploadStatus
{
    /// <summary>It is stored, durably.</summary>
    Stored,

    /// <summary>The server had it before; nothing was sent.</summary>
    Existing,

    /// <summary>It has the same bytes as an earlier source, which stands for both: that one is stored or existing.</summary>
    Duplicate,

    /// <summary>Its bytes changed between being hashed and being sent; nothing of them was stored.</summary>
    Mismatch,

    /// <summary>The server does not take it: it is larger than the server allows.</summary>
    Invalid,

    /// <summary>It could not be read on this side.</summary>
    Unreadable,
}

/// <summary>What became of one source of an upload.</summary>
/// <param name="Name">The name of the source.</param>
/// <param name="Id">Its id; not valid when it was unreadable from the start.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Reason">What was wrong with it, for a person; null when nothing was.</param>
public sealed record UploadedBlob(string Name, BlobId Id, long Size, UploadStatus Status, string? Reason = null)
{
    /// <summary>Whether the server has it now.</summary>
    public bool IsOnServer => Status is UploadStatus.Stored or UploadStatus.Existing or UploadStatus.Duplicate;
}
