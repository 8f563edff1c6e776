using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Accounts;

/// <summary>Who did what, as an admin sees it.</summary>
public sealed class JournalCommandTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private ServerProcess Server => fixture.Server;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_tells_who_did_what_how_it_ended_and_how_much_it_was()
    {
        var person = await Person.CreateAsync(folder.File("p"), Server, "doer", "admin");
        await person.LoginAsync(Server.TcpUrl);
        var id = await PutAsync(person, "12345");
        (await person.RunAsync(Server.TcpUrl, "blobs", "delete", id)).ShouldSucceed();
        Assert.Equal(1, (await person.RunAsync(Server.TcpUrl, "accounts", "remove", "nobody")).ExitCode);

        var entries = await ReadAsync("--account", "doer", "--since", "1h");
        Assert.Equal(entries.OrderByDescending(entry => (long)entry!["position"]!), entries);
        var upload = Assert.Single(entries, entry => (long)entry!["blobsIn"]! == 1)!;
        Assert.Equal(5, (long)upload["bytesIn"]!);
        Assert.Equal("ok", (string?)upload["outcome"]);
        var deletion = Assert.Single(entries, entry => (string?)entry!["method"] == "blobs.delete")!;
        Assert.Equal("admin", (string?)deletion["role"]);
        Assert.StartsWith("127.0.0.1", (string?)deletion["address"]);

        // With the port that the system picked.
        Assert.Equal(Server.TcpUrl, (string?)deletion["endpoint"]);
        var failure = Assert.Single(await ReadAsync("--account", "doer", "--outcome", "notFound"))!;
        Assert.Equal("accounts.delete", (string?)failure["method"]);
        Assert.Empty(await ReadAsync("--account", "doer", "--until", "1h"));
        Assert.Single(await ReadAsync("--account", "doer", "--limit", "1"));

        var plain = (await RunAsync("journal", "--account", "doer", "--method", "blobs.delete")).ShouldSucceed();
        Assert.Equal(["doer", "admin", "blobs.delete", "ok"], Assert.Single(plain.Lines).Split('\t')[2..6]);
    }

    [Fact]
    public async Task Logins_that_failed_are_there()
    {
        var person = await Person.CreateAsync(folder.File("p"), Server, account: null);
        Assert.Equal(4, (await person.RunAsync(Server.TcpUrl, "login", "--key", person.Key)).ExitCode);
        Assert.NotEmpty(await ReadAsync("--method", "auth.login", "--outcome", "unauthenticated"));
    }

    [Fact]
    public async Task What_was_refused_is_there()
    {
        var person = await Person.CreateAsync(folder.File("p"), Server, "refused");
        await person.LoginAsync(Server.TcpUrl);
        Assert.Equal(4, (await person.RunAsync(Server.TcpUrl, "blobs", "delete", new string('0', 64))).ExitCode);
        await Eventually.HoldsAsync(
            async () => (await ReadAsync("--account", "refused", "--outcome", "forbidden")).Count > 0, "The refusal is not recorded.");
        var entry = Assert.Single(await ReadAsync("--account", "refused", "--outcome", "forbidden"))!;
        Assert.Equal("blobs.delete", (string?)entry["method"]);
    }

    [Theory]
    [InlineData("unix")]
    [InlineData("ws")]
    public async Task Follow_prints_what_was_and_then_what_happens_until_it_is_interrupted(string scheme)
    {
        var person = await Person.CreateAsync(folder.File("p"), Server, "followed-" + scheme, "admin");
        await person.LoginAsync(Server.TcpUrl);
        var first = await PutAsync(person, "first " + scheme);
        (await person.RunAsync(Server.TcpUrl, "blobs", "delete", first)).ShouldSucceed();

        string[] which = ["journal", "--follow", "--account", "followed-" + scheme, "--method", "blobs.delete", "--json"];
        var watcher = await Person.CreateAsync(folder.File("w"), Server, "watcher-" + scheme, "admin");
        var url = Server.TcpUrl.Replace("tcp:", "ws:", StringComparison.Ordinal);
        await watcher.LoginAsync(url);
        await using var follow = watcher.Start(scheme == "unix" ? Server.Url : url, which);
        var past = JsonNode.Parse(await follow.ReadLineAsync())!;

        (await person.RunAsync(Server.TcpUrl, "blobs", "delete", await PutAsync(person, "second " + scheme))).ShouldSucceed();
        var present = JsonNode.Parse(await follow.ReadLineAsync())!;
        Assert.True((long)present["position"]! > (long)past["position"]!);
        Assert.Equal("followed-" + scheme, (string?)present["account"]);
        Assert.Equal(0, await follow.InterruptAsync());
    }

    [Fact]
    public async Task Totals_add_up_by_what_is_asked_for()
    {
        var person = await Person.CreateAsync(folder.File("p"), Server, "summed", "admin");
        await person.LoginAsync(Server.TcpUrl);
        await PutAsync(person, "abc");
        await PutAsync(person, "defgh");

        var rows = (await RunAsync("--json", "journal", "totals", "--by", "account,day", "--account", "summed")).ShouldSucceed();
        var row = Assert.Single(JsonNode.Parse(rows.Output)!.AsArray())!;
        Assert.Equal("summed", (string?)row["account"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\d$", (string?)row["day"]);
        Assert.Equal(8, (long)row["bytesIn"]!);
        Assert.Equal(2, (long)row["blobsIn"]!);

        var methods = (await RunAsync("journal", "totals", "--by", "method", "--account", "summed")).ShouldSucceed();
        Assert.Contains(methods.Lines, line => line.StartsWith("auth.login\t1\t0\t", StringComparison.Ordinal));
        Assert.Single((await RunAsync("journal", "totals")).ShouldSucceed().Lines);
    }

    [Fact]
    public async Task A_user_does_not_see_it()
    {
        var person = await Person.CreateAsync(folder.File("p"), Server, "curious");
        await person.LoginAsync(Server.TcpUrl);
        Assert.Equal(4, (await person.RunAsync(Server.TcpUrl, "journal")).ExitCode);
        Assert.Equal(4, (await person.RunAsync(Server.TcpUrl, "journal", "totals")).ExitCode);
        Assert.Equal(4, (await person.RunAsync(Server.TcpUrl, "journal", "--follow")).ExitCode);
    }

    private async Task<string> PutAsync(Person person, string content)
    {
        var file = folder.File("content");
        await File.WriteAllTextAsync(file, content);
        return (await person.RunAsync(Server.TcpUrl, "blobs", "put", file)).ShouldSucceed().Lines[0];
    }

    private async Task<JsonArray> ReadAsync(params string[] arguments) =>
        JsonNode.Parse((await RunAsync(["--json", "journal", .. arguments])).ShouldSucceed().Output)!.AsArray();

    private Task<CommandResult> RunAsync(params string[] arguments) =>
        Command.RpcStoreAsync(["--server", Server.Url, .. arguments]);
}
