using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Tar;

/// <summary>The head of an entry of a tar batch.</summary>
/// <param name="Number">Its place in the batch, from 1.</param>
/// <param name="Id">The blob that it is named after; not valid when <paramref name="Invalid"/> says why.</param>
/// <param name="Size">Bytes of content.</param>
/// <param name="Name">Its name as text, cut when it is long; null where <paramref name="Id"/> says it all.</param>
/// <param name="Invalid">Why it is no blob entry; null when it is one.</param>
public readonly record struct TarEntry(long Number, BlobId Id, long Size, string? Name, string? Invalid)
{
    /// <summary>The name to report it under.</summary>
    public string DisplayName => Name ?? Id.ToString();
}
