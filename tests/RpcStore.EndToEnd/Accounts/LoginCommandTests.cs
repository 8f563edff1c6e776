using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Accounts;

/// <summary>What somebody on another machine does with a key.</summary>
public sealed class LoginCommandTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private ServerProcess Server => fixture.Server;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("tcp")]
    [InlineData("http")]
    [InlineData("ws")]
    [InlineData("unix")]
    public async Task Whoever_logged_in_is_known_to_later_commands_until_they_log_out(string scheme)
    {
        var url = scheme == "unix" ? Server.Url : Server.TcpUrl.Replace("tcp:", scheme + ":", StringComparison.Ordinal);
        var person = await Person.CreateAsync(folder.File("p"), Server, "known-" + scheme);
        var login = (await person.RunAsync(url, "login", "--key", person.Key)).ShouldSucceed();
        Assert.Contains("account\tknown-" + scheme, login.Lines);

        var who = JsonNode.Parse((await person.RunAsync(url, "--json", "whoami")).ShouldSucceed().Output)!;
        Assert.Equal("known-" + scheme, (string?)who["account"]);
        Assert.Equal("user", (string?)who["role"]);
        Assert.Equal(person.Fingerprint(), (string?)who["fingerprint"]);

        (await person.RunAsync(url, "logout")).ShouldSucceed();
        Assert.Empty(Directory.EnumerateFiles(person.State));
        Assert.DoesNotContain("known-", (await person.RunAsync(url, "whoami")).ShouldSucceed().Output);
        (await person.RunAsync(url, "logout")).ShouldSucceed();
    }

    [Fact]
    public async Task The_token_is_told_to_nobody_and_kept_where_only_its_owner_reads()
    {
        var person = await Person.CreateAsync(folder.File("p"), Server, "careful");
        var login = (await person.RunAsync(Server.TcpUrl, "login", "--key", person.Key)).ShouldSucceed();
        var file = Assert.Single(Directory.EnumerateFiles(person.State));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var token = (string)JsonNode.Parse(await File.ReadAllTextAsync(file))!["token"]!;
        Assert.DoesNotContain(token, login.Output + login.Error);
        Assert.DoesNotContain(token, (await person.RunAsync(Server.TcpUrl, "sessions", "list")).ShouldSucceed().Output);
    }

    [Fact]
    public async Task A_user_reads_blobs_and_may_not_delete_them()
    {
        var id = (await Command.RunAsync(Repository.Command, ["--server", Server.Url, "blobs", "put"], "kept"u8.ToArray())).ShouldSucceed().Lines[0];
        var person = await Person.CreateAsync(folder.File("p"), Server, "reading");
        await person.LoginAsync(Server.TcpUrl);
        Assert.Equal("kept", (await person.RunAsync(Server.TcpUrl, "blobs", "get", id)).ShouldSucceed().Output);
        (await person.RunAsync(Server.TcpUrl, "blobs", "download", id, "-o", folder.File("got.tar"))).ShouldSucceed();

        var refused = await person.RunAsync(Server.TcpUrl, "blobs", "delete", id);
        Assert.Equal(4, refused.ExitCode);
        Assert.Contains("reading", refused.Error);
        (await person.RunAsync(Server.TcpUrl, "blobs", "has", id)).ShouldSucceed();
    }

    [Fact]
    public async Task An_admin_does_everything_from_afar()
    {
        var person = await Person.CreateAsync(folder.File("p"), Server, "afar", "admin");
        await person.LoginAsync(Server.TcpUrl);
        await File.WriteAllTextAsync(folder.File("blob"), "from afar");
        var id = (await person.RunAsync(Server.TcpUrl, "blobs", "put", folder.File("blob"))).ShouldSucceed().Lines[0];
        (await person.RunAsync(Server.TcpUrl, "accounts", "add", "made-from-afar", "--role", "user")).ShouldSucceed();
        (await person.RunAsync(Server.TcpUrl, "blobs", "delete", id)).ShouldSucceed();
    }

    [Fact]
    public async Task A_key_that_nobody_has_does_not_log_in()
    {
        var person = await Person.CreateAsync(folder.File("p"), Server, account: null);
        var result = await person.RunAsync(Server.TcpUrl, "login", "--key", person.Key);
        Assert.Equal(4, result.ExitCode);
        Assert.False(Directory.Exists(person.State));
    }

    [Fact]
    public async Task A_key_file_that_others_may_read_is_not_used()
    {
        var person = await Person.CreateAsync(folder.File("p"), Server, "open");
        File.SetUnixFileMode(person.Key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var result = await person.RunAsync(Server.TcpUrl, "login", "--key", person.Key);
        Assert.Equal(5, result.ExitCode);
        Assert.Contains("chmod 600", result.Error);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task A_session_that_was_revoked_is_worth_nothing_and_a_login_opens_another(string scheme)
    {
        var url = Server.TcpUrl.Replace("tcp:", scheme + ":", StringComparison.Ordinal);
        var person = await Person.CreateAsync(folder.File("p"), Server, "revoked-" + scheme);
        await person.LoginAsync(url);
        var sessions = (await Command.RpcStoreAsync("--server", Server.Url, "sessions", "list", "--account", "revoked-" + scheme)).ShouldSucceed();
        var id = Assert.Single(sessions.Lines).Split('\t')[0];
        (await Command.RpcStoreAsync("--server", Server.Url, "sessions", "revoke", id)).ShouldSucceed();

        var refused = await person.RunAsync(url, "whoami");
        Assert.Equal(4, refused.ExitCode);
        Assert.Contains($"rpcstore --server {url} login --key", refused.Error);

        await person.LoginAsync(url);
        Assert.Contains("account\trevoked-" + scheme, (await person.RunAsync(url, "whoami")).ShouldSucceed().Lines);
    }

    [Fact]
    public async Task A_session_that_was_revoked_can_be_forgotten()
    {
        var person = await Person.CreateAsync(folder.File("p"), Server, "forgotten");
        await person.LoginAsync(Server.TcpUrl);
        var mine = (await person.RunAsync(Server.TcpUrl, "sessions", "list")).ShouldSucceed().Lines[0].Split('\t');
        Assert.Equal("current", mine[^1]);
        (await person.RunAsync(Server.TcpUrl, "sessions", "revoke", mine[0])).ShouldSucceed();
        (await person.RunAsync(Server.TcpUrl, "logout")).ShouldSucceed();
        Assert.Empty(Directory.EnumerateFiles(person.State));
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task Another_server_in_the_same_place_does_not_get_the_token(string scheme)
    {
        Directory.CreateDirectory(folder.File("a"));
        Directory.CreateDirectory(folder.File("b"));
        var person = new Person(folder.File("p"));
        string url;
        string address;
        await using (var first = await ServerProcess.StartAsync(folder.File("a")))
        {
            person = await Person.CreateAsync(folder.File("p"), first, "moved");
            address = first.TcpUrl;
            url = address.Replace("tcp:", scheme + ":", StringComparison.Ordinal);
            await person.LoginAsync(url);
            await first.StopAsync();
        }

        await using var second = await ServerProcess.StartAsync(folder.File("b"), "--listen", address);
        var refused = await person.RunAsync(url, "whoami");
        Assert.Equal(4, refused.ExitCode);
        Assert.Contains("not sent", refused.Error);
    }
}
