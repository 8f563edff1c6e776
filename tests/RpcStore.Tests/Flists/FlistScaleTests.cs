using System.Diagnostics;
using System.Globalization;
using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Archives;
using RpcStore.Core.Flists.Blocks;
using RpcStore.Tests.Blobs.Tar;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Flists;

/// <summary>Large flists. They tell what they measured; run them by hand with <c>-explicit only</c>.</summary>
[Collection(nameof(MemoryCollection))]
public sealed class FlistScaleTests
{
    [Fact(Explicit = true)]
    public void A_million_inodes_open_at_once_and_need_little_memory()
    {
        using var folder = new TemporaryDirectory();
        var path = folder.Combine("million.fl");
        var clock = Stopwatch.StartNew();
        using (var writer = FlistWriter.Create(path, FlistSamples.Directory))
        {
            // Half of them in one directory, half of them of one name: the worst for either index.
            var block = FlistSamples.Block("x");
            var big = writer.Add(1, "big", FlistSamples.Directory);
            for (var i = 0; i < 500_000; i++)
            {
                writer.AddBlock(writer.Add(big, $"file{i:x6}", FlistSamples.File(1)), block);
            }

            for (var i = 0; i < 250_000; i++)
            {
                var small = writer.Add(1, $"d{i:x6}", FlistSamples.Directory);
                writer.AddBlock(writer.Add(small, "index.html", FlistSamples.File(1)), block);
            }

            writer.Complete();
        }

        Tell($"written in {clock.Elapsed.TotalSeconds:F1} s, {new FileInfo(path).Length >> 20} MiB, RSS {Resident() >> 20} MiB");
        FlistReader.Open(path, FlistLimits.Default).Dispose();
        var before = Resident();
        clock.Restart();
        using var flist = FlistReader.Open(path, FlistLimits.Default);
        Tell($"opened in {clock.Elapsed.TotalMilliseconds:F2} ms");
        clock.Restart();
        Assert.NotNull(flist.Find("big/file07a11f"));
        Tell($"found in a directory of 500,000 in {clock.Elapsed.TotalMilliseconds:F2} ms");
        clock.Restart();
        Assert.NotNull(flist.Find("d03d08f/index.html"));
        Tell($"found a name that 250,000 have in {clock.Elapsed.TotalMilliseconds:F2} ms");
        clock.Restart();
        Assert.Equal(1000, flist.ListChildren(flist.Find("big")!, 400_000, 1000).Count);
        Tell($"listed a page of 1000 in {clock.Elapsed.TotalMilliseconds:F2} ms");
        Tell($"memory for that: {(Resident() - before) / 1048576.0:F1} MiB");
        Assert.InRange(Resident() - before, long.MinValue, 32L << 20);
        clock.Restart();
        Assert.Equal(1_000_002, FlistCheck.Run(flist).Inodes);
        Tell($"checked in {clock.Elapsed.TotalSeconds:F1} s, memory since opening {(Resident() - before) / 1048576.0:F1} MiB");
    }

    [Fact(Explicit = true)]
    public async Task An_import_is_as_fast_as_its_stages()
    {
        const int Files = 2000;
        var random = new Random(3);
        var tar = new TarBuilder();
        var content = new byte[128 << 10];
        for (var i = 0; i < Files; i++)
        {
            // Like text: sixteen symbols in runs.
            for (var at = 0; at < content.Length; at += 8)
            {
                content.AsSpan(at, Math.Min(8, content.Length - at)).Fill((byte)random.Next(16));
            }

            tar.Entry($"d{i % 50}/f{i}", content);
        }

        var bytes = tar.End().ToArray();
        var packed = TestArchive.Gzip(bytes);
        var mebibytes = bytes.Length / 1048576.0;
        var clock = Stopwatch.StartNew();
        await new System.IO.Compression.GZipStream(new MemoryStream(packed), System.IO.Compression.CompressionMode.Decompress)
            .CopyToAsync(Stream.Null, 1 << 20);
        Tell($"gunzip alone: {mebibytes / clock.Elapsed.TotalSeconds:F0} MiB/s");
        clock.Restart();
        for (var at = 0; at + BlockCodec.BlockBytes <= bytes.Length; at += BlockCodec.BlockBytes)
        {
            BlockCodec.Encode(bytes.AsSpan(at, BlockCodec.BlockBytes));
        }

        Tell($"encode alone, one thread: {mebibytes / clock.Elapsed.TotalSeconds:F0} MiB/s");
        using var folder = new TemporaryDirectory();
        foreach (var (name, input) in new[] { ("tar", bytes), ("tar.gz", packed) })
        {
            clock.Restart();
            await ArchiveImport.RunAsync(
                new MemoryStream(input), folder.Combine(name), (_, _, _) => ValueTask.CompletedTask, new(), CancellationToken.None);
            Tell($"import of {name}: {mebibytes / clock.Elapsed.TotalSeconds:F0} MiB/s, {Files / clock.Elapsed.TotalSeconds:F0} files/s");
        }
    }

    private static void Tell(FormattableString text) =>
        TestContext.Current.TestOutputHelper?.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static long Resident()
    {
        GC.Collect();
        var line = File.ReadLines("/proc/self/status").First(one => one.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }
}
