using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace RpcStore.EndToEnd.Conversations;

/// <summary>A unix socket, with JSON values on lines or behind <c>Content-Length</c> headers.</summary>
internal sealed class StreamLine : IConversationLine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly NetworkStream stream;
    private readonly bool isHeaderDelimited;

    private StreamLine(NetworkStream stream, bool isHeaderDelimited)
    {
        this.stream = stream;
        this.isHeaderDelimited = isHeaderDelimited;
    }

    public static async Task<StreamLine> ConnectAsync(string path, bool isHeaderDelimited)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        return new StreamLine(new NetworkStream(socket, ownsSocket: true), isHeaderDelimited);
    }

    public async Task<IReadOnlyList<string>> ExchangeAsync(IReadOnlyList<string> requests, int answers)
    {
        foreach (var message in requests.Append(LastCall.Message))
        {
            var bytes = Encoding.UTF8.GetBytes(message);
            await stream.WriteAsync(isHeaderDelimited
                ? Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {bytes.Length}\r\n\r\n"))
                : []);
            await stream.WriteAsync(bytes);
        }

        return await LastCall.CollectAsync(answers, () => isHeaderDelimited ? ReceiveFramedAsync() : ReceiveLineAsync());
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private async Task<string> ReceiveLineAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var line = new List<byte>();
        var one = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(one, patience.Token);
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. line]);
            }

            line.Add(one[0]);
        }
    }

    private async Task<string> ReceiveFramedAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var header = await ReceiveLineAsync();
        Assert.Matches("^Content-Length: [0-9]+\r$", header);
        Assert.Equal("\r", await ReceiveLineAsync());
        var body = new byte[int.Parse(header["Content-Length: ".Length..^1], CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, patience.Token);
        return Encoding.UTF8.GetString(body);
    }
}
