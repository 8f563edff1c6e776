using System.Net.Sockets;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Serve;

/// <summary>Starting and stopping: what is said, what is refused, what is left behind.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_start_up_text_names_the_data_the_endpoints_and_what_to_try()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path);
        Assert.Contains(server.Data, server.StartUpText);
        Assert.Contains(server.Url, server.StartUpText);
        Assert.Contains(server.TcpUrl, server.StartUpText);
        Assert.Contains("rpcstore", server.StartUpText);
    }

    [Fact]
    public async Task An_interrupt_stops_it_cleanly_and_removes_the_socket()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path);
        Assert.Equal(0, await server.StopAsync());
        Assert.False(File.Exists(server.Socket));
        Assert.Equal("", server.Log.Trim());
    }

    [Fact]
    public async Task The_socket_has_mode_0660_and_the_data_directory_0700()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path);
        var modes = (await Command.RunAsync("stat", ["-c", "%a", server.Socket, server.Data])).ShouldSucceed();
        Assert.Equal(["660", "700"], modes.Lines);
    }

    [Fact]
    public async Task What_was_stored_is_there_after_a_restart()
    {
        string id;
        await using (var first = await ServerProcess.StartAsync(folder.Path))
        {
            id = (await Command.RunAsync(Repository.Command, ["--server", first.Url, "blobs", "put", "-"], "kept"u8.ToArray()))
                .ShouldSucceed().Lines[0];
            await first.StopAsync();
        }

        await using var second = await ServerProcess.StartAsync(folder.Path);
        var got = await Command.RpcStoreAsync("--server", second.Url, "blobs", "get", id);
        Assert.Equal("kept", got.ShouldSucceed().Output);
    }

    [Fact]
    public async Task The_server_id_stays_the_same_after_a_restart()
    {
        string first, second;
        await using (var server = await ServerProcess.StartAsync(folder.Path))
        {
            first = await GetServerIdAsync(server);
        }

        await using (var server = await ServerProcess.StartAsync(folder.Path))
        {
            second = await GetServerIdAsync(server);
        }

        Assert.Matches("^[0-9a-f]{32}$", first);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_socket_left_over_by_a_killed_server_is_replaced()
    {
        await using (var killed = await ServerProcess.StartAsync(folder.Path))
        {
            await killed.KillAsync();
            Assert.True(File.Exists(killed.Socket));
        }

        await using var server = await ServerProcess.StartAsync(folder.Path);
        Assert.Equal(0, (await Command.RpcStoreAsync("--server", server.Url, "server", "info")).ExitCode);
    }

    [Fact]
    public async Task A_socket_of_a_live_server_is_an_error()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path);
        var second = await Command.RpcStoreAsync("serve", "--data", folder.File("other"), "--listen", server.Url);
        AssertRefused(second, server.Socket, "runs listens there");
        Assert.Equal(0, (await Command.RpcStoreAsync("--server", server.Url, "server", "info")).ExitCode);
    }

    [Fact]
    public async Task A_path_that_is_no_socket_is_never_replaced()
    {
        var path = folder.File("precious");
        await File.WriteAllTextAsync(path, "precious");
        var result = await Command.RpcStoreAsync("serve", "--data", folder.File("data"), "--listen", "unix:" + path);
        AssertRefused(result, path);
        Assert.Equal("precious", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_port_in_use_is_an_error()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var result = await Command.RpcStoreAsync("serve", "--data", folder.File("data"), "--listen", $"tcp://{taken.LocalEndpoint}");
        AssertRefused(result, $"{taken.LocalEndpoint}", "--listen");
    }

    [Fact]
    public async Task A_data_directory_in_use_is_an_error()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path);
        var second = await Command.RpcStoreAsync("serve", "--data", server.Data, "--listen", "unix:" + folder.File("2.sock"));
        AssertRefused(second, server.Data, "in use");
    }

    [Fact]
    public async Task A_data_directory_of_a_newer_layout_is_refused_and_left_as_it_is()
    {
        var data = Directory.CreateDirectory(folder.File("data")).FullName;
        var marker = Path.Combine(data, "rpcstore.json");
        const string Newer = """{"layout":2,"serverId":"0123456789abcdef0123456789abcdef"}""";
        await File.WriteAllTextAsync(marker, Newer);
        AssertRefused(await ServeAsync(data), "layout", "2");
        Assert.Equal(Newer, await File.ReadAllTextAsync(marker));
    }

    [Fact]
    public async Task A_folder_of_something_else_is_refused_and_left_as_it_is()
    {
        var data = Directory.CreateDirectory(folder.File("home")).FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "notes.txt"), "mine");
        AssertRefused(await ServeAsync(data), data);
        Assert.Equal(["notes.txt"], Directory.EnumerateFileSystemEntries(data).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_written_is_refused()
    {
        // Root may write everywhere, except where nobody can.
        AssertRefused(await ServeAsync("/proc/rpcstore"), "/proc/rpcstore");
    }

    [Fact]
    public async Task An_endpoint_that_is_none_is_named()
    {
        var result = await Command.RpcStoreAsync("serve", "--data", folder.File("data"), "--listen", "udp://nowhere");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("udp://nowhere", result.Error);
    }

    private Task<CommandResult> ServeAsync(string data) =>
        Command.RpcStoreAsync("serve", "--data", data, "--listen", "unix:" + folder.File("x.sock"));

    private static void AssertRefused(CommandResult result, params string[] words)
    {
        Assert.NotEqual(0, result.ExitCode);
        Assert.StartsWith("rpcstore: ", result.Error);
        Assert.DoesNotContain("   at ", result.Error);
        foreach (var word in words)
        {
            Assert.Contains(word, result.Error);
        }
    }

    private static async Task<string> GetServerIdAsync(ServerProcess server)
    {
        var info = (await Command.RpcStoreAsync("--server", server.Url, "--json", "server", "info")).ShouldSucceed();
        return JsonNode.Parse(info.Output)!["serverId"]!.GetValue<string>();
    }
}
