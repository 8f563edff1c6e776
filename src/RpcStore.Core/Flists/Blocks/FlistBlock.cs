using RpcStore.Digests;

namespace RpcStore.Core.Flists.Blocks;

/// <summary>A piece of a file as a flist names it.</summary>
/// <param name="Id">The BLAKE2b-256 digest of the encoded block: the blob that holds it.</param>
/// <param name="Key">What opens it.</param>
public readonly record struct FlistBlock(BlobId Id, BlockKey Key);

/// <summary>A block that was encoded.</summary>
/// <param name="Block">Its id and its key.</param>
/// <param name="Blob">The bytes to store under the id.</param>
public readonly record struct EncodedBlock(FlistBlock Block, ReadOnlyMemory<byte> Blob);
