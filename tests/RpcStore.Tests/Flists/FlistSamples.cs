using System.Text;
using RpcStore.Core.Catalog;
using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Blocks;
using SQLitePCL;
using Xunit;

namespace RpcStore.Tests.Flists;

/// <summary>Flists to test with, right and wrong ones.</summary>
internal static class FlistSamples
{
    public static FlistAttributes Directory { get; } = new(FlistKind.Directory, 0x1ED, 0, 0, 4096, 0, 1_700_000_000, 1_700_000_000);

    public static FlistAttributes File(long size, int permissions = 0x1A4) =>
        new(FlistKind.File, permissions, 1000, 100, size, 0, 1_700_000_001, 1_600_000_000);

    public static FlistAttributes Link(string target) =>
        new(FlistKind.SymbolicLink, 0x1FF, 0, 0, Encoding.UTF8.GetByteCount(target), 0, -1, -2);

    public static FlistBlock Block(string text) => BlockCodec.Encode(Encoding.UTF8.GetBytes(text)).Block;

    /// <summary>/etc/hosts, /etc/link, /dev/null, /pipe, and a file of two blocks.</summary>
    public static void Write(string path)
    {
        using var writer = FlistWriter.Create(path, Directory);
        var etc = writer.Add(FlistNode.RootIno, "etc", Directory);
        var dev = writer.Add(FlistNode.RootIno, "dev", Directory);
        var big = writer.Add(FlistNode.RootIno, "größe", File(BlockCodec.BlockBytes + 3));
        writer.Add(FlistNode.RootIno, "pipe", new(FlistKind.Fifo, 0x1B6, 1, 2, 0, 0, 3, 4));
        var hosts = writer.Add(etc, "hosts", File(5));
        writer.Add(etc, "link", Link("hosts"), "hosts"u8);
        writer.Add(dev, "null", new(FlistKind.CharacterDevice, 0x1B6, 0, 0, 0, DeviceNumbers.Make(1, 3), 5, 6));
        writer.AddBlock(big, Block("first"));
        writer.AddBlock(hosts, Block("hosts"));
        writer.AddBlock(big, Block("second"));
        writer.AddTag("version", "1.0");
        writer.AddRoute(new FlistRoute(0, 255, "server://http://localhost:3000"));
        writer.Complete();
    }

    /// <summary>Changes a file with SQL, as somebody might who means harm.</summary>
    public static void Change(string path, string sql)
    {
        SqliteLibrary.Load();
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(path, out var database));
        var code = raw.sqlite3_exec(database, sql);
        var message = raw.sqlite3_errmsg(database).utf8_to_string();
        database.Dispose();
        Assert.True(code == raw.SQLITE_OK, message);
    }

    /// <summary>All that a flist says, as text: what two of the same tree have in common.</summary>
    public static List<string> Describe(FlistReader flist, bool withTimes = true)
    {
        var lines = new List<string>();
        Visit(flist.Root);
        lines.Sort(StringComparer.Ordinal);
        lines.AddRange(flist.ReadTags().Select(tag => $"tag {tag.Key} {tag.Value}"));
        lines.AddRange(flist.ReadRoutes().Select(route => route.ToString()));
        return lines;

        void Visit(FlistNode node)
        {
            var attributes = withTimes ? node.Attributes : node.Attributes with { ChangedAt = 0, ModifiedAt = 0 };
            var target = node.Kind == FlistKind.SymbolicLink ? Convert.ToHexString(flist.ReadLinkTarget(node)) : "";
            var blocks = node.Kind == FlistKind.File ? AllBlocks(flist, node) : [];
            lines.Add($"{flist.GetPath(node)} {attributes} {target} {string.Join(' ', blocks.Select(one => one.Id))}");
            if (node.IsDirectory)
            {
                foreach (var child in AllChildren(flist, node, 3))
                {
                    Visit(child);
                }
            }
        }
    }

    public static List<FlistNode> AllChildren(FlistReader flist, FlistNode directory, int page)
    {
        var all = new List<FlistNode>();
        IReadOnlyList<FlistNode> some;
        do
        {
            some = flist.ListChildren(directory, all.Count == 0 ? 0 : all[^1].Ino, page);
            all.AddRange(some);
        }
        while (some.Count == page);
        return all;
    }

    public static List<FlistBlock> AllBlocks(FlistReader flist, FlistNode file)
    {
        var all = new List<FlistBlockRow>();
        IReadOnlyList<FlistBlockRow> some;
        do
        {
            some = flist.ListBlocks(file, all.Count == 0 ? 0 : all[^1].Position, 2);
            all.AddRange(some);
        }
        while (some.Count == 2);
        return all.ConvertAll(row => row.Block);
    }
}
