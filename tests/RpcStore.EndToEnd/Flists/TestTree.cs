using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace RpcStore.EndToEnd.Flists;

/// <summary>Archives of small trees, made by the framework's own tar.</summary>
internal static class TestTree
{
    // One time for all, so that the same tree gives the same flist.
    private static readonly DateTimeOffset Time = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A tar of files.</summary>
    public static byte[] Tar(params (string Path, byte[] Bytes)[] files)
    {
        var buffer = new MemoryStream();
        using (var writer = new TarWriter(buffer, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var (path, bytes) in files)
            {
                writer.WriteEntry(File(path, bytes));
            }
        }

        return buffer.ToArray();
    }

    /// <summary>A tar of text files, each <c>PATH=TEXT</c>.</summary>
    public static byte[] Tar(params string[] files) =>
        Tar([.. files.Select(file => file.Split('=', 2)).Select(parts => (parts[0], Encoding.UTF8.GetBytes(parts[1])))]);

    /// <summary>A file as an entry.</summary>
    public static TarEntry File(string path, byte[] bytes) =>
        new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(bytes), ModificationTime = Time };

    public static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>Bytes that do not compress.</summary>
    public static byte[] Noise(Random random, int size)
    {
        var bytes = new byte[size];
        random.NextBytes(bytes);
        return bytes;
    }
}
