using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Flists;

/// <summary><c>rpcstore flists upload</c>: whatever a tree comes as, it becomes the same flist.</summary>
public sealed class UploadCommandTests(ServerFixture fixture) : FlistCommandTests(fixture)
{
    // Owner and times are given, so that all forms of the tree are the same. Each test fills its files with a letter of its own,
    // because the tests share a server and count what it stores anew.
    private static string MakeTree(char letter) =>
        $"""
        umask 022
        mkdir -p tree/deep/er tree/empty
        echo hello {letter} > tree/hello
        head -c 1300000 /dev/zero | tr '\0' {letter} > tree/deep/er/large
        printf '#!/bin/sh\n# {letter}\n' > tree/run && chmod 4755 tree/run
        ln -s ../hello tree/deep/link
        ln -s /nowhere tree/dangling
        mkfifo -m 600 tree/pipe
        find tree -print0 | xargs -0 touch -h -d '2025-01-02T03:04:05Z'
        """;

    [Fact]
    public async Task A_tar_a_tar_gz_a_folder_standard_input_and_the_fl_itself_make_the_same_flist()
    {
        await ShellAsync(MakeTree('x'));
        await ShellAsync("tar -C tree --sort=name -cf t1.tar . && gzip -k t1.tar && mv t1.tar.gz t2.tar.gz");

        var tar = await AskAsync("flists", "upload", Folder.File("t1.tar"));
        Assert.Equal(("created", "t1", true, false), ((string)tar["status"]!, (string)tar["flist"]!["name"]!, (bool)tar["flist"]!["complete"]!, (bool)tar["flist"]!["public"]!));
        Assert.Equal((10, 3, 4), ((int)tar["flist"]!["inodes"]!, (int)tar["flist"]!["files"]!, (int)tar["flist"]!["blobs"]!));
        Assert.Equal((int)tar["flist"]!["blobs"]!, (int)tar["storedBlobs"]!);
        var digest = (string)tar["flist"]!["digest"]!;

        var packed = await AskAsync("flists", "upload", Folder.File("t2.tar.gz"));
        Assert.Equal(("t2", digest, 0), ((string)packed["flist"]!["name"]!, (string)packed["flist"]!["digest"]!, (int)packed["storedBlobs"]!));

        var folder = await AskAsync("flists", "upload", Folder.File("tree"));
        Assert.Equal(("tree", digest, 0), ((string)folder["flist"]!["name"]!, (string)folder["flist"]!["digest"]!, (int)folder["storedBlobs"]!));

        var piped = (await RunAsync(await File.ReadAllBytesAsync(Folder.File("t1.tar")), "flists", "upload", "-", "--name", "local/piped")).ShouldSucceed();
        Assert.Contains($"digest\t{digest}", piped.Lines);
        Assert.Contains("status\tcreated", piped.Lines);

        (await RunAsync("flists", "download", "t1", "-o", Folder.File("own.fl"))).ShouldSucceed();
        var own = await AskAsync("flists", "upload", Folder.File("own.fl"));
        Assert.Equal(("own", digest, 0), ((string)own["flist"]!["name"]!, (string)own["flist"]!["digest"]!, (int)own["storedBlobs"]!));
    }

    [Fact]
    public async Task Modes_links_and_pipes_are_shown_as_they_were()
    {
        await ShellAsync(MakeTree('y'));
        (await RunAsync("flists", "upload", Folder.File("tree"), "--name", "modes")).ShouldSucceed();
        var entries = (await AskAsync("flists", "tree", "modes")).AsArray().ToDictionary(entry => (string)entry!["path"]!, entry => entry!);
        Assert.Equal(("file", 0b100_111_101_101), ((string)entries["/run"]["kind"]!, (int)entries["/run"]["mode"]!));
        Assert.Equal(("fifo", 0b110_000_000), ((string)entries["/pipe"]["kind"]!, (int)entries["/pipe"]["mode"]!));
        Assert.Equal(("symlink", "../hello"), ((string)entries["/deep/link"]["kind"]!, (string)entries["/deep/link"]["target"]!));
        Assert.Equal("/nowhere", (string)entries["/dangling"]["target"]!);
        Assert.Equal(("directory", "2025-01-02T03:04:05Z"), ((string)entries["/empty"]["kind"]!, (string)entries["/empty"]["modifiedAt"]!));
        Assert.Equal(1_300_000, (int)entries["/deep/er/large"]["size"]!);
        Assert.Contains("p0600", (await RunAsync("flists", "tree", "modes", "pipe")).ShouldSucceed().Output);
    }

    [Fact]
    public async Task The_same_again_is_unchanged_and_a_new_version_replaces_the_old_one()
    {
        var first = await UploadAsync("twice", "a=one", "b=two");
        var again = await UploadAsync("twice", "a=one", "b=two");
        Assert.Equal(("unchanged", 0, 0), ((string)again["status"]!, (int)again["storedBlobs"]!, (int)again["storedBytes"]!));
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(first["flist"], again["flist"]));

        var next = await UploadAsync("twice", "a=one", "b=other");
        Assert.Equal(("replaced", 1), ((string)next["status"]!, (int)next["storedBlobs"]!));
        Assert.Equal((string)first["flist"]!["id"]!, (string)next["flist"]!["id"]!);
        Assert.Equal("other", (await RunAsync("flists", "cat", "twice", "b")).ShouldSucceed().Output);

        // The blob of the old version went with it.
        await Eventually.HoldsAsync(
            async () => (int)(await AskAsync("gc", "--dry-run", "--min-age", "0"))["blobs"]! == 0, "A blob of the old version is left.");
    }

    // A batch of blocks is 32 MiB: the archive ends while it is being made durable.
    [Fact]
    public async Task An_archive_that_ends_with_a_batch_of_blocks_is_taken()
    {
        for (var n = 0; n < 4; n++)
        {
            var bytes = TestTree.Noise(new Random(n), (32 << 20) + (n * 524288));
            var uploaded = await AskAsync("flists", "upload", Write("batch.tar", TestTree.Tar(("a", bytes))));
            Assert.Equal((64 + n, true), ((int)uploaded["storedBlobs"]!, (bool)uploaded["flist"]!["complete"]!));
        }
    }

    [Fact]
    public async Task If_match_refuses_when_somebody_was_faster()
    {
        var first = (string)(await UploadAsync("matched", "a=one"))["flist"]!["digest"]!;
        var archive = Write("next.tar", TestTree.Tar("a=two"));

        var late = await RunAsync("flists", "upload", archive, "--name", "matched", "--if-match", new string('0', 64));
        Assert.Equal(1, late.ExitCode);
        Assert.Contains(first, late.Error);
        var taken = await RunAsync("flists", "upload", archive, "--name", "matched", "--if-match", "none");
        Assert.Equal(1, taken.ExitCode);
        Assert.Equal(first, (string)(await AskAsync("flists", "show", "matched"))["digest"]!);
        Assert.Equal("one", (await RunAsync("flists", "cat", "matched", "a")).ShouldSucceed().Output);

        var next = await AskAsync("flists", "upload", archive, "--name", "matched", "--if-match", first);
        Assert.Equal("replaced", (string)next["status"]!);
        Assert.Equal(1, (await RunAsync("flists", "delete", "matched", "--if-match", first)).ExitCode);
        (await RunAsync("flists", "delete", "matched", "--if-match", (string)next["flist"]!["digest"]!)).ShouldSucceed();
        Assert.Equal(1, (await RunAsync("flists", "upload", archive, "--name", "matched", "--if-match", first)).ExitCode);
        (await RunAsync("flists", "upload", archive, "--name", "matched", "--if-match", "none")).ShouldSucceed();
    }

    [Fact]
    public async Task Public_stays_until_it_is_made_private()
    {
        var archive = Write("seen.tar", TestTree.Tar("a=one"));
        Assert.True(await IsPublicAsync("--public"));
        Assert.True(await IsPublicAsync());
        Assert.False(await IsPublicAsync("--private"));
        Assert.False(await IsPublicAsync());
        Assert.True((bool)(await AskAsync("flists", "update", "seen", "--public"))["public"]!);
        var both = await RunAsync("flists", "upload", archive, "--public", "--private");
        Assert.Equal(2, both.ExitCode);
        Assert.Contains("exclude", both.Error);

        async Task<bool> IsPublicAsync(params string[] more) =>
            (bool)(await AskAsync(["flists", "upload", archive, .. more]))["flist"]!["public"]!;
    }

    [Theory]
    [InlineData("no such.tar", "there is no file or folder")]
    [InlineData("-", "give --name")]
    public async Task What_cannot_be_uploaded_is_wrong_usage(string source, string reason)
    {
        var result = await RunAsync("flists", "upload", source);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(reason, result.Error);
    }

    [Theory]
    [InlineData("a b", "/name")]
    [InlineData(".hidden", "/name")]
    [InlineData("nobody/x", "nobody")]
    public async Task A_name_that_no_flist_can_have_is_refused(string name, string reason)
    {
        var result = await RunAsync(TestTree.Tar("a=one"), "flists", "upload", "-", "--name", name);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(reason, result.Error);
    }

    [Fact]
    public async Task An_archive_that_is_none_is_refused_and_leaves_nothing()
    {
        var result = await RunAsync("just text"u8.ToArray(), "flists", "upload", "-", "--name", "none");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("archive", result.Error);
        Assert.Equal(1, (await RunAsync("flists", "show", "none")).ExitCode);
    }
}
