using System.Formats.Tar;
using System.Security.Cryptography;

namespace RpcStore.EndToEnd.Support;

/// <summary>Bytes and their id.</summary>
internal sealed record TestBlob(string Id, byte[] Bytes)
{
    public static TestBlob Of(byte[] bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes);

    public static TestBlob Random(Random random, int size)
    {
        var bytes = new byte[size];
        random.NextBytes(bytes);
        return Of(bytes);
    }

    /// <summary>Blobs of up to <paramref name="maxSize"/> bytes.</summary>
    public static TestBlob[] RandomMany(Random random, int count, int maxSize) =>
        [.. Enumerable.Range(0, count).Select(_ => Random(random, random.Next(1, maxSize)))];

    /// <summary>The file that holds it in a data directory.</summary>
    public string FileIn(string data) => Path.Combine(data, "blobs", "sha256", Id[..2], Id[2..4], Id[4..]);

    /// <summary>A tar batch.</summary>
    public static byte[] Tar(IEnumerable<TestBlob> blobs)
    {
        var buffer = new MemoryStream();
        using (var writer = new TarWriter(buffer, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var blob in blobs)
            {
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, blob.Id) { DataStream = new MemoryStream(blob.Bytes) });
            }
        }

        return buffer.ToArray();
    }
}
