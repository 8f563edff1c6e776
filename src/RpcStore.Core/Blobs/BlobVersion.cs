namespace RpcStore.Core.Blobs;

/// <summary>
/// Names the bytes that a store holds for a blob at the moment. They are supposed to be always the same, but a disk may
/// change them, and a corrupt blob may be replaced by a good one: two readers of one id that tell the same version read the
/// same bytes.
/// </summary>
/// <param name="Place">Where the bytes are: the inode of a file, or a number that the store never uses twice.</param>
/// <param name="ChangedAt">When they were last touched: nanoseconds since 1970, or 0 where they cannot be.</param>
public readonly record struct BlobVersion(ulong Place, long ChangedAt);
