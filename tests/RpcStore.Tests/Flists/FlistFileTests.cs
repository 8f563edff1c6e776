using RpcStore.Core;
using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Blocks;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Flists;

public sealed class FlistFileTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    private string Sample
    {
        get
        {
            var path = folder.Combine("sample.fl");
            if (!File.Exists(path))
            {
                FlistSamples.Write(path);
            }

            return path;
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_written_is_read()
    {
        using var flist = Open(Sample);
        Assert.Equal(FlistSamples.Directory, flist.Root.Attributes);
        Assert.Equal(["etc", "dev", "größe", "pipe"], FlistSamples.AllChildren(flist, flist.Root, 1).Select(node => node.Name));
        var hosts = flist.Find("/etc/hosts")!;
        Assert.Equal(("hosts", 5L, FlistSamples.File(5)), (hosts.Name, hosts.Size, hosts.Attributes));
        Assert.Equal("/etc/hosts", flist.GetPath(hosts));
        Assert.Equal([FlistSamples.Block("hosts")], FlistSamples.AllBlocks(flist, hosts));
        Assert.Equal(
            [FlistSamples.Block("first"), FlistSamples.Block("second")], FlistSamples.AllBlocks(flist, flist.Find("größe")!));
        Assert.Equal("hosts"u8.ToArray(), flist.ReadLinkTarget(flist.Find("etc//link/")!));
        var device = flist.Find("dev/null")!;
        Assert.Equal((1L, 3L), (DeviceNumbers.Major(device.Attributes.DeviceNumber), DeviceNumbers.Minor(device.Attributes.DeviceNumber)));
        Assert.Equal(FlistKind.Fifo, flist.Find("pipe")!.Kind);
        Assert.Equal([KeyValuePair.Create("version", "1.0")], flist.ReadTags());
        Assert.Equal([new FlistRoute(0, 255, "server://http://localhost:3000")], flist.ReadRoutes());
        Assert.Equal(3, flist.ListAllBlocks(0, 10).Count);
        Assert.Single(flist.ListAllBlocks(flist.ListAllBlocks(0, 2)[^1].Position, 10));
        Assert.Equal(new FlistSummary(8, 2, BlockCodec.BlockBytes + 8, 3, 0, []), FlistCheck.Run(flist) with { Examples = [] });
    }

    [Theory]
    [InlineData("", "/")]
    [InlineData("//", "/")]
    [InlineData("etc", "/etc")]
    [InlineData("etc/none", null)]
    [InlineData("etc/hosts/none", null)]
    [InlineData("..", null)]
    [InlineData("etc/../etc", null)]
    public void A_path_leads_to_what_is_there(string path, string? expected)
    {
        using var flist = Open(Sample);
        Assert.Equal(expected, flist.Find(path) is { } node ? flist.GetPath(node) : null);
    }

    // Inodes of a directory and of a name lie among one another in any way.
    [Fact]
    public void Every_name_is_found_in_every_directory_that_has_it()
    {
        var path = folder.Combine("many.fl");
        var random = new Random(11);
        var expected = new Dictionary<string, long>();
        using (var writer = FlistWriter.Create(path, FlistSamples.Directory))
        {
            var directories = Enumerable.Range(0, 5).Select(i => writer.Add(1, $"d{i}", FlistSamples.Directory)).ToList();
            for (var i = 0; i < 200; i++)
            {
                var (directory, name) = (random.Next(5), $"n{random.Next(60)}");
                if (!expected.ContainsKey($"d{directory}/{name}"))
                {
                    expected[$"d{directory}/{name}"] = writer.Add(directories[directory], name, FlistSamples.File(0));
                }
            }

            writer.Complete();
        }

        using var flist = Open(path);
        for (var directory = 0; directory < 5; directory++)
        {
            for (var name = 0; name < 61; name++)
            {
                var at = $"d{directory}/n{name}";
                Assert.Equal(expected.TryGetValue(at, out var ino) ? ino : null, flist.Find(at)?.Ino);
            }
        }
    }

    [Fact]
    public void The_same_tree_gives_the_same_bytes_and_no_other_file()
    {
        var other = folder.Combine("other.fl");
        FlistSamples.Write(other);
        Assert.Equal(File.ReadAllBytes(Sample), File.ReadAllBytes(other));
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void A_reader_of_rfs_finds_what_it_needs()
    {
        var script =
            """
            .mode list
            pragma journal_mode; pragma page_size; pragma encoding; pragma user_version; pragma application_id; pragma auto_vacuum;
            select ino, parent, name, mode from inode where ino = 1;
            select count(*) from inode where ino is null or parent is null or name is null or size is null or uid is null
              or gid is null or mode is null or rdev is null or ctime is null or mtime is null or typeof(name) <> 'text';
            select typeof(id), length(id), typeof(key), length(key) from block group by 1, 2, 3, 4;
            select typeof(data) from extra;
            select start, end, url from route;
            pragma integrity_check;
            """;
        var output = Tool.Run("sqlite3", System.Text.Encoding.UTF8.GetBytes(script), "-batch", Sample);
        Assert.Equal(
            "delete\n4096\nUTF-8\n0\n0\n0\n1|0|/|16877\n0\nblob|32|blob|32\nblob\n0|255|server://http://localhost:3000\nok\n", output);
    }

    [Fact]
    public void A_writer_that_is_given_up_leaves_nothing()
    {
        var path = folder.Combine("new.fl");
        using (var writer = FlistWriter.Create(path, FlistSamples.Directory))
        {
            writer.Add(FlistNode.RootIno, "file", FlistSamples.File(0));
        }

        Assert.Empty(Directory.GetFiles(folder.Path));
        File.WriteAllText(path, "mine");
        Assert.Equal(Fault.Conflict, Assert.Throws<StoreException>(() => FlistWriter.Create(path, FlistSamples.Directory)).Fault);
        Assert.Equal("mine", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\0")]
    public void A_writer_refuses_what_is_no_name(string name)
    {
        using var writer = FlistWriter.Create(folder.Combine("new.fl"), FlistSamples.Directory);
        Assert.Contains("name", Assert.Throws<ArgumentException>(() => writer.Add(1, name, FlistSamples.File(0))).Message);
        Assert.Throws<ArgumentException>(() => writer.Add(1, "half a pair \ud800", FlistSamples.File(0)));
        Assert.Throws<ArgumentException>(() => writer.Add(1, new string('x', 256), FlistSamples.File(0)));
        Assert.Throws<ArgumentException>(() => writer.Add(1, "link", FlistSamples.Link("")));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Add(2, "orphan", FlistSamples.File(0)));
        Assert.Equal(2, writer.Add(1, new string('x', 255), FlistSamples.File(0)));
    }

    [Fact]
    public void The_reader_changes_nothing_and_needs_no_right_to()
    {
        var before = File.ReadAllBytes(Sample);
        File.SetUnixFileMode(Sample, UnixFileMode.UserRead);
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            using var flist = Open(Sample);
            Assert.Equal(8, FlistCheck.Run(flist).Inodes);
        }
        finally
        {
            File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Assert.Equal(before, File.ReadAllBytes(Sample));
    }

    [Fact]
    public void A_path_may_hold_what_urls_give_a_meaning()
    {
        var path = folder.Combine("a?b#c%41 d.fl");
        FlistSamples.Write(path);
        using var flist = Open(path);
        Assert.NotNull(flist.Find("etc"));
    }

    [Fact]
    public void A_query_can_be_cancelled_and_ends_in_time()
    {
        using (var flist = Open(Sample))
        {
            Assert.Throws<OperationCanceledException>(() => flist.Find("etc", new CancellationToken(canceled: true)));
        }

        FlistSamples.Change(Sample, """
            with recursive n(i) as (select 100 union all select i + 1 from n where i < 200000)
            insert into inode select i, 1, 'n' || i, 0, 0, 0, 33188, 0, 0, 0 from n
            """);
        using var slow = FlistReader.Open(Sample, FlistLimits.Default with { MaxCheckTime = TimeSpan.FromMilliseconds(1) });
        var e = Assert.Throws<StoreException>(() => FlistCheck.Run(slow));
        Assert.Equal((Fault.TooLarge, "maxFlistCheckTime"), (e.Fault, e.Details["limit"]));
        Assert.NotNull(slow.Find("n150000"));
    }

    private static FlistReader Open(string path) => FlistReader.Open(path, FlistLimits.Default);
}
