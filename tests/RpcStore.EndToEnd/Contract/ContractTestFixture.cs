using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;
using RpcStore.Keys;

namespace RpcStore.EndToEnd.Contract;

/// <summary>A server of its own for contract tests, with the keys of a user and of an admin.</summary>
public sealed class ContractTestFixture : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private ServerProcess? server;

    internal ServerProcess Server => server ?? throw new InvalidOperationException("The server was not started.");

    internal string UserKey => folder.File("user.key");

    internal string AdminKey => folder.File("admin.key");

    public async ValueTask InitializeAsync()
    {
        server = await ServerProcess.StartAsync(folder.Path);
        using var local = new AdminClient(server.Socket);
        await AddAsync(local, UserKey, "contract-user", "user");
        await AddAsync(local, AdminKey, "contract-admin", "admin");
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        folder.Dispose();
    }

    /// <summary>A file for a report or a document.</summary>
    internal string File(string name) => folder.File(name);

    /// <summary>Runs a test as whoever the connection is.</summary>
    internal static Task<CommandResult> RunAsync(string url, params string[] arguments) =>
        Command.RpcStoreAsync(["--server", url, "contract-test", .. arguments]);

    /// <summary>Runs a test that is to fail, and gives back the cases that failed: <c>METHOD KIND: NAME</c>, each with its reason.</summary>
    internal static async Task<Dictionary<string, string>> FindFailuresAsync(string url, params string[] arguments)
    {
        var result = await RunAsync(url, ["--format", "json", .. arguments]);
        Assert.True(result.ExitCode == 1, result.Output + result.Error);
        return Cases(JsonNode.Parse(result.Output)!)
            .Where(one => (string)one.Case["outcome"]! == "failed")
            .ToDictionary(one => $"{one.Method} {one.Case["kind"]}: {one.Case["name"]}", one => (string)one.Case["reason"]!);
    }

    /// <summary>The cases of a JSON report.</summary>
    internal static IEnumerable<(string Method, JsonNode Case)> Cases(JsonNode report) =>
        report["methods"]!.AsArray().SelectMany(method => method!["cases"]!.AsArray().Select(one => ((string)method["name"]!, one!)));

    private static async Task AddAsync(AdminClient local, string file, string account, string role)
    {
        using var key = PrivateKey.Generate();
        PrivateKeyFile.Create(file, key);
        await local.CallAsync("accounts.create", new JsonObject { ["name"] = account, ["role"] = role, ["publicKey"] = key.PublicKey.Text }.ToJsonString());
    }
}
