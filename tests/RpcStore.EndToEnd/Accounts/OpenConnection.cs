using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace RpcStore.EndToEnd.Accounts;

/// <summary>A connection that stays open, on which somebody acts in a session.</summary>
internal sealed class OpenConnection : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Func<string, CancellationToken, Task<string>> ask;
    private readonly IDisposable[] owned;

    private OpenConnection(Func<string, CancellationToken, Task<string>> ask, params IDisposable[] owned)
    {
        this.ask = ask;
        this.owned = owned;
    }

    /// <summary>One of each kind: a JSON stream, header-delimited JSON, a WebSocket, HTTP that is kept alive.</summary>
    public static async Task<IReadOnlyDictionary<string, OpenConnection>> OpenAllAsync(int port, string token) => new Dictionary<string, OpenConnection>
    {
        ["JSON stream"] = await OpenStreamAsync(port, token, isHeaderDelimited: false),
        ["header-delimited"] = await OpenStreamAsync(port, token, isHeaderDelimited: true),
        ["WebSocket"] = await OpenWebSocketAsync(port, token),
        ["HTTP"] = OpenHttp(port, token),
    };

    /// <summary>Calls a method without parameters.</summary>
    /// <returns><c>ok</c> or the name of the error.</returns>
    public async Task<string> CallAsync(string method)
    {
        var reply = await AskAsync($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}"}""");
        return reply["error"] is { } error ? (string)error["data"]!["name"]! : "ok";
    }

    public ValueTask DisposeAsync()
    {
        Array.ForEach(owned, one => one.Dispose());
        return ValueTask.CompletedTask;
    }

    private static async Task<OpenConnection> OpenStreamAsync(int port, string token, bool isHeaderDelimited)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        var stream = client.GetStream();
        var reader = new StreamReader(stream, new UTF8Encoding(false));
        var connection = new OpenConnection(
            async (text, cancellationToken) =>
            {
                var head = isHeaderDelimited ? string.Create(CultureInfo.InvariantCulture, $"Content-Length: {text.Length}\r\n\r\n") : "";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head + text), cancellationToken);
                if (!isHeaderDelimited)
                {
                    return (await reader.ReadLineAsync(cancellationToken))!;
                }

                var length = int.Parse((await reader.ReadLineAsync(cancellationToken))!["Content-Length: ".Length..], CultureInfo.InvariantCulture);
                await reader.ReadLineAsync(cancellationToken);
                var body = new char[length];
                await reader.ReadBlockAsync(body, cancellationToken);
                return new string(body);
            },
            client,
            reader);
        var resumed = await connection.AskAsync($$$"""{"jsonrpc":"2.0","id":0,"method":"auth.resume","params":{"token":"{{{token}}}"}}""");
        Assert.NotNull(resumed["result"]);
        return connection;
    }

    private static async Task<OpenConnection> OpenWebSocketAsync(int port, string token)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/rpc"), CancellationToken.None);
        return new OpenConnection(
            async (text, cancellationToken) =>
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
                var buffer = new byte[64 << 10];
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                return Encoding.UTF8.GetString(buffer, 0, length);
            },
            socket);
    }

    private static OpenConnection OpenHttp(int port, string token)
    {
        var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new OpenConnection(
            async (text, cancellationToken) =>
            {
                using var content = new StringContent(text);
                using var response = await http.PostAsync("/rpc", content, cancellationToken);
                return await response.Content.ReadAsStringAsync(cancellationToken);
            },
            http);
    }

    private async Task<JsonNode> AskAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        return JsonNode.Parse(await ask(text, patience.Token))!;
    }
}
