using RpcStore.Core.Blobs;
using RpcStore.Digests;

namespace RpcStore.Tests.Blobs;

/// <summary>Content for tests, and short ways to store and read it.</summary>
internal static class TestContent
{
    /// <summary>Bytes that depend on the seed alone.</summary>
    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static BlobId IdOf(byte[] bytes, DigestFunction function = DigestFunction.Sha256) => BlobId.Compute(function, bytes);

    /// <summary>An id that no content here has.</summary>
    public static BlobId Absent(int number = 0) => IdOf(BitConverter.GetBytes(number).Append((byte)'x').ToArray());

    public static ValueTask<BlobAddResult> AddAsync(this BlobWriteBatch batch, BlobId id, byte[] bytes) =>
        batch.AddAsync(id, bytes.Length, new MemoryStream(bytes), CancellationToken.None);

    /// <summary>Stores bytes in a batch of their own.</summary>
    public static async Task<BlobId> PutAsync(this IBlobStore store, byte[] bytes, DigestFunction function = DigestFunction.Sha256)
    {
        var id = IdOf(bytes, function);
        await using var batch = store.BeginBatch();
        await batch.AddAsync(id, bytes);
        await batch.CommitAsync(CancellationToken.None);
        return id;
    }

    public static async Task<bool> HasAsync(this IBlobStore store, BlobId id)
    {
        var present = new bool[1];
        await store.FindAsync(new[] { id }, present, CancellationToken.None);
        return present[0];
    }

    public static async Task<BlobInfo?> StatAsync(this IBlobStore store, BlobId id)
    {
        var infos = new BlobInfo?[1];
        await store.StatAsync(new[] { id }, infos, CancellationToken.None);
        return infos[0];
    }

    public static async Task<bool> RemoveAsync(this IBlobStore store, BlobId id, BlobRemoval removal = BlobRemoval.Delete)
    {
        var removed = new bool[1];
        await store.RemoveAsync(new[] { id }, removed, removal, CancellationToken.None);
        return removed[0];
    }

    /// <summary>Reads a blob from its start to its end; null when it is absent.</summary>
    public static async Task<byte[]?> ReadAsync(this IBlobStore store, BlobId id, int chunk = 64 << 10)
    {
        await using var reader = await store.OpenAsync(id, CancellationToken.None);
        return reader is null ? null : await reader.ReadToEndAsync(chunk);
    }

    public static async Task<byte[]> ReadToEndAsync(this BlobReader reader, int chunk = 64 << 10)
    {
        using var all = new MemoryStream();
        var buffer = new byte[chunk];
        while (await reader.ReadAsync(all.Length, buffer, CancellationToken.None) is > 0 and var read)
        {
            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }

    public static async Task<List<BlobInfo>> ListAsync(this IBlobStore store, BlobId? after = null, string prefix = "")
    {
        var list = new List<BlobInfo>();
        await foreach (var info in store.ListAsync(after, prefix, CancellationToken.None))
        {
            list.Add(info);
        }

        return list;
    }
}
