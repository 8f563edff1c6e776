using System.Buffers.Binary;
using RpcStore.Digests;

namespace RpcStore.Benchmarks.Has;

/// <summary>
/// A data directory with many small blobs, made once and kept. It is written as spec/storage-layout.md says, without the
/// server: only the index is the server's own work, at its first start.
/// </summary>
internal static class SmallBlobStore
{
    /// <summary>The directory; made when it is not there yet.</summary>
    /// <param name="folder">Takes it.</param>
    /// <param name="count">Blobs in it.</param>
    public static string Ensure(string folder, int count)
    {
        var data = Path.Combine(folder, $"store-{count}");
        if (Directory.Exists(data))
        {
            return data;
        }

        Console.Error.WriteLine($"Making a store of {count:N0} blobs, once (about a minute for a million) …");
        var made = data + ".new";
        if (Directory.Exists(made))
        {
            Directory.Delete(made, recursive: true);
        }

        var blobs = Path.Combine(made, "blobs", "sha256");
        for (var i = 0; i < 0x10000; i++)
        {
            Directory.CreateDirectory(Path.Combine(blobs, $"{i >> 8:x2}", $"{i & 0xff:x2}"));
        }

        File.WriteAllText(Path.Combine(made, "rpcstore.json"), $$"""{"layout":1,"serverId":"{{Guid.NewGuid():n}}"}""");
        Parallel.For(0, count, i => Write(blobs, i));
        Directory.Move(made, data);
        return data;
    }

    /// <summary>The id of one of the blobs.</summary>
    public static BlobId Id(int index) => BlobId.Compute(DigestFunction.Sha256, Content(index));

    private static void Write(string blobs, int index)
    {
        var id = Id(index).ToString();
        using var file = File.OpenHandle(Path.Combine(blobs, id[..2], id[2..4], id[4..]), FileMode.CreateNew, FileAccess.Write);
        RandomAccess.Write(file, Content(index), 0);
    }

    private static byte[] Content(int index)
    {
        var content = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(content, index);
        return content;
    }
}
