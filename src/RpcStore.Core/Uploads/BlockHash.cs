using RpcStore.Digests;

namespace RpcStore.Core.Uploads;

/// <summary>The ids of blocks as rfs writes them: the 64 hex digits of a BLAKE2b id without its prefix.</summary>
public static class BlockHash
{
    /// <summary>Reads one, in upper or lower case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out BlobId id)
    {
        Span<byte> bytes = stackalloc byte[BlobId.DigestLength];
        var isHash = text.Length == FileHash.Digits && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        id = isHash ? BlobId.FromDigest(DigestFunction.Blake2b, bytes) : default;
        return isHash;
    }

    /// <summary>Writes one, in lower case.</summary>
    public static string ToHex(this BlobId id)
    {
        Span<byte> bytes = stackalloc byte[BlobId.DigestLength];
        id.CopyDigestTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
