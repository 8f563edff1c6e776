using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace RpcStore.Benchmarks.Import;

/// <summary>A tree as people have them: many small files and some large ones, half of the bytes text and half of them packed already.</summary>
internal static class TreeArchive
{
    private const int FilesPerFolder = 200;

    private static readonly string[] Words = ["blob", "tree", "digest", "archive", "batch", "socket", "journal", "a site that is served", "an account"];

    /// <summary>Writes the tree as a gzip of a tar.</summary>
    /// <returns>The files, in order.</returns>
    public static List<byte[]> Write(string path, int count, long total)
    {
        var random = new Random(1);
        var files = SizesOf(random, count, total).Select(size => Content(random, size)).ToList();
        using var archive = new TarWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest));
        for (var i = 0; i < files.Count; i++)
        {
            using var content = new MemoryStream(files[i], writable: false);
            archive.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"d{i / FilesPerFolder:000}/file-{i:00000}") { DataStream = content });
        }

        return files;
    }

    /// <summary>Sizes that differ by three orders of magnitude and add up to the total, about.</summary>
    private static int[] SizesOf(Random random, int count, long total)
    {
        var weights = Enumerable.Range(0, count).Select(_ => Math.Pow(10, 3 * random.NextDouble())).ToArray();
        var unit = total / weights.Sum();
        return Array.ConvertAll(weights, weight => (int)(weight * unit));
    }

    private static byte[] Content(Random random, int size)
    {
        var bytes = new byte[size];
        if (random.Next(2) == 0)
        {
            random.NextBytes(bytes);
            return bytes;
        }

        for (var at = 0; at < size;)
        {
            var line = Encoding.ASCII.GetBytes(
                $"line {random.Next(1_000_000)} of the text: {Words[random.Next(Words.Length)]} {Words[random.Next(Words.Length)]}\n");
            var length = Math.Min(line.Length, size - at);
            line.AsSpan(0, length).CopyTo(bytes.AsSpan(at));
            at += length;
        }

        return bytes;
    }
}
