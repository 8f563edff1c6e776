using RpcStore.EndToEnd.Sites;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Reference;

/// <summary>The page at <c>/openrpc</c> in a real browser: what its tests in <c>peers/browser</c> say.</summary>
public sealed class ReferencePageTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    // Some twenty times a page is opened, by a browser that shares the machine.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_finds_shows_calls_logs_in_and_runs_nothing_of_others()
    {
        await Tools.NeedAsync("chromium");
        await MakeKeyAsync("ada");
        await MakeKeyAsync("bob");
        await MakeKeyAsync("locked", "-N", "a passphrase");
        await MakeKeyAsync("ecdsa", "-t", "ecdsa");
        await MakeKeyAsync("unknown");
        await MakeKeyAsync("further");
        await AddAsync("ada", "admin");
        await AddAsync("bob", "user");
        var url = $"http://127.0.0.1:{fixture.Server.Port}";
        var token = (await Command.RunAsync("sh", ["spec/examples/login.sh", url, folder.File("ada")])).ShouldSucceed().Output.Trim();
        var result = await Command.ShellAsync(
            $"node --test '{Repository.Peers}'/browser/*.test.mjs 2>&1",
            new Dictionary<string, string>
            {
                ["CHROMIUM"] = (await Command.ShellAsync("command -v chromium")).Output.Trim(),
                ["RPCSTORE_URL"] = url + "/rpc",
                ["RPCSTORE_KEY"] = folder.File("ada"),
                ["RPCSTORE_USER_KEY"] = folder.File("bob"),
                ["RPCSTORE_LOCKED_KEY"] = folder.File("locked"),
                ["RPCSTORE_ECDSA_KEY"] = folder.File("ecdsa"),
                ["RPCSTORE_UNKNOWN_KEY"] = folder.File("unknown"),
                ["RPCSTORE_PUBLIC_KEY"] = (await File.ReadAllTextAsync(folder.File("further.pub"))).Trim(),
                ["RPCSTORE_TOKEN"] = token,
            },
            Patience);
        result.ShouldSucceed();
        Assert.DoesNotContain("tests 0", result.Output, StringComparison.Ordinal);
    }

    private async Task MakeKeyAsync(string name, params string[] more) =>
        (await Command.RunAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", .. more, "-f", folder.File(name)])).ShouldSucceed();

    private async Task AddAsync(string account, string role) =>
        (await Command.RpcStoreAsync("--server", fixture.Server.Url, "accounts", "add", account, "--role", role, "--key-file", folder.File(account + ".pub")))
            .ShouldSucceed();
}
