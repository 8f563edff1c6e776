using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Flists;

/// <summary>Files that rfs made, without their blobs: kept as incomplete, looked into and given back, and not served.</summary>
public sealed class FlistFixtureTests(ServerFixture fixture) : FlistCommandTests(fixture)
{
    [Theory]
    [InlineData("hello-world.fl", 15, 7, "/hello")]
    [InlineData("alpine.fl", 527, 92, "/etc/alpine-release")]
    public async Task A_real_file_lists_shows_and_comes_back_byte_by_byte(string name, int inodes, int files, string path)
    {
        var file = SharedFixtures.Require("rfs", name);
        var refused = await RunAsync("flists", "upload", file, "--name", "refused-" + name);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("blobs that the flist needs are not here, such as blake2b-", refused.Error);
        Assert.Equal(1, (await RunAsync("flists", "show", "refused-" + name)).ExitCode);

        var flist = (await AskAsync("flists", "upload", file, "--allow-incomplete"))["flist"]!;
        Assert.Equal((name[..^3], inodes, files), ((string)flist["name"]!, (int)flist["inodes"]!, (int)flist["files"]!));
        Assert.Equal((false, (int)flist["blobs"]!, 0), ((bool)flist["complete"]!, (int)flist["missingBlobs"]!, (int)flist["incompleteFiles"]!));
        Assert.Contains((await AskAsync("flists", "list")).AsArray(), one => (string)one!["digest"]! == (string)flist["digest"]!);
        Assert.Equal((string)flist["digest"]!, (string)(await AskAsync("flists", "show", name[..^3]))["digest"]!);

        var paths = PathsOf(await AskAsync("flists", "tree", name[..^3]));
        Assert.Equal(inodes - 1, paths.Distinct().Count());
        Assert.Contains(path, paths);
        (await RunAsync("flists", "download", name[..^3], "-o", Folder.File("back.fl"))).ShouldSucceed();
        Assert.Equal(await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(Folder.File("back.fl")));
        await AssertNotServedAsync(name[..^3], path);
    }

    [Fact]
    public async Task A_file_that_rfs_did_not_finish_is_refused_with_what_it_lacks()
    {
        var file = SharedFixtures.Require("rfs", "redis-truncated.fl");
        var refused = await RunAsync("flists", "upload", file);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Matches(@"of the flist's files have other than the blocks that their size needs: /.* has \d+ of \d+ blocks", refused.Error);
        Assert.Equal(1, (await RunAsync("flists", "show", "redis-truncated")).ExitCode);

        var flist = (await AskAsync("flists", "upload", file, "--allow-incomplete"))["flist"]!;
        Assert.False((bool)flist["complete"]!);
        Assert.True((int)flist["incompleteFiles"]! > 0);
        Assert.Contains("incomplete", (await RunAsync("flists", "show", "redis-truncated")).ShouldSucceed().Output);
        var first = (await AskAsync("flists", "tree", "redis-truncated")).AsArray().First(entry => (string)entry!["kind"]! == "file")!;
        await AssertNotServedAsync("redis-truncated", (string)first["path"]!);

        var verified = await RunAsync("--json", "flists", "verify", "redis-truncated");
        Assert.Equal(1, verified.ExitCode);
        Assert.Equal((int)flist["blobs"]!, (int)JsonNode.Parse(verified.Output)!["missingCount"]!);
        (await RunAsync("flists", "delete", "redis-truncated")).ShouldSucceed();
    }

    private async Task AssertNotServedAsync(string name, string path)
    {
        foreach (var arguments in (string[][])[["cat", name, path], ["download", name, "--tar", "-"], ["download", name, "--tar", Folder.File("x.tar.gz")], ["download", name, "--blobs", "-"]])
        {
            var refused = await RunAsync(["flists", .. arguments]);
            Assert.NotEqual(0, refused.ExitCode);
            Assert.Equal("", refused.Output);
            Assert.Contains($"The flist 'local/{name}' is incomplete", refused.Error);
        }

        Assert.False(File.Exists(Folder.File("x.tar.gz")));
        using var admin = new AdminClient(Server.Socket);
        Assert.Equal(System.Net.HttpStatusCode.Conflict, (await admin.Http.GetAsync($"/flists/local/{name}?format=tar")).StatusCode);
    }
}
