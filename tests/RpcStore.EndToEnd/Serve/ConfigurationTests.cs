using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Serve;

/// <summary>A server that is told by a file, the environment and flags, and told anew while it runs.</summary>
public sealed class ConfigurationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Config => folder.File("rpcstore.json");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_holds_and_why_is_printed_without_starting_anything()
    {
        await WriteAsync("""{ "journal-max-age": "90d", "max-transfers": 5, "data": "/nowhere" }""");
        var environment = new Dictionary<string, string> { ["RPCSTORE_MAX_TRANSFERS"] = "6", ["RPCSTORE_CONFIG"] = Config };
        var printed = await Command.RunAsync(
            Repository.Command, ["--json", "serve", "--print-config", "--listen", "tcp://127.0.0.1:1", "-v"], environment: environment);
        var rows = JsonNode.Parse(printed.ShouldSucceed().Output)!.AsArray().ToDictionary(row => (string)row!["name"]!, row => row!);
        Assert.Equal(("90d", Config + ":1"), ValueOf("journal-max-age"));
        Assert.Equal(("6", "RPCSTORE_MAX_TRANSFERS"), ValueOf("max-transfers"));
        Assert.Equal(("tcp://127.0.0.1:1", "--listen"), ValueOf("listen"));
        Assert.Equal(("debug", "--verbose"), ValueOf("log-level"));
        Assert.Equal(("8MiB", "default"), ValueOf("max-message-bytes"));
        Assert.Equal((null, "default"), ValueOf("tls-key"));
        Assert.False(Directory.Exists("/nowhere"));

        (string?, string?) ValueOf(string name) => ((string?)rows[name]["value"], (string?)rows[name]["source"]);
    }

    [Fact]
    public async Task Mistakes_keep_it_from_starting_and_are_named()
    {
        await WriteAsync("{\n  \"jornal-max-age\": \"90d\"\n}");
        var environment = new Dictionary<string, string> { ["RPCSTORE_MAX_TRANSFERS"] = "many" };
        var result = await Command.RunAsync(
            Repository.Command, ["serve", "--config", Config, "--data", folder.File("data"), "--shutdown-grace", "2w"], environment: environment);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("rpcstore: ", result.Error);
        Assert.Contains($"{Config}:2: 'jornal-max-age' is no setting; did you mean 'journal-max-age'?", result.Error);
        Assert.Contains("RPCSTORE_MAX_TRANSFERS takes a number from 1 to 1000000, not 'many'", result.Error);
        Assert.Contains("--shutdown-grace takes a duration", result.Error);
        Assert.False(Directory.Exists(folder.File("data")));
    }

    [Fact]
    public async Task A_flag_that_there_is_not_comes_with_the_nearest_one()
    {
        var result = await Command.RpcStoreAsync("serve", "--journal-maxage", "1d");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("did you mean '--journal-max-age'?", result.Error);
    }

    [Fact]
    public async Task Its_settings_are_in_force()
    {
        await WriteAsync("""{ "max-batch-calls": 7, "socket-mode": "0600", "transfer-time": "1m", "connection-idle": 90 }""");
        await using var server = await ServerProcess.StartAsync(folder.Path, "--config", Config);
        var limits = await ReadLimitsAsync(server);
        Assert.Equal(7, (int)limits["maxBatchCalls"]!);
        Assert.Equal(60, (int)limits["transferSeconds"]!);
        Assert.Equal(90, (int)limits["connectionIdleSeconds"]!);
        Assert.Equal("600", (await Command.RunAsync("stat", ["-c", "%a", server.Socket])).ShouldSucceed().Lines[0]);
    }

    [Theory]
    [InlineData("changes", false, false)]
    [InlineData("actions", true, false)]
    [InlineData("all", true, true)]
    public async Task The_journal_records_what_it_is_told_to(string scope, bool hasReads, bool hasQuestions)
    {
        await using var server = await ServerProcess.StartAsync(folder.Path, "--journal-records", scope);
        var file = folder.File("content");
        await File.WriteAllTextAsync(file, "content");
        var id = (await Command.RpcStoreAsync("--server", server.Url, "blobs", "put", file)).ShouldSucceed().Lines[0];
        (await Command.RpcStoreAsync("--server", server.Url, "blobs", "get", id)).ShouldSucceed();
        (await Command.RpcStoreAsync("--server", server.Url, "server", "status")).ShouldSucceed();

        // What was recorded in memory before the server ends is written then.
        Assert.Equal(0, await server.StopAsync());
        await using var again = await ServerProcess.StartAsync(folder.Path, "--journal-records", "changes");
        var entries = JsonNode.Parse((await Command.RpcStoreAsync("--server", again.Url, "--json", "journal")).ShouldSucceed().Output)!.AsArray();
        var methods = entries.Select(entry => (string)entry!["method"]!).ToArray();
        Assert.Contains(entries, entry => (long)entry!["blobsIn"]! == 1);
        Assert.Equal(hasReads, entries.Any(entry => (long)entry!["blobsOut"]! == 1));
        Assert.Equal(hasQuestions, methods.Contains("server.status"));
    }

    [Fact]
    public async Task A_hang_up_takes_over_what_can_be_and_says_what_cannot()
    {
        await WriteAsync("""{ "max-connections": 100 }""");
        await using var server = await ServerProcess.StartAsync(folder.Path, "--config", Config);
        Assert.Equal(100, (int)(await ReadLimitsAsync(server))["maxConnections"]!);

        await WriteAsync("""{ "max-connections": 90, "max-batch-calls": 9, "journal-max-age": "9d" }""");
        await server.SignalAsync("HUP");
        await server.WaitForLogAsync("max-batch-calls stays '1000' until the server is restarted; then it will be '9'.");
        await server.WaitForLogAsync("max-connections was '100' and is now '90'.");
        await server.WaitForLogAsync("journal-max-age was '400d' and is now '9d'.");
        var limits = await ReadLimitsAsync(server);
        Assert.Equal(90, (int)limits["maxConnections"]!);
        Assert.Equal(1000, (int)limits["maxBatchCalls"]!);

        // A mistake changes nothing.
        await WriteAsync("""{ "max-connections": 80, "moon": 1 }""");
        await server.SignalAsync("HUP");
        await server.WaitForLogAsync("'moon' is no setting");
        Assert.Equal(90, (int)(await ReadLimitsAsync(server))["maxConnections"]!);
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task A_hang_up_changes_how_much_is_logged()
    {
        await WriteAsync("""{ "log-level": "error" }""");
        await using var server = await ServerProcess.StartAsync(folder.Path, "--config", Config);
        await WriteAsync("""{ "log-level": "debug" }""");
        await server.SignalAsync("HUP");
        await server.WaitForLogAsync("log-level was 'error' and is now 'debug'.");
        (await Command.ShellAsync($"curl -sS --max-time 60 http://127.0.0.1:{server.Port}/openrpc.json")).ShouldSucceed();
        await server.WaitForLogAsync("Request finished HTTP/1.1 GET");
    }

    private Task WriteAsync(string text) => File.WriteAllTextAsync(Config, text);

    private static async Task<JsonNode> ReadLimitsAsync(ServerProcess server) =>
        JsonNode.Parse((await Command.RpcStoreAsync("--server", server.Url, "--json", "server", "info")).ShouldSucceed().Output)!["limits"]!;
}
