using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Accounts;

/// <summary>What an admin on the machine does with accounts.</summary>
public sealed class AccountCommandTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_account_is_added_with_a_key_and_listed_and_shown()
    {
        var person = await Person.CreateAsync(folder.File("ada"), fixture.Server, account: null);
        var line = (await File.ReadAllTextAsync(person.Key + ".pub")).Trim();
        var added = (await RunAsync("accounts", "add", "added", "--role", "user", "--key", line, "--label", "laptop")).ShouldSucceed();
        Assert.Contains($"key\t{person.Fingerprint()} laptop", added.Lines);

        var listed = (await RunAsync("accounts", "list")).ShouldSucceed();
        var columns = Assert.Single(listed.Lines, row => row.StartsWith("added\t", StringComparison.Ordinal)).Split('\t');
        Assert.Equal(["added", "user", "enabled", "1"], columns[..4]);

        var shown = JsonNode.Parse((await RunAsync("--json", "accounts", "show", "added")).ShouldSucceed().Output)!;
        Assert.Equal("laptop", (string?)shown["keys"]![0]!["label"]);
        Assert.Equal(string.Join(' ', line.Split(' ')[..2]), (string?)shown["keys"]![0]!["publicKey"]);
    }

    [Fact]
    public async Task An_account_is_changed_disabled_and_removed()
    {
        (await RunAsync("accounts", "add", "changing", "--role", "user")).ShouldSucceed();
        Assert.Contains("role\tadmin", (await RunAsync("accounts", "update", "changing", "--role", "admin")).ShouldSucceed().Lines);
        Assert.Contains("state\tdisabled", (await RunAsync("accounts", "disable", "changing")).ShouldSucceed().Lines);
        var enabled = (await RunAsync("accounts", "update", "changing", "--enable", "--role", "user")).ShouldSucceed();
        Assert.Contains("state\tenabled", enabled.Lines);
        Assert.Contains("role\tuser", enabled.Lines);
        (await RunAsync("accounts", "remove", "changing")).ShouldSucceed();
        var gone = await RunAsync("accounts", "show", "changing");
        Assert.Equal(1, gone.ExitCode);
        Assert.Contains("changing", gone.Error);
    }

    [Fact]
    public async Task A_key_is_added_and_taken_away()
    {
        await Person.CreateAsync(folder.File("one"), fixture.Server, "keyed");
        var other = await Person.CreateAsync(folder.File("two"), fixture.Server, account: null);
        var both = (await RunAsync("accounts", "key", "add", "keyed", "--key-file", other.Key + ".pub")).ShouldSucceed();
        Assert.Equal(2, both.Lines.Count(line => line.StartsWith("key\t", StringComparison.Ordinal)));

        var fingerprint = other.Fingerprint();
        var one = (await RunAsync("accounts", "key", "remove", "keyed", fingerprint)).ShouldSucceed();
        Assert.DoesNotContain(fingerprint, one.Output);
        Assert.Equal(1, (await RunAsync("accounts", "key", "remove", "keyed", fingerprint)).ExitCode);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_an_error_of_the_server()
    {
        (await RunAsync("accounts", "add", "twice", "--role", "user")).ShouldSucceed();
        var again = await RunAsync("accounts", "add", "twice", "--role", "user");
        Assert.Equal(4, again.ExitCode);
        Assert.Single(again.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task A_private_key_is_never_sent()
    {
        var person = await Person.CreateAsync(folder.File("ada"), fixture.Server, account: null);
        var result = await RunAsync("accounts", "add", "careless", "--role", "user", "--key-file", person.Key);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("private", result.Error);
        Assert.Equal(1, (await RunAsync("accounts", "show", "careless")).ExitCode);
    }

    private Task<CommandResult> RunAsync(params string[] arguments) =>
        Command.RpcStoreAsync(["--server", fixture.Server.Url, .. arguments]);
}
