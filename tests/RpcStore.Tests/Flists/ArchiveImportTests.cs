using System.Formats.Tar;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RpcStore.Core;
using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Archives;
using RpcStore.Core.Flists.Blocks;
using RpcStore.Digests;
using RpcStore.Tests.Blobs.Tar;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Flists;

public sealed class ArchiveImportTests : IDisposable
{
    private readonly TestArchive archive = new();

    public void Dispose() => archive.Dispose();

    [Fact]
    public async Task Every_kind_of_entry_becomes_its_inode()
    {
        using var flist = await archive.OpenAsync(TestArchive.Make(
            "5 ./", "5 dir/", "0 dir/file=hello", "7 contiguous=x", "2 link=dir/file", "1 hard=dir/file", "6 pipe", "3 tty", "4 disk"));
        Assert.Equal(new FlistAttributes(FlistKind.File, 0x1A4, 1, 2, 5, 0, 3, 3), flist.Find("dir/file")!.Attributes);
        Assert.Equal(flist.Find("dir/file")!.Attributes, flist.Find("hard")!.Attributes);
        Assert.Equal("hello", Encoding.UTF8.GetString(await archive.ReadAsync(flist, "hard")));
        Assert.Equal("dir/file"u8.ToArray(), flist.ReadLinkTarget(flist.Find("link")!));
        Assert.Equal(8, flist.Find("link")!.Size);
        Assert.Equal(
            [FlistKind.Fifo, FlistKind.CharacterDevice, FlistKind.BlockDevice, FlistKind.File],
            new[] { "pipe", "tty", "disk", "contiguous" }.Select(name => flist.Find(name)!.Kind));
        Assert.Equal(new FlistAttributes(FlistKind.Directory, 0x1A4, 1, 2, 4096, 0, 3, 3), flist.Root.Attributes);
        Assert.True(FlistCheck.Run(flist).IsComplete);

        // The hard link shares the blob.
        Assert.Equal(2, archive.Blobs.Count);
    }

    [Theory]
    [InlineData(TarEntryFormat.V7)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public async Task Each_format_says_what_it_can(TarEntryFormat format)
    {
        var isLong = format is TarEntryFormat.Pax or TarEntryFormat.Gnu;
        var name = isLong ? string.Join('/', Enumerable.Repeat("a-long-folder-name", 20)) + "/größe" : "folder/name";
        var target = isLong ? string.Join('/', Enumerable.Repeat("somewhere-else", 20)) : "else";
        var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, format, leaveOpen: true))
        {
            await WriteAsync(TarEntryType.RegularFile, name, "content");
            await WriteAsync(TarEntryType.SymbolicLink, "link", null);

            Task WriteAsync(TarEntryType type, string entryName, string? content)
            {
                var kind = type == TarEntryType.RegularFile && format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile : type;
                TarEntry entry = format switch
                {
                    TarEntryFormat.V7 => new V7TarEntry(kind, entryName),
                    TarEntryFormat.Ustar => new UstarTarEntry(kind, entryName),
                    TarEntryFormat.Pax => new PaxTarEntry(kind, entryName),
                    _ => new GnuTarEntry(kind, entryName),
                };
                entry.Mode = (UnixFileMode)0xDED;
                (entry.Uid, entry.Gid) = isLong ? (3_000_000, 4_000_000) : (30, 40);
                entry.ModificationTime = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_900);
                if (content is null)
                {
                    entry.LinkName = target;
                }
                else
                {
                    entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content));
                }

                return writer.WriteEntryAsync(entry);
            }
        }

        using var flist = await archive.OpenAsync(tar.ToArray());
        var node = flist.Find(name)!;
        Assert.Equal(
            (0xDED, isLong ? 3_000_000u : 30, isLong ? 4_000_000u : 40, 1_700_000_000L),
            (node.Attributes.Permissions, node.Attributes.Uid, node.Attributes.Gid, node.Attributes.ModifiedAt));
        Assert.Equal("content", Encoding.UTF8.GetString(await archive.ReadAsync(flist, name)));
        Assert.Equal(target, Encoding.UTF8.GetString(flist.ReadLinkTarget(flist.Find("link")!)));
    }

    [Fact]
    public async Task What_gnu_tar_packs_of_a_folder_comes_back_when_gnu_tar_unpacks_ours()
    {
        using var folder = new TemporaryDirectory();
        var source = Directory.CreateDirectory(folder.Combine("source", "deep", new string('d', 150))).FullName;
        var random = new Random(5);
        var big = new byte[(3 * BlockCodec.BlockBytes) + 17];
        random.NextBytes(big);
        File.WriteAllBytes(Path.Combine(source, "big"), big);
        File.WriteAllText(Path.Combine(source, "ünï"), "text");
        File.WriteAllText(folder.Combine("source", "empty"), "");
        File.CreateSymbolicLink(folder.Combine("source", "link"), "deep/nowhere");
        foreach (var format in new[] { "gnu", "posix", "oldgnu" })
        {
            var packed = folder.Combine("a.tar.gz");
            Tool.Run("tar", null, "-C", folder.Combine("source"), $"--format={format}", "-czf", packed, ".");
            await using var stream = File.OpenRead(packed);
            var (path, _) = await archive.ImportAsync(stream);
            using var flist = FlistReader.Open(path, FlistLimits.Default);
            foreach (var gzip in new[] { false, true })
            {
                var back = Directory.CreateDirectory(folder.Combine($"back-{format}-{gzip}")).FullName;
                Tool.Run("tar", await archive.ExportAsync(flist, gzip), "-C", back, gzip ? "-xzf" : "-xf", "-");
                Assert.Equal("", Tool.Run("diff", null, "-r", "--no-dereference", folder.Combine("source"), back));
                Assert.Equal(
                    File.GetLastWriteTimeUtc(Path.Combine(source, "big")).Ticks / TimeSpan.TicksPerSecond,
                    File.GetLastWriteTimeUtc(Path.Combine(back, "deep", new string('d', 150), "big")).Ticks / TimeSpan.TicksPerSecond);
            }
        }
    }

    [Fact]
    public async Task The_same_tree_gives_the_same_flist_in_any_order_of_entries_and_packed_or_not()
    {
        string[] entries = ["5 ./", "5 a/", "0 a/one=1", "0 a/two=2", "5 b/", "2 b/link=x", "0 c=3", "1 a/hard=c"];
        var expected = File.ReadAllBytes((await archive.ImportAsync(new MemoryStream(TestArchive.Make(entries)))).Path);
        var random = new Random(7);
        for (var run = 0; run < 20; run++)
        {
            random.Shuffle(entries);
            var tar = TestArchive.Make(entries);
            var (path, result) = await archive.ImportAsync(new MemoryStream(run % 2 == 0 ? tar : TestArchive.Gzip(tar)));
            Assert.Equal(expected, File.ReadAllBytes(path));
            Assert.Equal(new ArchiveImportResult(8, 8, 4, 4, 4), result);
        }
    }

    [Theory]
    [InlineData("/etc/passwd", "etc/passwd")]
    [InlineData("./a/./b//c", "a/b/c")]
    [InlineData("a/...", "a/...")]
    public async Task Names_mean_what_is_left_of_them(string name, string path)
    {
        using var flist = await archive.OpenAsync(TestArchive.Make($"0 {name}=x"));
        Assert.Equal(FlistKind.File, flist.Find(path)!.Kind);
    }

    [Fact]
    public async Task Folders_that_no_entry_tells_of_are_made_and_told_of_later()
    {
        using var flist = await archive.OpenAsync(TestArchive.Make("0 a/b/file", "5 a/"));
        Assert.Equal((0x1A4, 1u), (flist.Find("a")!.Attributes.Permissions, flist.Find("a")!.Attributes.Uid));
        Assert.Equal(new FlistAttributes(FlistKind.Directory, 0x1ED, 0, 0, 4096, 0, 0, 0), flist.Find("a/b")!.Attributes);
        Assert.Equal(0x1ED, flist.Root.Attributes.Permissions);
    }

    [Fact]
    public async Task The_last_entry_of_a_name_counts()
    {
        using var flist = await archive.OpenAsync(TestArchive.Make("0 a=first", "1 kept=a", "0 a=second", "2 b=x", "0 b=file", "5 c", "0 c/x=1", "5 c/"));
        Assert.Equal("second", Encoding.UTF8.GetString(await archive.ReadAsync(flist, "a")));
        Assert.Equal("first", Encoding.UTF8.GetString(await archive.ReadAsync(flist, "kept")));
        Assert.Equal("file", Encoding.UTF8.GetString(await archive.ReadAsync(flist, "b")));
        Assert.NotNull(flist.Find("c/x"));
        Assert.True(FlistCheck.Run(flist).IsComplete);
    }

    [Fact]
    public async Task Hard_links_may_come_before_what_they_link_to_and_link_to_one_another()
    {
        using var flist = await archive.OpenAsync(TestArchive.Make("1 a=b", "1 b=c", "0 c=x", "2 l=t", "1 m=l"));
        Assert.Equal("x", Encoding.UTF8.GetString(await archive.ReadAsync(flist, "a")));
        Assert.Equal("t"u8.ToArray(), flist.ReadLinkTarget(flist.Find("m")!));
        Assert.True(FlistCheck.Run(flist).IsComplete);
    }

    public static TheoryData<string, string[]> Refused() => new()
    {
        { "holds '..'", ["0 a/../b"] },
        { "holds '..'", ["0 .."] },
        { "holds '..'", ["1 a=../b", "0 b"] },
        { "the name is empty", ["0 "] },
        { "entry 2 (a/b): it lies below a, which an entry before it made something else", ["2 a=/etc", "0 a/b"] },
        { "entry 2 (a/b): it lies below a", ["0 a", "5 a/b"] },
        { "is a directory", ["0 a/b", "2 a=/etc"] },
        { "is a directory", ["5 a", "0 a"] },
        { "it is a directory, and an entry before it", ["0 a", "5 a"] },
        { "stands for the root", ["0 .=x"] },
        { "stands for the root", ["2 /=x"] },
        { "target of a symbolic link", ["2 a="] },
        { "hard link of the root", ["1 a=./"] },
        { "hard link to a directory", ["5 d", "1 a=d"] },
        { "entry 1 (a): it is a hard link to b, which is not in the archive", ["1 a=b"] },
        { "hard link to b", ["1 a=b", "1 b=a"] },
        { "type 0x56", ["V volume"] },
        { "sparse file", ["S a"] },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public Task What_has_no_place_in_a_tree_is_refused_by_name(string reason, string[] entries) =>
        AssertRefusedAsync(TestArchive.Make(entries), reason);

    [Theory]
    [InlineData(255, 10, null)]
    [InlineData(256, 1, "has more than 255 bytes")]
    [InlineData(255, 16, "has more than 4096 bytes")]
    public async Task Names_have_a_length(int component, int components, string? refused)
    {
        var name = string.Join("/", Enumerable.Repeat(new string('y', component), components)) + "/end";
        var tar = TestArchive.Entry(new TarBuilder().Pax(TarBuilder.Record("path", name)), "short").End().ToArray();
        if (refused is not null)
        {
            await AssertRefusedAsync(tar, refused);
            return;
        }

        using var flist = await archive.OpenAsync(tar);
        Assert.NotNull(flist.Find(name));
    }

    // Whatever is taken is made of names that a directory can have.
    [Fact]
    public void Any_bytes_are_a_path_below_the_root_or_refused() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            // Slashes and dots are rare among random bytes.
            var name = bytes.Select(one => one switch { < 60 => (byte)'/', < 120 => (byte)'.', _ => one > 127 && one < 200 ? (byte)'a' : one }).ToArray();
            return ArchivePath.Parse(name, 8, out var parts) is not null
                ? parts.Length == 0
                : parts.Length <= 8 && parts.All(part => FlistName.WhyInvalid(Encoding.UTF8.GetBytes(part)) is null);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Names_that_are_not_utf8_are_refused_and_targets_are_kept()
    {
        var header = TarBuilder.Header("a", "00000000000\0", '0');
        header[0] = 0xFC;
        await AssertRefusedAsync(new TarBuilder().Raw(TarBuilder.Sign(header)).End().ToArray(), "is not UTF-8");

        var link = TarBuilder.Header("link", "00000000000\0", '2');
        link[157] = 0xFC;
        using var flist = await archive.OpenAsync(new TarBuilder().Raw(TarBuilder.Sign(link)).End().ToArray());
        Assert.Equal([0xFC], flist.ReadLinkTarget(flist.Find("link")!));

        // And so it comes back.
        using var again = await archive.OpenAsync(await archive.ExportAsync(flist));
        Assert.Equal([0xFC], again.ReadLinkTarget(again.Find("link")!));
    }

    [Fact]
    public async Task Numbers_beyond_their_range_are_refused()
    {
        await AssertRefusedAsync(Pax(TarBuilder.Record("uid", "4294967296")), "its owner is 4294967296");
        await AssertRefusedAsync(Pax(TarBuilder.Record("mtime", "yesterday")), "'mtime' is no time");
        await AssertRefusedAsync(Pax(TarBuilder.Record("path", "a\0b")), "holds a slash or a NUL");
        using var flist = await archive.OpenAsync(Pax(TarBuilder.Record("mtime", "-1.5") + TarBuilder.Record("gid", "4294967295")));
        Assert.Equal((-2L, 4294967295u), (flist.Find("file")!.Attributes.ModifiedAt, flist.Find("file")!.Attributes.Gid));

        static byte[] Pax(string records) => TestArchive.Entry(new TarBuilder().Pax(records), "file").End().ToArray();
    }

    [Fact]
    public async Task An_archive_cut_off_anywhere_is_refused()
    {
        var tar = TestArchive.Make("5 a/", "0 a/b=content", "0 c=more");
        var packed = TestArchive.Gzip(tar);
        for (var length = 0; length <= tar.Length - 1024; length += 128)
        {
            await AssertRefusedAsync(tar[..length], "");
        }

        for (var length = 0; length < packed.Length; length += 7)
        {
            await AssertRefusedAsync(packed[..length], "");
        }
    }

    [Fact]
    public async Task A_gzip_bomb_ends_at_the_limit()
    {
        archive.Options = new ArchiveImportOptions { Limits = FlistLimits.Default with { MaxArchiveBytes = 4 << 20 } };
        var bomb = TestArchive.Gzip(TestArchive.Make("0 a=" + new string('x', 8 << 20)));
        var e = await Assert.ThrowsAsync<StoreException>(() => archive.ImportAsync(new MemoryStream(bomb)));
        Assert.Equal((Fault.TooLarge, "maxArchiveBytes"), (e.Fault, e.Details["limit"]));
        Assert.Empty(Directory.GetFiles(archive.Folder));
    }

    [Fact]
    public async Task Limits_of_the_tree_are_told_by_name()
    {
        var deep = TestArchive.Make("0 a/b/c/d");
        await AssertTooLargeAsync("maxFlistInodes", deep, limits => limits with { MaxInodes = 4 });
        await AssertTooLargeAsync("maxFlistInodes", TestArchive.Make("0 a", "0 a", "0 a"), limits => limits with { MaxInodes = 2 });
        await AssertTooLargeAsync("maxFlistFileBytes", TestArchive.Make("0 a=12345"), limits => limits with { MaxFileBytes = 4 });
        archive.Options = new ArchiveImportOptions { Limits = FlistLimits.Default with { MaxDepth = 3 } };
        await AssertRefusedAsync(deep, "maxFlistDepth");
    }

    [Fact]
    public async Task A_store_that_fails_ends_it_and_nothing_is_left()
    {
        var tar = TestArchive.Make([.. Enumerable.Range(0, 1000).Select(i => $"0 file{i}={i}")]);
        var calls = 0;
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => ArchiveImport.RunAsync(
            new MemoryStream(tar),
            archive.NewPath(),
            (_, _, _) => ++calls == 100 ? throw new InvalidTimeZoneException() : ValueTask.CompletedTask,
            new ArchiveImportOptions(),
            CancellationToken.None));
        Assert.Equal(100, calls);
        Assert.Empty(Directory.GetFiles(archive.Folder));
    }

    [Fact]
    public async Task Cancelling_ends_it_and_nothing_is_left()
    {
        var tar = TestArchive.Make([.. Enumerable.Range(0, 1000).Select(i => $"0 file{i}={i}")]);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ArchiveImport.RunAsync(
            new MemoryStream(tar),
            archive.NewPath(),
            (_, _, _) =>
            {
                stop.Cancel();
                return ValueTask.CompletedTask;
            },
            new ArchiveImportOptions(),
            stop.Token));
        Assert.Empty(Directory.GetFiles(archive.Folder));
    }

    [Fact]
    public async Task Blocks_arrive_one_at_a_time_in_order_under_their_ids()
    {
        var content = new byte[(5 * BlockCodec.BlockBytes) + 1];
        new Random(9).NextBytes(content);
        var size = Convert.ToString(content.Length, 8).PadLeft(11, '0') + "\0";
        var tar = new TarBuilder().Raw(TarBuilder.Header("file", size, '0')).Content(content).End().ToArray();
        var ids = new List<BlobId>();
        var running = 0;
        var path = archive.NewPath();
        await ArchiveImport.RunAsync(
            new MemoryStream(tar),
            path,
            async (id, bytes, _) =>
            {
                Assert.Equal(1, Interlocked.Increment(ref running));
                await Task.Yield();
                Assert.Equal(id, BlobId.Compute(DigestFunction.Blake2b, bytes.Span));
                archive.Blobs[id] = bytes.ToArray();
                ids.Add(id);
                Interlocked.Decrement(ref running);
            },
            new ArchiveImportOptions
            {
                Routes = [new FlistRoute(0, 255, "server://http://here")],
                Tags = [KeyValuePair.Create("author", "me")],
            },
            CancellationToken.None);
        using var flist = FlistReader.Open(path, FlistLimits.Default);
        Assert.Equal(ids, FlistSamples.AllBlocks(flist, flist.Find("file")!).Select(block => block.Id));
        Assert.Equal(content, await archive.ReadAsync(flist, "file"));
        Assert.Equal(content[500_000..1_600_000], await archive.ReadAsync(flist, "file", 500_000, 1_100_000));
        Assert.Empty(await archive.ReadAsync(flist, "file", content.Length));
        Assert.Equal("server://http://here", Assert.Single(flist.ReadRoutes()).Url);
        Assert.Equal("me", Assert.Single(flist.ReadTags()).Value);
    }

    private async Task AssertRefusedAsync(byte[] bytes, string reason)
    {
        var e = await Assert.ThrowsAsync<StoreException>(() => archive.ImportAsync(new MemoryStream(bytes)));
        Assert.Equal(Fault.Invalid, e.Fault);
        Assert.Contains(reason, e.Message);
        Assert.Empty(Directory.GetFiles(archive.Folder));
    }

    private async Task AssertTooLargeAsync(string limit, byte[] bytes, Func<FlistLimits, FlistLimits> change)
    {
        archive.Options = new ArchiveImportOptions { Limits = change(FlistLimits.Default) };
        var e = await Assert.ThrowsAsync<StoreException>(() => archive.ImportAsync(new MemoryStream(bytes)));
        Assert.Equal((Fault.TooLarge, limit), (e.Fault, e.Details["limit"]));
    }
}
