using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Peers;

/// <summary>Other people's clients against the real server. Each prints a line a check.</summary>
public sealed class PeerTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public Task Vscode_jsonrpc_speaks_header_delimited_frames_on_the_unix_socket() =>
        RunAsync("vscode-jsonrpc.mjs", fixture.Socket);

    [Fact]
    public Task A_reth_ipc_style_client_concatenates_values_and_half_closes() => RunAsync("reth-ipc.mjs", fixture.Socket);

    [Fact]
    public Task A_browser_style_client_uses_websocket_and_post() => RunAsync("websocket.mjs", $"{fixture.Server.Port}");

    [Fact]
    public Task The_client_of_the_OpenRPC_project_uses_http_and_websocket() =>
        RunAsync("open-rpc-client.mjs", $"{fixture.Server.Port}");

    [Fact]
    public Task The_contract_is_valid_against_the_published_meta_schema() =>
        RunAsync("validate-openrpc.mjs", Path.Combine(Repository.Root, "openrpc.json"));

    private static async Task RunAsync(string script, string argument)
    {
        var result = await Command.RunAsync("node", [Path.Combine(Repository.Peers, script), argument]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }
}
