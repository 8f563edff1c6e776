using RpcStore.Digests;

namespace RpcStore.Core.Flists.Blocks;

/// <summary>Keeps a block that was encoded.</summary>
/// <param name="id">Its id, which is the digest of the bytes.</param>
/// <param name="bytes">The blob; valid until the task that is returned ends.</param>
/// <param name="cancellationToken">Ends it.</param>
/// <remarks>Called for one block at a time, and again for one that occurs again.</remarks>
public delegate ValueTask StoreBlockAsync(BlobId id, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

/// <summary>Brings the blob of a block.</summary>
/// <param name="id">Its id.</param>
/// <param name="cancellationToken">Ends it.</param>
/// <returns>The whole blob; it need not be verified, because decoding does that.</returns>
/// <remarks>Called for several blocks at once. One that is not there is an exception, which ends the reading.</remarks>
public delegate ValueTask<ReadOnlyMemory<byte>> FetchBlockAsync(BlobId id, CancellationToken cancellationToken);
