using System.Formats.Tar;
using System.Text;
using RpcStore.Core;
using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Archives;
using RpcStore.Core.Flists.Blocks;
using RpcStore.Tests.Attacks;
using Xunit;

namespace RpcStore.Tests.Flists;

public sealed class ArchiveExportTests : IDisposable
{
    private readonly TestArchive archive = new();

    public void Dispose() => archive.Dispose();

    [Fact]
    public async Task A_tree_comes_back_as_it_was_and_always_alike()
    {
        var path = MakeEverything();
        using var flist = FlistReader.Open(path, FlistLimits.Default);
        var tar = await archive.ExportAsync(flist);
        Assert.Equal(tar, await archive.ExportAsync(flist));
        Assert.Equal(await archive.ExportAsync(flist, gzip: true), await archive.ExportAsync(flist, gzip: true));

        using var again = await archive.OpenAsync(tar);
        Assert.Equal(
            FlistSamples.Describe(flist).Where(line => !line.Contains("socket")), FlistSamples.Describe(again));
        Assert.Equal(tar, await archive.ExportAsync(again));
    }

    // The framework's reader is a peer that knows nothing of ours.
    [Fact]
    public async Task Another_reader_sees_the_same()
    {
        using var flist = FlistReader.Open(MakeEverything(), FlistLimits.Default);
        var seen = new Dictionary<string, TarEntry>();
        var reader = new TarReader(new MemoryStream(await archive.ExportAsync(flist)));
        while (await reader.GetNextEntryAsync(copyData: true) is { } entry)
        {
            seen.Add(entry.Name, entry);
        }

        Assert.Equal(8, seen.Count);
        var file = seen["dir/" + new string('n', 200)];
        Assert.Equal("hello", await new StreamReader(file.DataStream!).ReadToEndAsync());
        Assert.Equal((5_000_000, 6_000_000, -3L), (file.Uid, file.Gid, file.ModificationTime.ToUnixTimeSeconds()));
        Assert.Equal(new string('t', 300), seen["link"].LinkName);
        Assert.Equal(TarEntryType.SymbolicLink, seen["link"].EntryType);
        Assert.Equal((4, 5), (((PosixTarEntry)seen["disk"]).DeviceMajor, ((PosixTarEntry)seen["disk"]).DeviceMinor));
        Assert.Equal(TarEntryType.Fifo, seen["pipe"].EntryType);
        Assert.Contains("größe", seen.Keys);
        Assert.Equal(UnixFileMode.SetUser, seen["empty"].Mode & UnixFileMode.SetUser);
    }

    [Fact]
    public async Task Sockets_are_left_out_and_counted()
    {
        using var flist = FlistReader.Open(MakeEverything(), FlistLimits.Default);
        Assert.Equal(1, await ArchiveExport.RunAsync(flist, Stream.Null, archive.FetchAsync, gzip: false, CancellationToken.None));
    }

    [Fact]
    public async Task A_block_that_is_missing_or_wrong_ends_it()
    {
        using var flist = await archive.OpenAsync(TestArchive.Make("0 a=first", "0 b=second"));
        var block = Assert.Single(FlistSamples.AllBlocks(flist, flist.Find("b")!));
        var right = archive.Blobs[block.Id];
        archive.Blobs[block.Id] = BlockCodec.Encode("another"u8).Blob.ToArray();
        Assert.Equal(Fault.Corrupt, (await Assert.ThrowsAsync<StoreException>(() => archive.ExportAsync(flist))).Fault);
        archive.Blobs.Remove(block.Id);
        await Assert.ThrowsAsync<KeyNotFoundException>(() => archive.ExportAsync(flist));
        archive.Blobs[block.Id] = right;
        Assert.NotEmpty(await archive.ExportAsync(flist));
    }

    [Theory]
    [InlineData("update inode set size = 4", "it has 5 bytes, where block 0 of inode 2 has 4")]
    [InlineData("update inode set size = 500000", "it has 5 bytes, where block 0 of inode 2 has 500000")]
    [InlineData("update inode set size = 600000", "The flist has only 1 of the 2 blocks of /a")]
    [InlineData("delete from block", "The flist has only 0 of the 1 blocks of /a")]
    public async Task A_file_whose_blocks_do_not_fit_it_is_not_read(string sql, string reason)
    {
        var (path, _) = await archive.ImportAsync(new MemoryStream(TestArchive.Make("0 a=first")));
        FlistSamples.Change(path, sql + (sql.StartsWith("update") ? " where ino = 2" : ""));
        using var flist = FlistReader.Open(path, FlistLimits.Default);
        var e = await Assert.ThrowsAsync<StoreException>(() => archive.ReadAsync(flist, "a"));
        Assert.Equal(Fault.Corrupt, e.Fault);
        Assert.Contains(reason, e.Message);
    }

    [Fact]
    public async Task Reading_may_be_given_up_at_any_time()
    {
        var content = new string('x', 3 * BlockCodec.BlockBytes);
        using var flist = await archive.OpenAsync(TestArchive.Make("0 a=" + content));
        await foreach (var piece in FlistContent.ReadAsync(flist, flist.Find("a")!, 1, content.Length - 1, archive.FetchAsync))
        {
            Assert.Equal(BlockCodec.BlockBytes - 1, piece.Length);
            break;
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            using var stop = new CancellationTokenSource();
            await foreach (var _ in FlistContent.ReadAsync(flist, flist.Find("a")!, 0, content.Length, archive.FetchAsync, stop.Token))
            {
                stop.Cancel();
            }
        });
    }

    [Fact]
    public async Task Flists_are_compared_by_their_blocks()
    {
        using var before = await archive.OpenAsync(TestArchive.Make(
            "0 same=1", "0 changed=1", "5 gone/", "0 gone/x=1", "2 link=a", "0 kind=1", "5 moved/", "0 moved/y=1"));
        using var after = await archive.OpenAsync(TestArchive.Make(
            "0 same=1", "0 changed=2", "2 link=b", "5 kind/", "0 kind/z=1", "5 moved/", "0 moved/y=1", "0 new/w=1"));
        Assert.Equal(
            [
                "Added /kind/z", "Added /new", "Added /new/w", "Content /changed", "Content /kind", "Content /link", "Removed /gone",
                "Removed /gone/x",
            ],
            FlistDiff.Compare(before, after).Select(one => $"{one.Change} {one.Path}").Order(StringComparer.Ordinal));
        using var other = FlistReader.Open(MakeEverything(), FlistLimits.Default);
        using var twin = FlistReader.Open(MakeEverything(), FlistLimits.Default);
        Assert.Empty(FlistDiff.Compare(other, twin));
    }

    [Fact]
    public Task Archives_of_anybody_become_a_tree_or_an_error_and_leave_nothing() => AttackRun.RunAsync(async random =>
    {
        var tar = TestArchive.Make("5 ./", "5 a/", "0 a/b=content", "1 hard=a/b", "2 link=a/b", "3 tty", "L x=", "0 a/long");
        var bytes = (byte[])tar.Clone();
        for (var change = random.Next(6); change > 0; change--)
        {
            var header = random.Next(tar.Length / 512) * 512;
            bytes[header + random.Next(512)] = (byte)random.Next(256);
            if (random.Next(4) > 0)
            {
                Blobs.Tar.TarBuilder.Sign(bytes[header..(header + 512)]).CopyTo(bytes, header);
            }
        }

        bytes = random.Next(4) == 0 ? Damage.Do(bytes, random, "/.\0.015Lxg"u8) : bytes;
        bytes = random.Next(4) == 0 ? TestArchive.Gzip(bytes) : bytes;
        using var run = new TestArchive();
        try
        {
            using var flist = await run.OpenAsync(bytes);
            Assert.True(FlistCheck.Run(flist).IsComplete);
            using var again = await run.OpenAsync(await run.ExportAsync(flist));
            Assert.Equal(FlistSamples.Describe(flist), FlistSamples.Describe(again));
        }
        catch (StoreException e)
        {
            Assert.True(e.Fault is Fault.Invalid or Fault.TooLarge, e.ToString());
            Assert.Empty(Directory.GetFiles(run.Folder));
        }
    });

    private string MakeEverything()
    {
        var path = Path.Combine(archive.Folder, "everything.fl");
        if (File.Exists(path))
        {
            return path;
        }

        using var writer = FlistWriter.Create(path, FlistSamples.Directory);
        var hello = BlockCodec.Encode("hello"u8);
        archive.Blobs[hello.Block.Id] = hello.Blob.ToArray();
        var dir = writer.Add(1, "dir", FlistSamples.Directory);
        writer.Add(1, "disk", new(FlistKind.BlockDevice, 0x1B0, 0, 6, 0, DeviceNumbers.Make(4, 5), 7, 7));
        writer.Add(1, "empty", new(FlistKind.File, 0x9ED, 0, 0, 0, 0, 8, 8));
        writer.Add(1, "größe", new(FlistKind.File, 0x1A4, 0, 0, 0, 0, 1L << 34, 1L << 34));
        writer.Add(1, "link", new(FlistKind.SymbolicLink, 0x1FF, 0, 0, 300, 0, 9, 9), Encoding.ASCII.GetBytes(new string('t', 300)));
        writer.Add(1, "pipe", new(FlistKind.Fifo, 0x1B6, 0, 0, 0, 0, 10, 10));
        writer.Add(1, "socket", new(FlistKind.Socket, 0x1B6, 0, 0, 0, 0, 10, 10));
        var file = writer.Add(dir, new string('n', 200), new(FlistKind.File, 0x1A4, 5_000_000, 6_000_000, 5, 0, -3, -3));
        writer.AddBlock(file, hello.Block);
        writer.Complete();
        return path;
    }
}
