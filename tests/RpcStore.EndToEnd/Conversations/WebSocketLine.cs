using System.Net.WebSockets;
using System.Text;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Conversations;

/// <summary>A WebSocket over the unix socket.</summary>
internal sealed class WebSocketLine(ClientWebSocket socket) : IConversationLine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<WebSocketLine> ConnectAsync(ServerFixture fixture)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri("ws://localhost/rpc"), fixture.CreateHttpClient(), CancellationToken.None);
        return new WebSocketLine(socket);
    }

    public async Task<IReadOnlyList<string>> ExchangeAsync(IReadOnlyList<string> requests, int answers)
    {
        foreach (var message in requests.Append(LastCall.Message))
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }

        return await LastCall.CollectAsync(answers, ReceiveAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        socket.Dispose();
    }

    private async Task<string> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var message = new MemoryStream();
        var buffer = new byte[8192];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, patience.Token);
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(message.ToArray());
            }
        }
    }
}
