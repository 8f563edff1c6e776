using System.IO.Compression;
using System.Text;
using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Archives;
using RpcStore.Digests;
using RpcStore.Tests.Blobs.Tar;
using RpcStore.Tests.Support;

namespace RpcStore.Tests.Flists;

/// <summary>Archives entry by entry, and the flists and blobs that they become.</summary>
internal sealed class TestArchive : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private int made;

    public Dictionary<BlobId, byte[]> Blobs { get; } = [];

    public ArchiveImportOptions Options { get; set; } = new();

    public string Folder => folder.Path;

    /// <summary>Mode 0644, owner 1, group 2, time 3.</summary>
    public static TarBuilder Entry(TarBuilder tar, string name, char type = '0', string content = "", string link = "")
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var header = TarBuilder.Header(name, Convert.ToString(bytes.Length, 8).PadLeft(11, '0') + "\0", type);
        Encoding.ASCII.GetBytes("0000644\0000000\u0031\0000000\u0032\0", header.AsSpan(100));
        Encoding.ASCII.GetBytes("00000000003\0", header.AsSpan(136));
        Encoding.UTF8.GetBytes(link, header.AsSpan(157));
        return tar.Raw(TarBuilder.Sign(header)).Content(bytes);
    }

    /// <summary>An archive of entries written as <c>TYPE NAME[=CONTENT or LINK]</c>.</summary>
    public static byte[] Make(params string[] entries)
    {
        var tar = new TarBuilder();
        foreach (var entry in entries)
        {
            var (name, value) = entry[2..].Split('=') is [var left, var right] ? (left, right) : (entry[2..], "");
            Entry(tar, name, entry[0], entry[0] is '0' or '7' ? value : "", entry[0] is '0' or '7' ? "" : value);
        }

        return tar.End().ToArray();
    }

    public static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    public string NewPath() => folder.Combine($"{++made}.fl");

    public async Task<(string Path, ArchiveImportResult Result)> ImportAsync(Stream archive)
    {
        var path = NewPath();
        var result = await ArchiveImport.RunAsync(
            archive,
            path,
            (id, bytes, _) =>
            {
                Blobs[id] = bytes.ToArray();
                return ValueTask.CompletedTask;
            },
            Options,
            CancellationToken.None);
        return (path, result);
    }

    public async Task<FlistReader> OpenAsync(byte[] archive) =>
        FlistReader.Open((await ImportAsync(new MemoryStream(archive))).Path, FlistLimits.Default);

    public ValueTask<ReadOnlyMemory<byte>> FetchAsync(BlobId id, CancellationToken cancellationToken) =>
        new(Blobs.TryGetValue(id, out var bytes) ? bytes : throw new KeyNotFoundException(id.ToString()));

    public async Task<byte[]> ReadAsync(FlistReader flist, string path, long offset = 0, long? length = null)
    {
        var node = flist.Find(path)!;
        var all = new MemoryStream();
        await foreach (var piece in FlistContent.ReadAsync(flist, node, offset, length ?? node.Size - offset, FetchAsync))
        {
            all.Write(piece.Span);
        }

        return all.ToArray();
    }

    public async Task<byte[]> ExportAsync(FlistReader flist, bool gzip = false)
    {
        var output = new MemoryStream();
        await ArchiveExport.RunAsync(flist, output, FetchAsync, gzip, CancellationToken.None);
        return output.ToArray();
    }

    public void Dispose() => folder.Dispose();
}
