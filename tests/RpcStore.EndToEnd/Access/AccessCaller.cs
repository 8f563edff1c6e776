using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Access;

/// <summary>Somebody who calls in every way there is.</summary>
/// <param name="server">Where.</param>
/// <param name="role">What the server should take them for.</param>
/// <param name="isLocal">Whether over the local socket; over TCP otherwise.</param>
/// <param name="token">Their token; null when they did not log in.</param>
internal sealed class AccessCaller(ServerFixture server, string role, bool isLocal, string? token)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public string Role => role;

    /// <summary>Asks over a JSON stream, whose connection the token is bound to.</summary>
    public async Task<JsonNode> AskStreamAsync(string request)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var socket = isLocal
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        EndPoint place = isLocal ? new UnixDomainSocketEndPoint(server.Socket) : new IPEndPoint(IPAddress.Loopback, server.Server.Port);
        await socket.ConnectAsync(place, patience.Token);
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        if (token is not null)
        {
            var resumed = await AskAsync($$$"""{"jsonrpc":"2.0","id":0,"method":"auth.resume","params":{"token":"{{{token}}}"}}""");
            Assert.NotNull(resumed["result"]);
        }

        return await AskAsync(request);

        async Task<JsonNode> AskAsync(string text)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text + "\n"), patience.Token);
            return JsonNode.Parse((await reader.ReadLineAsync(patience.Token))!)!;
        }
    }

    /// <summary>Asks over a WebSocket that was opened with the token.</summary>
    public async Task<JsonNode> AskWebSocketAsync(string request)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var http = CreatePlainClient();
        using var socket = new ClientWebSocket();
        if (token is not null)
        {
            socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        }

        await socket.ConnectAsync(new Uri(http.BaseAddress!.ToString().Replace("http:", "ws:", StringComparison.Ordinal) + "rpc"), http, patience.Token);
        await socket.SendAsync(Encoding.UTF8.GetBytes(request), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        var (message, buffer) = (new MemoryStream(), new byte[8192]);
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        return JsonNode.Parse(message.ToArray())!;
    }

    /// <summary>Asks over <c>POST /rpc</c> with the token in its header.</summary>
    public async Task<JsonNode> AskPostAsync(string request)
    {
        using var http = CreateHttpClient();
        using var content = new StringContent(request, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("/rpc", content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    /// <summary>An HTTP client that sends the token with every request.</summary>
    public HttpClient CreateHttpClient()
    {
        var http = CreatePlainClient();
        http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    private HttpClient CreatePlainClient() => isLocal ? server.CreateHttpClient() : server.CreateGuestHttpClient();
}
