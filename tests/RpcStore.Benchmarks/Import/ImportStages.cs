using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using IronSnappy;
using RpcStore.Benchmarks.Batches;
using RpcStore.Digests;

namespace RpcStore.Benchmarks.Import;

/// <summary>What an import is made of, each stage by itself on one thread, with nothing to wait for.</summary>
internal static class ImportStages
{
    private const int BlockBytes = 512 << 10;
    private const int TagBytes = 16;

    /// <summary>Seconds of each stage, by its name.</summary>
    /// <param name="archive">The packed tree.</param>
    /// <param name="files">Its files.</param>
    /// <param name="folder">Where the blobs are written; on the disk that is measured.</param>
    public static List<(string Stage, double Seconds)> Measure(string archive, List<byte[]> files, string folder)
    {
        var plain = files.SelectMany(BlocksOf).ToArray();
        var keys = Array.ConvertAll(plain, block => BlobId.Compute(DigestFunction.Blake2b, block.Span));
        var packed = Array.ConvertAll(plain, block => Snappy.Encode(block.Span));
        var blobs = new byte[plain.Length][];
        var ids = new BlobId[plain.Length];
        return
        [
            ("gunzip", Time(() => Unpack(archive))),
            ("snappy", Time(() => Each(plain.Length, i => Snappy.Encode(plain[i].Span)))),
            ("AES-256-GCM", Time(() => Each(plain.Length, i => blobs[i] = Encrypt(keys[i], packed[i])))),
            ("BLAKE2b of blocks and blobs", Time(() => Each(plain.Length, i =>
            {
                BlobId.Compute(DigestFunction.Blake2b, plain[i].Span);
                ids[i] = BlobId.Compute(DigestFunction.Blake2b, blobs[i]);
            }))),
            ("disk", Time(() => DiskLimit.Write(ids, i => new MemoryStream(blobs[i], writable: false), folder))),
        ];
    }

    private static IEnumerable<ReadOnlyMemory<byte>> BlocksOf(byte[] file)
    {
        for (var at = 0; at < file.Length; at += BlockBytes)
        {
            yield return file.AsMemory(at, Math.Min(BlockBytes, file.Length - at));
        }
    }

    private static void Unpack(string archive)
    {
        using var unpacked = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        var buffer = new byte[BlockBytes];
        while (unpacked.Read(buffer) > 0)
        {
        }
    }

    private static byte[] Encrypt(BlobId key, byte[] packed)
    {
        Span<byte> secret = stackalloc byte[BlobId.DigestLength];
        key.CopyDigestTo(secret);
        var blob = new byte[packed.Length + TagBytes];
        using var cipher = new AesGcm(secret, TagBytes);
        cipher.Encrypt(secret[..12], packed, blob.AsSpan(0, packed.Length), blob.AsSpan(packed.Length));
        return blob;
    }

    private static void Each(int count, Action<int> step)
    {
        for (var i = 0; i < count; i++)
        {
            step(i);
        }
    }

    private static double Time(Action stage)
    {
        var began = Stopwatch.GetTimestamp();
        stage();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
