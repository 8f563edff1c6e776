using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Faults;

/// <summary>Bodies of HTTP requests that end too soon, or are no bodies at all.</summary>
public sealed class BrokenBodyTests(KeptServer kept) : ServerTests(kept), IClassFixture<KeptServer>
{
    private const string Chunked = "Transfer-Encoding: chunked\r\n\r\n";

    private int entriesBefore;

    public static TheoryData<string> Requests => ["POST /rpc", "POST /blobs", "PUT /blobs/" + new string('a', 64)];

    public static TheoryData<string, string> Broken
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string request in Requests)
            {
                data.Add(request, "Content-Length: 100\r\n\r\nabc");
                data.Add(request, Chunked + "5\r\nabc");
                data.Add(request, Chunked + "5\r\nabcde");
            }

            return data;
        }
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        entriesBefore = (await EntriesAsync()).Count;
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_body_whose_sender_is_gone_is_no_fault_of_the_server(string request, string rest)
    {
        using (await SendAsync(request, rest))
        {
        }

        await AssertServesOnAsync("invalidParams", "requestCancelled");
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_body_whose_sender_sends_no_more_is_no_fault_of_the_server(string request, string rest)
    {
        using var socket = await SendAsync(request, rest);
        socket.Shutdown(SocketShutdown.Send);
        await ReadAsync(socket);
        await AssertServesOnAsync("invalidParams", "requestCancelled");
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Chunks_that_are_none_are_refused_and_end_the_connection(string request)
    {
        using var socket = await SendAsync(request, Chunked + "zz\r\nabc\r\n0\r\n\r\n");
        var answer = await ReadAsync(socket);
        Assert.StartsWith("HTTP/1.1 400", answer);
        Assert.Contains("Connection: close", answer);
        await AssertServesOnAsync("invalidParams");
    }

    private async Task AssertServesOnAsync(params string[] outcomes)
    {
        await Eventually.HoldsAsync(
            async () =>
            {
                var entries = await EntriesAsync();
                return entries.Count == entriesBefore + 1 && outcomes.Contains(entries[0]!["outcome"]!.GetValue<string>());
            },
            async () => $"{await Client.CallAsync("journal.query")}");
        Assert.DoesNotContain("fail:", Server.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("warn:", Server.Log, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Server.Data, "blobs", "incoming")));
    }

    /// <summary>What the journal has, the newest first.</summary>
    private async Task<JsonArray> EntriesAsync() => (await Client.CallAsync("journal.query", """{"order":"newest"}"""))["entries"]!.AsArray();

    private async Task<Socket> SendAsync(string request, string rest)
    {
        var socket = await AdminClient.ConnectAsync(Server.Socket, CancellationToken.None);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"{request} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{rest}"));
        return socket;
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[16 << 10];
        var answer = new StringBuilder();
        while (await socket.ReceiveAsync(buffer, patience.Token) is > 0 and var read)
        {
            answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }
}
