using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Commands;

/// <summary>What all commands have in common: endpoints, output, exit codes.</summary>
public sealed class GeneralCommandTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("unix")]
    [InlineData("tcp")]
    [InlineData("ws")]
    [InlineData("http")]
    public async Task Every_kind_of_endpoint_url_reaches_the_server(string scheme)
    {
        var url = scheme == "unix" ? fixture.Server.Url : fixture.Server.TcpUrl.Replace("tcp:", scheme + ":", StringComparison.Ordinal);
        var info = (await Command.RpcStoreAsync("--server", url, "--json", "server", "info")).ShouldSucceed();
        Assert.Equal("RpcStore", JsonNode.Parse(info.Output)!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Call_calls_anything_with_json()
    {
        var result = (await RunAsync("call", "blobs.has", $$"""{"ids":["{{new string('0', 64)}}"]}""")).ShouldSucceed();
        Assert.Empty(JsonNode.Parse(result.Output)!["present"]!.AsArray());
    }

    [Fact]
    public async Task Discover_prints_the_contract()
    {
        var document = JsonNode.Parse((await RunAsync("discover")).ShouldSucceed().Output)!;
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "openrpc.json")));
        Assert.True(JsonNode.DeepEquals(expected, document));
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_exit_code_3()
    {
        var result = await Command.RpcStoreAsync("--server", "unix:/nowhere/x.sock", "server", "info");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("unix:/nowhere/x.sock", result.Error);
        Assert.DoesNotContain("   at ", result.Error);
    }

    [Fact]
    public async Task An_error_of_the_server_is_exit_code_4_and_one_line()
    {
        var result = await RunAsync("call", "no.such");
        Assert.Equal(4, result.ExitCode);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task A_guest_is_told_what_is_missing()
    {
        var result = await Command.RpcStoreAsync("--server", fixture.Server.TcpUrl, "blobs", "list");
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("guest", result.Error);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("blobs", "nonsense")]
    [InlineData("--server", "gopher://x", "server", "info")]
    [InlineData("call")]
    public async Task Wrong_usage_is_exit_code_2(params string[] arguments)
    {
        var result = await Command.RpcStoreAsync(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.NotEqual("", result.Error);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("serve", "--help")]
    [InlineData("blobs", "--help")]
    [InlineData("blobs", "download", "--help")]
    public async Task Help_is_there_for_every_command(params string[] arguments)
    {
        var result = (await Command.RpcStoreAsync(arguments)).ShouldSucceed();
        Assert.Contains("Usage:", result.Output);
    }

    [Fact]
    public async Task The_environment_names_the_default_server()
    {
        var result = await Command.RunAsync(
            Repository.Command, ["server", "status"], environment: new Dictionary<string, string> { ["RPCSTORE_SERVER"] = fixture.Server.Url });
        result.ShouldSucceed();
    }

    private Task<CommandResult> RunAsync(params string[] arguments) =>
        Command.RpcStoreAsync(["--server", fixture.Server.Url, .. arguments]);
}
