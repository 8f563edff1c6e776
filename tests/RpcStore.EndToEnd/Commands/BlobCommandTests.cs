using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Commands;

/// <summary>The commands a person types, against the real server.</summary>
public sealed class BlobCommandTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    private const string Empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static readonly string Absent = new('0', 64);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Put_prints_the_ids_of_files_in_order_and_get_writes_the_bytes()
    {
        var files = Enumerable.Range(0, 3).Select(n => Write($"file{n}", $"put and get {n}")).ToArray();
        var put = (await RunAsync(["blobs", "put", .. files])).ShouldSucceed();
        Assert.Equal(files.Select(file => Sha256(File.ReadAllBytes(file))), put.Lines.Select(line => line.Split('\t')[0]));

        var got = (await RunAsync(["blobs", "get", put.Lines[1].Split('\t')[0]])).ShouldSucceed();
        Assert.Equal("put and get 1", got.Output);
    }

    [Fact]
    public async Task Put_reads_standard_input()
    {
        var put = (await RunAsync(["blobs", "put"], "from a pipe"u8.ToArray())).ShouldSucceed();
        Assert.Equal(Sha256("from a pipe"u8), put.Lines[0].Split('\t')[0]);
    }

    [Fact]
    public async Task Get_writes_a_range_and_to_a_file()
    {
        var id = await PutAsync("0123456789");
        Assert.Equal("345", (await RunAsync(["blobs", "get", id, "--offset", "3", "--length", "3"])).ShouldSucceed().Output);
        (await RunAsync(["blobs", "get", id, "-o", folder.File("out")])).ShouldSucceed();
        Assert.Equal("0123456789", await File.ReadAllTextAsync(folder.File("out")));
    }

    [Fact]
    public async Task Get_of_an_absent_blob_fails_and_leaves_no_file()
    {
        var result = await RunAsync(["blobs", "get", Absent, "-o", folder.File("out")]);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(Absent, result.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_large_blob_travels_through_pipes()
    {
        var bytes = RandomNumberGenerator.GetBytes(20 << 20);
        var file = folder.File("large");
        await File.WriteAllBytesAsync(file, bytes);
        var id = (await RunAsync(["blobs", "put", file])).ShouldSucceed().Lines[0].Split('\t')[0];
        Assert.Equal(Sha256(bytes), id);
        (await RunAsync(["blobs", "get", id, "-o", folder.File("back")])).ShouldSucceed();
        Assert.Equal(bytes, await File.ReadAllBytesAsync(folder.File("back")));
    }

    [Fact]
    public async Task Upload_of_a_folder_sends_only_what_is_missing()
    {
        var tree = Directory.CreateDirectory(folder.File("tree"));
        Directory.CreateDirectory(folder.File("tree/deep/er"));
        for (var n = 0; n < 120; n++)
        {
            Write($"tree/{(n % 2 == 0 ? "deep/er/" : "")}{n}", $"upload {n % 100}");
        }

        var first = JsonNode.Parse((await RunAsync(["--json", "blobs", "upload", tree.FullName])).ShouldSucceed().Output)!;
        Assert.Equal(100, first["stored"]!.GetValue<int>());
        var second = JsonNode.Parse((await RunAsync(["--json", "blobs", "upload", tree.FullName])).ShouldSucceed().Output)!;
        Assert.Equal(0, second["stored"]!.GetValue<int>());
        Assert.Equal(100, second["existing"]!.GetValue<int>());
    }

    [Fact]
    public async Task Download_writes_a_tar_that_upload_takes_back()
    {
        var ids = new List<string>();
        for (var n = 0; n < 20; n++)
        {
            ids.Add(await PutAsync($"down and up {n}"));
        }

        var list = Write("ids", string.Join('\n', ids) + "\n");
        (await RunAsync(["blobs", "download", "--ids", list, "-o", folder.File("all.tar")])).ShouldSucceed();
        var listing = (await Command.RunAsync("tar", ["-tf", folder.File("all.tar")])).ShouldSucceed();
        Assert.Equal(ids, listing.Lines);

        (await RunAsync(["blobs", "delete", .. ids])).ShouldSucceed();
        Assert.Equal(1, (await RunAsync(["blobs", "has", .. ids])).ExitCode);
        (await RunAsync(["blobs", "upload", folder.File("all.tar")])).ShouldSucceed();
        (await RunAsync(["blobs", "has", .. ids])).ShouldSucceed();
    }

    [Fact]
    public async Task Download_of_a_missing_blob_fails_and_leaves_no_file_unless_it_is_to_be_skipped()
    {
        var id = await PutAsync("not alone");
        var refused = await RunAsync(["blobs", "download", id, Absent, "-o", folder.File("x.tar")]);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(Absent, refused.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));

        (await RunAsync(["blobs", "download", id, Absent, "--skip-missing", "-o", folder.File("x.tar")])).ShouldSucceed();
        Assert.Equal([id], (await Command.RunAsync("tar", ["-tf", folder.File("x.tar")])).Lines);
    }

    [Fact]
    public async Task Ids_come_as_arguments_or_one_a_line_on_standard_input()
    {
        var id = await PutAsync("asked twice");
        var byArgument = await RunAsync(["blobs", "has", id, Absent]);
        var byInput = await RunAsync(["blobs", "has"], Encoding.UTF8.GetBytes($"{id}\n\n{Absent}\n"));
        Assert.Equal(byArgument, byInput);
        Assert.Equal(1, byArgument.ExitCode);
        Assert.Contains(byArgument.Lines, line => line.Contains(Absent, StringComparison.Ordinal) && line.Contains("missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stat_tells_size_and_verify_and_delete_what_became_of_each()
    {
        var id = await PutAsync("stat me");
        var stat = (await RunAsync(["--json", "blobs", "stat", id])).ShouldSucceed();
        Assert.Contains("\"size\":7", stat.Output.Replace(" ", "", StringComparison.Ordinal));
        Assert.Contains("ok", (await RunAsync(["blobs", "verify", id])).ShouldSucceed().Output);
        Assert.Contains("deleted", (await RunAsync(["blobs", "delete", id])).ShouldSucceed().Output);
        Assert.Equal(1, (await RunAsync(["blobs", "verify", id])).ExitCode);
        Assert.Contains("absent", (await RunAsync(["blobs", "delete", id])).Output);
    }

    [Fact]
    public async Task A_corrupt_blob_is_found_put_aside_and_can_be_uploaded_again()
    {
        var id = await PutAsync("soon to be corrupt");
        var path = Path.Combine(fixture.Server.Data, "blobs", "sha256", id[..2], id[2..4], id[4..]);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(path, "soon to be CORRUPT");

        var verify = await RunAsync(["blobs", "verify", id]);
        Assert.Equal(1, verify.ExitCode);
        Assert.Contains("corrupt", verify.Output);
        Assert.False(File.Exists(path));
        Assert.Contains(Directory.EnumerateFiles(Path.Combine(fixture.Server.Data, "blobs", "quarantine")), file => Path.GetFileName(file).StartsWith(id, StringComparison.Ordinal));
        Assert.Equal(1, (await RunAsync(["blobs", "has", id])).ExitCode);

        Assert.Equal(id, await PutAsync("soon to be corrupt"));
        (await RunAsync(["blobs", "verify", id])).ShouldSucceed();
    }

    [Fact]
    public async Task A_corrupt_blob_is_never_handed_out()
    {
        var id = await PutAsync("never handed out");
        var path = Path.Combine(fixture.Server.Data, "blobs", "sha256", id[..2], id[2..4], id[4..]);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(path, "never handed OUT");
        var result = await RunAsync(["blobs", "get", id]);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal("", result.Output);
    }

    [Fact]
    public async Task Scrub_reads_everything()
    {
        await PutAsync("scrubbed");
        var result = (await RunAsync(["--json", "blobs", "scrub"])).ShouldSucceed();
        var transfer = JsonNode.Parse(result.Output)!;
        Assert.Equal("completed", transfer["state"]!.GetValue<string>());
        Assert.True(transfer["items"]!.GetValue<int>() > 0);
    }

    [Fact]
    public async Task List_gives_every_id_once_and_in_order()
    {
        var ids = new List<string>();
        for (var n = 0; n < 30; n++)
        {
            ids.Add(await PutAsync($"listed {n}"));
        }

        var listed = (await RunAsync(["blobs", "list"])).ShouldSucceed().Lines.Select(line => line.Split('\t')[0]).ToList();
        Assert.Equal(listed.Order(StringComparer.Ordinal), listed);
        Assert.Equal(listed.Distinct(), listed);
        Assert.Empty(ids.Except(listed));
        var prefix = ids[0][..5];
        Assert.All((await RunAsync(["blobs", "list", "--prefix", prefix])).ShouldSucceed().Lines, line => Assert.StartsWith(prefix, line));
    }

    [Fact]
    public async Task What_is_no_id_is_wrong_usage_and_named()
    {
        var result = await RunAsync(["blobs", "has", "../../etc/passwd"]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("../../etc/passwd", result.Error);
    }

    [Fact]
    public async Task The_empty_blob_cannot_be_deleted()
    {
        var result = await RunAsync(["blobs", "delete", "--force", Empty]);
        Assert.Contains("referenced", result.Output);
        (await RunAsync(["blobs", "has", Empty])).ShouldSucceed();
    }

    private Task<CommandResult> RunAsync(string[] arguments, byte[]? input = null) =>
        Command.RunAsync(Repository.Command, ["--server", fixture.Server.Url, .. arguments], input);

    /// <summary>Stores a blob without the command: many tests need many.</summary>
    private async Task<string> PutAsync(string text)
    {
        using var admin = new AdminClient(fixture.Socket);
        return (string)(await admin.PutAsync(Encoding.UTF8.GetBytes(text)))["id"]!;
    }

    private string Write(string name, string text)
    {
        var path = folder.File(name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
