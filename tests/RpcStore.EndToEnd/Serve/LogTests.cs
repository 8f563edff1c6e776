using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Serve;

/// <summary>What the log looks like. The event that is logged is an overlay that waits: no machine has an address in 100::/64 (RFC 6666).</summary>
public sealed class LogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_event_is_one_json_object_on_one_line()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path, "--listen", "overlay://100::/64:9750", "--log-format", "json");
        await server.WaitForLogAsync("waits");
        var line = JsonNode.Parse(Assert.Single(server.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries)))!;
        Assert.Equal("Information", line["LogLevel"]!.GetValue<string>());
        Assert.Equal("overlay://100::/64:9750", line["State"]!["Endpoint"]!.GetValue<string>());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", line["Timestamp"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_event_is_one_line_of_text_unless_asked_otherwise()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path, "--listen", "overlay://100::/64:9750");
        await server.WaitForLogAsync("waits");
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z info: ", Assert.Single(server.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public async Task A_format_that_there_is_not_is_named()
    {
        var result = await Command.RpcStoreAsync("serve", "--log-format", "xml");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("xml", result.Error);
    }
}
