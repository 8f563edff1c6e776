using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Endpoints;

/// <summary><c>unix:PATH?mode=single</c>: one message, its answer, the end; whatever the sender does with its own side.</summary>
public sealed class SingleMessageTests : IAsyncLifetime
{
    private const string Info = """{"jsonrpc":"2.0","id":1,"method":"server.info"}""";

    private readonly TemporaryFolder folder = new();
    private ServerProcess? server;

    private string Socket => folder.File("bus.sock");

    public async ValueTask InitializeAsync() =>
        server = await ServerProcess.StartAsync(folder.Path, "--listen", $"unix:{Socket}?mode=single");

    public async ValueTask DisposeAsync()
    {
        await server!.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData(Info)]
    [InlineData(" \n" + Info)]
    [InlineData(Info + "\n")]
    [InlineData(Info + Info)]
    public async Task A_json_stream_is_closed_after_the_first_answer(string sent)
    {
        var replies = (await SendAsync(sent)).TrimEnd('\n').Split('\n');
        Assert.Equal(1, JsonNode.Parse(Assert.Single(replies))!["id"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_batch_is_answered_whole()
    {
        var replies = JsonNode.Parse(await SendAsync($"[{Info},{Info.Replace("1,", "2,", StringComparison.Ordinal)}]"))!.AsArray();
        Assert.Equal([1, 2], replies.Select(reply => reply!["id"]!.GetValue<int>()).Order());
    }

    [Fact]
    public async Task A_header_delimited_message_is_answered_in_its_framing()
    {
        var answer = await SendAsync($"Content-Length: {Info.Length}\r\n\r\n{Info}");
        var parts = answer.Split("\r\n\r\n");
        Assert.Equal($"Content-Length: {Encoding.UTF8.GetByteCount(parts[1])}", parts[0]);
        Assert.Equal(1, JsonNode.Parse(parts[1])!["id"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"server.info"}""")]
    [InlineData("Content-Length: 40\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"server.info\"}")]
    public async Task After_a_notification_there_is_only_the_end(string sent) => Assert.Equal("", await SendAsync(sent));

    [Theory]
    [InlineData("""{"jsonrpc":"2.0",]}""", "parseError")]
    [InlineData("""{"a":1}""", "invalidRequest")]
    [InlineData("[]", "invalidRequest")]
    [InlineData("Content-Length: x\r\n\r\n", "invalidRequest")]
    [InlineData("Content-Length: 2\r\n\r\n{]", "parseError")]
    public async Task A_bad_message_is_the_one_message_too(string sent, string error)
    {
        var answer = await SendAsync(sent);
        Assert.Contains($"\"name\":\"{error}\"", answer);
        Assert.Equal(1, answer.Split("\"jsonrpc\"").Length - 1);
    }

    [Fact]
    public async Task A_message_that_comes_in_pieces_is_waited_for()
    {
        using var socket = await ConnectAsync();
        foreach (var letter in Info)
        {
            await socket.SendAsync(new[] { (byte)letter });
        }

        Assert.Equal(1, JsonNode.Parse(await ReadToEndAsync(socket))!["id"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_bus_that_forwards_with_socat_gets_its_answer_and_its_end()
    {
        // The pipe is open for writing as long as the shell lives, so that socat never sees an end to pass on.
        var result = await Command.ShellAsync(
            $"""
            mkfifo {folder.File("pipe")}
            exec 3<>{folder.File("pipe")}
            printf '%s' '{Info}' >&3
            timeout 60 socat - UNIX-CONNECT:{Socket} <&3
            """);
        Assert.Equal(1, JsonNode.Parse(result.ShouldSucceed().Output)!["id"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("-X POST -d '" + Info + "' http://localhost/rpc", 200)]
    [InlineData("http://localhost/openrpc.json", 200)]
    [InlineData("http://localhost/nothing", 404)]
    public async Task Http_answers_with_connection_close_and_closes(string arguments, int status)
    {
        var result = await Command.ShellAsync($"curl -sS -i --max-time 60 --unix-socket {Socket} {arguments}");
        Assert.StartsWith($"HTTP/1.1 {status}", result.ShouldSucceed().Output);
        Assert.Contains("Connection: close", result.Output);
        var answer = await SendAsync("GET /openrpc.json HTTP/1.1\r\nHost: x\r\n\r\nGET /openrpc.json HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal(1, answer.Split("HTTP/1.1 200").Length - 1);
    }

    [Fact]
    public async Task The_command_works_there_bulk_included()
    {
        var url = $"unix:{Socket}?mode=single";
        Directory.CreateDirectory(folder.File("in"));
        await File.WriteAllBytesAsync(folder.File("in/blob"), TestBlob.Random(new Random(5), 3_000_000).Bytes);
        (await Command.RpcStoreAsync("--server", url, "blobs", "upload", folder.File("in"))).ShouldSucceed();
        Assert.Contains("3000000", (await Command.RpcStoreAsync("--server", url, "blobs", "list")).ShouldSucceed().Output);
    }

    [Fact]
    public async Task A_hundred_at_once_are_each_answered()
    {
        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => SendAsync(Info)));
        Assert.All(answers, answer => Assert.NotNull(JsonNode.Parse(answer)!["result"]));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), "They waited for something.");
    }

    private async Task<string> SendAsync(string text)
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(Encoding.UTF8.GetBytes(text));
        return await ReadToEndAsync(socket);
    }

    private Task<Socket> ConnectAsync() => AdminClient.ConnectAsync(Socket, CancellationToken.None);

    /// <summary>All that comes until the server closes; the sending side stays open.</summary>
    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var stream = new NetworkStream(socket);
        var received = new MemoryStream();
        await stream.CopyToAsync(received, patience.Token);
        return Encoding.UTF8.GetString(received.ToArray());
    }
}
