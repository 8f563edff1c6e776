using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Peers;

/// <summary>
/// What else other people's programs do with the real server, beside the list that all clients walk. Each prints a line a check.
/// </summary>
public sealed class PeerTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public Task A_browser_style_client_uses_websocket_and_post() => RunAsync("websocket.mjs", $"{fixture.Server.Port}");

    [Fact]
    public Task The_contract_is_valid_against_the_published_meta_schema() =>
        RunAsync("validate-openrpc.mjs", Path.Combine(Repository.Root, "openrpc.json"));

    private static async Task RunAsync(string script, string argument)
    {
        var result = await Command.RunAsync("node", [Path.Combine(Repository.Peers, script), argument]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }
}
