using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Flists;

/// <summary><c>rpcstore flists</c>: <c>list</c>, <c>show</c>, <c>tree</c>, <c>cat</c> and <c>download</c>.</summary>
public sealed class ReadCommandTests(ServerFixture fixture) : FlistCommandTests(fixture)
{
    private static readonly Random Bytes = new(20261121);

    [Fact]
    public async Task List_gives_those_of_an_account_in_order()
    {
        await Person.CreateAsync(Folder.File("ada"), Server, "ada");
        var archive = Write("x.tar", TestTree.Tar("a=one"));
        foreach (var name in (string[])["ada/two", "ada/one", "local/listed"])
        {
            (await RunAsync("flists", "upload", archive, "--name", name)).ShouldSucceed();
        }

        var listed = (await AskAsync("flists", "list", "--account", "ada")).AsArray();
        Assert.Equal(["ada/one", "ada/two"], listed.Select(flist => FlistCalls.NameOf(flist!)));
        var all = (await RunAsync("flists", "list")).ShouldSucceed();
        Assert.Contains(all.Lines, line => line.StartsWith("local\tlisted\t", StringComparison.Ordinal));
        Assert.Contains(all.Lines, line => line.StartsWith("ada\tone\t", StringComparison.Ordinal));
        Assert.Empty((await RunAsync("flists", "list", "--account", "nobody")).ShouldSucceed().Lines);
    }

    [Fact]
    public async Task Show_tells_what_is_in_a_flist()
    {
        await StoreAsync("shown", "a=one", "b=one", "c/d=three");
        var shown = await AskAsync("flists", "show", "local/shown");
        Assert.Equal((5, 3, 11, 3, 2), ((int)shown["inodes"]!, (int)shown["files"]!, (int)shown["bytes"]!, (int)shown["blocks"]!, (int)shown["blobs"]!));
        Assert.Equal((true, 0, 0), ((bool)shown["complete"]!, (int)shown["missingBlobs"]!, (int)shown["incompleteFiles"]!));
        var lines = (await RunAsync("flists", "show", "shown")).ShouldSucceed().Lines;
        Assert.Contains("name\tshown", lines);
        Assert.Contains("files\t3", lines);
        var absent = await RunAsync("flists", "show", "not-there");
        Assert.Equal(1, absent.ExitCode);
        Assert.Contains("local/not-there", absent.Error);
    }

    [Fact]
    public async Task Tree_gives_every_entry_once_over_many_pages()
    {
        var paths = new List<string>();
        for (var n = 0; n < 2500; n++)
        {
            paths.Add($"many/f{n:d4}");
        }

        var deep = string.Join('/', Enumerable.Range(0, 100).Select(n => $"d{n}"));
        for (var n = 0; n < 40; n++)
        {
            paths.Add($"wide{n % 5}/in{n % 7}/f{n}");
        }

        paths.Add(deep + "/bottom");
        (await RunAsync("flists", "upload", Write("many.tar", TestTree.Tar([.. paths.Select(path => (path, "x"u8.ToArray()))])))).ShouldSucceed();
        var listed = PathsOf(await AskAsync("flists", "tree", "many"));
        var directories = paths.SelectMany(Parents).Distinct();
        Assert.Equal(paths.Concat(directories).Select(path => "/" + path).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        Assert.All(listed, (path, place) => Assert.True(
            Path.GetDirectoryName(path) == "/" || Array.IndexOf(listed, Path.GetDirectoryName(path), 0, place) >= 0, $"{path} comes before its folder"));

        Assert.Equal(["/d0", "/many", "/wide0", "/wide1", "/wide2", "/wide3", "/wide4"], PathsOf(await AskAsync("flists", "tree", "many", "--flat")).Order(StringComparer.Ordinal));
        Assert.Equal(2500, (await RunAsync("flists", "tree", "many", "/many")).ShouldSucceed().Lines.Length);
        Assert.Equal([$"/{deep}/bottom"], PathsOf(await AskAsync("flists", "tree", "many", deep + "/bottom")));
        Assert.Equal(1, (await RunAsync("flists", "tree", "many", "not/there")).ExitCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(524288)]
    [InlineData(524289)]
    [InlineData(3 * 524288)]
    [InlineData(5_000_000)]
    public async Task Cat_gives_the_bytes_of_a_file(int size)
    {
        var bytes = TestTree.Noise(Bytes, size);
        (await RunAsync("flists", "upload", Write($"c{size}.tar", TestTree.Tar(("folder/a file, ü?#%", bytes))))).ShouldSucceed();
        (await RunAsync("flists", "cat", $"c{size}", "/folder/a file, ü?#%", "-o", Folder.File("out"))).ShouldSucceed();
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Folder.File("out")));
        await ShellAsync($"'{Repository.Command}' --server {Server.Url} flists cat c{size} 'folder/a file, ü?#%' | cmp - out");
    }

    [Theory]
    [InlineData("../../../../openrpc.json")]
    [InlineData("folder/../../../../../openrpc.json")]
    [InlineData("folder/..")]
    public async Task Cat_goes_nowhere_but_into_the_flist(string path)
    {
        await StoreAsync("closed", "folder/x=y");
        Assert.Equal("y", (await RunAsync("flists", "cat", "closed", "./folder/./x")).ShouldSucceed().Output);
        var refusal = await RunAsync("flists", "cat", "closed", path, "-o", Folder.File("out"));
        Assert.NotEqual(0, refusal.ExitCode);
        Assert.Contains("'..' is no name of a flist or of anything in one.", refusal.Error);
        Assert.False(File.Exists(Folder.File("out")));
    }

    [Theory]
    [InlineData("absent", "There is no 'absent'")]
    [InlineData("folder", "is no file")]
    public async Task Cat_of_what_is_no_file_fails_and_leaves_no_file(string path, string reason)
    {
        await StoreAsync("cats-" + path, "folder/x=y");
        var result = await RunAsync("flists", "cat", "cats-" + path, path, "-o", Folder.File("out"));
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(reason, result.Error);
        Assert.False(File.Exists(Folder.File("out")));
    }

    [Fact]
    public async Task Downloads_are_byte_identical_and_GNU_tar_unpacks_them()
    {
        await ShellAsync(
            """
            mkdir -p tree/a/b
            head -c 2000000 /dev/urandom > tree/a/b/random
            echo text > tree/text && chmod 640 tree/text
            ln -s a/b tree/link
            touch "tree/$(printf 'n%.0s' $(seq 200))"
            touch -d 2020-01-01T00:00:00Z tree/a
            """);
        var first = await AskAsync("flists", "upload", Folder.File("tree"), "--name", "down");
        var digest = (string)first["flist"]!["digest"]!;

        (await RunAsync("flists", "download", "down", "-o", Folder.File("down.fl"))).ShouldSucceed();
        Assert.StartsWith(digest, await ShellAsync("sha256sum down.fl"));
        (await RunAsync("flists", "download", "down", "--tar", Folder.File("down.tar"))).ShouldSucceed();
        (await RunAsync("flists", "download", "down", "--tar", Folder.File("down.tar.gz"))).ShouldSucceed();
        await ShellAsync($"'{Repository.Command}' --server {Server.Url} flists download down --tar - | cmp - down.tar && gunzip -c down.tar.gz | cmp - down.tar");
        await ShellAsync(
            """
            tar -tf down.tar > listing && grep -q '^a/b/random$' listing && grep -q '^n\{200\}$' listing
            mkdir out && tar -C out -xf down.tar && diff -r tree out
            test "$(cd tree && find . -printf '%p %y %m %T@ %l\n' | sed 's/\.[0-9]\+ / /' | sort)" = "$(cd out && find . -printf '%p %y %m %T@ %l\n' | sed 's/\.[0-9]\+ / /' | sort)"
            """);
        foreach (var archive in (string[])["down.tar", "down.tar.gz"])
        {
            var again = await AskAsync("flists", "upload", Folder.File(archive), "--name", "up-again");
            Assert.Equal((digest, 0), ((string)again["flist"]!["digest"]!, (int)again["storedBlobs"]!));
        }

        var refused = await RunAsync("flists", "download", "down", "-o", "x", "--tar", "y");
        Assert.Equal(2, refused.ExitCode);
        Assert.Equal(1, (await RunAsync("flists", "download", "not-there", "-o", Folder.File("z.fl"))).ExitCode);
        Assert.False(File.Exists(Folder.File("z.fl")));
    }

    [Fact]
    public async Task The_blobs_and_the_fl_of_one_server_make_the_flist_on_another()
    {
        var bytes = TestTree.Noise(Bytes, 1_200_000);
        (await RunAsync("flists", "upload", Write("moved.tar", TestTree.Tar(("a", bytes), ("b", "text"u8.ToArray()))))).ShouldSucceed();
        (await RunAsync("flists", "download", "moved", "--blobs", Folder.File("blobs.tar"))).ShouldSucceed();
        (await RunAsync("flists", "download", "moved", "-o", Folder.File("moved.fl"))).ShouldSucceed();
        Assert.Equal(4, (await ShellAsync("tar -tf blobs.tar")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        using var elsewhere = new TemporaryFolder();
        await using var other = await ServerProcess.StartAsync(elsewhere.Path);
        var early = await Command.RpcStoreAsync("--server", other.Url, "flists", "upload", Folder.File("moved.fl"));
        Assert.Equal(1, early.ExitCode);
        Assert.Contains("4 of the blobs", early.Error);
        (await Command.RpcStoreAsync("--server", other.Url, "blobs", "upload", Folder.File("blobs.tar"))).ShouldSucceed();
        (await Command.RpcStoreAsync("--server", other.Url, "flists", "upload", Folder.File("moved.fl"))).ShouldSucceed();
        (await Command.RpcStoreAsync("--server", other.Url, "flists", "cat", "moved", "a", "-o", Folder.File("a"))).ShouldSucceed();
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Folder.File("a")));
        var verified = JsonNode.Parse((await Command.RpcStoreAsync("--server", other.Url, "--json", "flists", "verify", "moved")).ShouldSucceed().Output)!;
        Assert.Equal(4, (int)verified["ok"]!);
    }

    private static IEnumerable<string> Parents(string path)
    {
        for (var parent = Path.GetDirectoryName(path); !string.IsNullOrEmpty(parent); parent = Path.GetDirectoryName(parent))
        {
            yield return parent;
        }
    }
}
