using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Access;

/// <summary>
/// The local socket, forwarded to where a browser reaches it: pages that came from there act as the socket's own admin, pages of
/// others do not.
/// </summary>
public sealed class ForeignPageTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Whoami = """{"jsonrpc":"2.0","id":1,"method":"auth.whoami"}""";

    public static TheoryData<string, string?, string> Pages => new()
    {
        { "localhost:9750", null, "admin" },
        { "store.example", null, "admin" },
        { "localhost:9750", "http://localhost:9750", "admin" },
        { "127.0.0.1:9750", "http://127.0.0.1:9750", "admin" },
        { "[::1]:9750", "http://[::1]:9750", "admin" },
        { "localhost:9750", "https://pages.example", "guest" },
        { "localhost:9750", "http://localhost:8000", "guest" },
        { "localhost:9750", "http://evil.localhost:9750", "guest" },
        { "localhost:9750", "null", "guest" },
        { "localhost:9750", "", "guest" },
        // A name that somebody had lead to this machine.
        { "pages.example:9750", "http://pages.example:9750", "guest" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_call_is_made_by_whoever_the_page_is(string host, string? origin, string role)
    {
        using var client = fixture.CreateHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/rpc") { Content = new StringContent(Whoami) };
        Dress(request, host, origin);
        using var response = await client.SendAsync(request);
        Assert.Equal(role, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["result"]!["role"]);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_WebSocket_is_whoevers_page_opened_it(string host, string? origin, string role)
    {
        using var client = fixture.CreateHttpClient();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", host);
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        await socket.ConnectAsync(new Uri("ws://localhost/rpc"), client, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.UTF8.GetBytes(Whoami), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        Assert.Equal(role, (string?)JsonNode.Parse(buffer.AsSpan(0, received.Count))!["result"]!["role"]);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Bytes_are_taken_of_whoever_the_page_is(string host, string? origin, string role)
    {
        var blob = TestBlob.Random(Random.Shared, 100);
        using var client = fixture.CreateHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/blobs/{blob.Id}") { Content = new ByteArrayContent(blob.Bytes) };
        Dress(request, host, origin);
        using var response = await client.SendAsync(request);
        Assert.Equal(role == "admin", response.IsSuccessStatusCode);
        Assert.Equal(role == "guest", response.StatusCode == HttpStatusCode.Unauthorized);
    }

    private static void Dress(HttpRequestMessage request, string host, string? origin)
    {
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }
    }
}
