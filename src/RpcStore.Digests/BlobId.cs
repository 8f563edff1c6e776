namespace RpcStore.Digests;

/// <summary>A digest that blob ids are made with.</summary>
public enum DigestFunction : byte
{
    /// <summary>SHA-256 (FIPS 180-4).</summary>
    Sha256 = 1,

    /// <summary>BLAKE2b with 256 bits of output and no key (RFC 7693).</summary>
    Blake2b = 2,
}

// BlobId: readonly struct over function + 32 bytes (4 ulongs, big-endian order so that CompareTo is the order of the texts)
// IEquatable<BlobId>, IComparable<BlobId>, IUtf8SpanFormattable, ISpanFormattable;
// static bool TryParse(ReadOnlySpan<byte> utf8, out BlobId), TryParse(ReadOnlySpan<char>, out BlobId); static BlobId Parse(string)
// int TextLength; bool TryFormat(Span<byte>, out int), TryFormat(Span<char>…); ToString(); CopyDigestTo(Span<byte>)
// static BlobId FromDigest(DigestFunction, ReadOnlySpan<byte>); static BlobId Compute(DigestFunction, ReadOnlySpan<byte>)
// default(BlobId) is invalid: Function 0.  static BlobId EmptySha256, EmptyBlake2b; bool IsEmptyBlob
// BlobIdJsonConverter : JsonConverter<BlobId> (attribute on the struct), BlobHasher (incremental, either function), Blake2b
