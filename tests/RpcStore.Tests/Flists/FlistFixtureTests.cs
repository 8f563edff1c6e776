using RpcStore.Core;
using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Blocks;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Flists;

/// <summary>Files that rfs made.</summary>
public sealed class FlistFixtureTests
{
    [Theory]
    [InlineData("hello-world.fl", 15, 7, 13_441, 2)]
    [InlineData("alpine.fl", 527, 92, 0, 97)]
    public void A_real_file_is_read_whole(string name, int inodes, int files, long bytes, int blocks)
    {
        using var flist = FlistReader.Open(SharedFixtures.Require("rfs", name), FlistLimits.Default);
        var summary = FlistCheck.Run(flist);
        Assert.True(summary.IsComplete);
        Assert.Equal((inodes, files, blocks), (summary.Inodes, summary.Files, summary.Blocks));
        Assert.True(bytes == 0 || bytes == summary.Bytes);
        Assert.Equal(inodes, FlistSamples.Describe(flist).Count - 1);
        Assert.StartsWith("dir:///tmp/", Assert.Single(flist.ReadRoutes()).Url);
    }

    [Fact]
    public void A_file_that_rfs_did_not_finish_says_what_it_lacks()
    {
        using var flist = FlistReader.Open(SharedFixtures.Require("rfs", "redis-truncated.fl"), FlistLimits.Default);
        var summary = FlistCheck.Run(flist);
        Assert.False(summary.IsComplete);
        Assert.NotEmpty(summary.Examples);
        Assert.All(summary.Examples, example => Assert.Matches(@"^/.* has \d+ of \d+ blocks$", example));
    }

    [Theory]
    [InlineData("hello-world.fl")]
    [InlineData("alpine.fl")]
    [InlineData("redis-truncated.fl")]
    public void A_tree_that_is_written_again_is_the_same(string name)
    {
        using var folder = new TemporaryDirectory();
        using var original = FlistReader.Open(SharedFixtures.Require("rfs", name), FlistLimits.Default);
        var copy = folder.Combine("copy.fl");
        Copy(original, copy);
        using var written = FlistReader.Open(copy, FlistLimits.Default);
        Assert.Equal(FlistSamples.Describe(original), FlistSamples.Describe(written));
        Assert.Equal(FlistCheck.Run(original).Blocks, FlistCheck.Run(written).Blocks);
    }

    // What rfs packed and we have the bytes of: the start-up file that it generates, which is not in the vectors by name.
    [Fact]
    public void Blocks_of_real_files_are_those_that_we_make()
    {
        using var vectors = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(SharedFixtures.Require("rfs", "block-vectors.json")));
        var ours = vectors.RootElement.EnumerateArray()
            .Where(vector => vector.TryGetProperty("plain_hex", out _))
            .Select(vector => BlockCodec.Encode(Convert.FromHexString(vector.GetProperty("plain_hex").GetString()!)).Block)
            .ToHashSet();
        foreach (var name in new[] { "hello-world.fl", "alpine.fl" })
        {
            using var flist = FlistReader.Open(SharedFixtures.Require("rfs", name), FlistLimits.Default);
            var start = FlistSamples.AllBlocks(flist, flist.Find(".startup.toml")!);
            Assert.Contains(Assert.Single(start), ours);
        }
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        var whole = File.ReadAllBytes(SharedFixtures.Require("rfs", "hello-world.fl"));
        using var folder = new TemporaryDirectory();
        var path = folder.Combine("cut.fl");
        for (var length = 0; length < whole.Length; length += 997)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Equal(Fault.Invalid, Assert.Throws<StoreException>(() => FlistReader.Open(path, FlistLimits.Default)).Fault);
        }
    }

    private static void Copy(FlistReader from, string path)
    {
        using var writer = FlistWriter.Create(path, from.Root.Attributes);
        var directories = new Queue<(FlistNode Node, long Ino)>([(from.Root, FlistNode.RootIno)]);
        while (directories.TryDequeue(out var directory))
        {
            foreach (var child in FlistSamples.AllChildren(from, directory.Node, 100))
            {
                var target = child.Kind == FlistKind.SymbolicLink ? from.ReadLinkTarget(child) : [];
                var ino = writer.Add(directory.Ino, child.Name, child.Attributes, target);
                if (child.IsDirectory)
                {
                    directories.Enqueue((child, ino));
                }

                foreach (var block in child.Kind == FlistKind.File ? FlistSamples.AllBlocks(from, child) : [])
                {
                    writer.AddBlock(ino, block);
                }
            }
        }

        foreach (var route in from.ReadRoutes())
        {
            writer.AddRoute(route);
        }

        writer.Complete();
    }
}
