using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace RpcStore.EndToEnd.Contract;

/// <summary>
/// Stands between a client and a server, both of which speak JSON a line a message, and makes a bad server of a good one: it
/// may change an answer, keep it back, or hang up.
/// </summary>
internal sealed class SpoilingProxy : IAsyncDisposable
{
    /// <summary>In the place of an answer: none.</summary>
    public static readonly string Silence = new("silence");

    /// <summary>In the place of an answer: the end of the connection.</summary>
    public static readonly string HangUp = new("hang up");

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Func<JsonNode, Task<Stream>> connect;
    private readonly Func<string, JsonObject, JsonObject, string?> spoil;
    private readonly Task accepting;

    private SpoilingProxy(Func<JsonNode, Task<Stream>> connect, Func<string, JsonObject, JsonObject, string?> spoil)
    {
        (this.connect, this.spoil) = (connect, spoil);
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>What <c>--server</c> takes to reach the server through this.</summary>
    public string Url => $"tcp://{listener.LocalEndpoint}";

    /// <summary>Starts one.</summary>
    /// <param name="connect">Connects to the server that is to answer a request.</param>
    /// <param name="spoil">
    /// Given a method, the request and the answer, which it may change: what is sent instead, or null to send the answer.
    /// </param>
    public static SpoilingProxy Start(Func<JsonNode, Task<Stream>> connect, Func<string, JsonObject, JsonObject, string?> spoil) => new(connect, spoil);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await listener.AcceptTcpClientAsync(stopping.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var reader = new StreamReader(client.GetStream());
                await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
                while (await reader.ReadLineAsync(stopping.Token) is { } line)
                {
                    var request = JsonNode.Parse(line)!.AsObject();
                    if (request["id"] is null)
                    {
                        continue;
                    }

                    var text = await AnswerAsync(request, line);
                    if (ReferenceEquals(text, HangUp))
                    {
                        return;
                    }

                    if (!ReferenceEquals(text, Silence))
                    {
                        await writer.WriteLineAsync(text.AsMemory(), stopping.Token);
                    }
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The client hung up, or the test is over.
            }
        }
    }

    private async Task<string> AnswerAsync(JsonObject request, string line)
    {
        await using var server = await connect(request);
        await server.WriteAsync(System.Text.Encoding.UTF8.GetBytes(line + "\n"), stopping.Token);
        using var reader = new StreamReader(server);
        var answer = JsonNode.Parse((await reader.ReadLineAsync(stopping.Token))!)!.AsObject();
        return spoil((string)request["method"]!, request, answer) ?? answer.ToJsonString();
    }
}
