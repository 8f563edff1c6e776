using RpcStore.Core.Blobs;
using RpcStore.Digests;

namespace RpcStore.Core.Flists.Blocks;

/// <summary>Brings the blobs of blocks from a store. Safe to use from any thread.</summary>
/// <param name="store">Where they are.</param>
public sealed class StoredBlocks(IBlobStore store)
{
    /// <summary>Brings one, as <see cref="FetchBlockAsync"/> says.</summary>
    /// <exception cref="StoreException">
    /// <see cref="Fault.NotFound"/>: it is not here; <see cref="Fault.Corrupt"/>: it is no block, or its bytes are wrong.
    /// </exception>
    public async ValueTask<ReadOnlyMemory<byte>> FetchAsync(BlobId id, CancellationToken cancellationToken)
    {
        await using var reader = await store.OpenAsync(id, cancellationToken)
            ?? throw Failure(Fault.NotFound, id, $"The blob {id}, a block of the flist, is not here.");
        var size = reader.Info.Size;
        if (size > BlockCodec.MaxBlobBytes)
        {
            throw Failure(Fault.Corrupt, id, $"The blob {id} is no block: it has {size} bytes, more than any block.");
        }

        var bytes = new byte[size];
        for (var read = 0; read < bytes.Length;)
        {
            var count = await reader.ReadAsync(read, bytes.AsMemory(read), cancellationToken);
            read += count > 0 ? count : throw Failure(Fault.Corrupt, id, $"The blob {id} is shorter than it was when it was stored.");
        }

        return bytes;
    }

    private static StoreException Failure(Fault fault, BlobId id, string message) =>
        new(fault, message) { Details = new Dictionary<string, object> { ["id"] = id.ToString() } };
}
