using System.Text;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Faults;

/// <summary>Connections that are reset after any byte of a reply: nothing of them stays in the server.</summary>
public sealed class ReplyResetTests(KeptServer kept) : ServerTests(kept), IClassFixture<KeptServer>
{
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"server.info"}""";
    private const string Calls = "[" + Call + "," + Call + "]";
    private const string Upgrade =
        "GET /rpc HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    // Connections after which the runtime has opened what it keeps open itself.
    private const int Warmth = 30;

    // Far fewer than one for each connection.
    private const int HandleAllowance = 8;

    // What a collector that is in no hurry may keep of some thousand connections.
    private const long MemoryAllowance = 64L << 20;


    public static TheoryData<string> Lines => ["concatenated", "header-delimited", "HTTP", "WebSocket", "a download"];

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_reset_after_any_byte_of_a_reply_leaves_nothing(string line)
    {
        var request = await RequestAsync(line);
        var length = await LengthOfReplyAsync(request);
        for (var place = 0; place < Warmth; place++)
        {
            await ResetAfterAsync(request, length * place / Warmth);
        }

        var (handles, memory) = (Server.Handles().Length, Server.Memory());
        var step = FaultRun.IsLong ? 1 : Math.Max(1, length / 1000);
        for (var read = 0; read <= length; read += step)
        {
            await ResetAfterAsync(request, read);
        }

        await UntilNothingIsLeftAsync(handles);
        Assert.True(Server.Memory() - memory < MemoryAllowance, $"{memory >> 20} MiB before, {Server.Memory() >> 20} MiB after");
        Assert.False(Server.Log.Contains("   at ", StringComparison.Ordinal), Server.Log);
        Assert.Equal(length, await LengthOfReplyAsync(request));
    }

    private async Task<byte[]> RequestAsync(string line)
    {
        switch (line)
        {
            case "concatenated":
                return Encoding.ASCII.GetBytes(Call + Calls);
            case "header-delimited":
                return Encoding.ASCII.GetBytes($"Content-Length: {Calls.Length}\r\n\r\n{Calls}");
            case "HTTP":
                return Encoding.ASCII.GetBytes($"POST /rpc HTTP/1.1\r\nHost: x\r\nContent-Length: {Calls.Length}\r\n\r\n{Calls}");
            case "WebSocket":
                // A text frame, masked with zeros (RFC 6455, section 5.2).
                return [.. Encoding.ASCII.GetBytes(Upgrade), 0x81, (byte)(0x80 | 126), (byte)(Calls.Length >> 8), (byte)Calls.Length, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(Calls)];
            default:
                var blobs = TestBlob.RandomMany(new Random(FaultRun.Seed), 3, 1000);
                Assert.Equal(200, (await Client.PostBatchAsync(blobs)).Status);
                var ids = AdminClient.IdsOf(blobs.Select(blob => blob.Id));
                return Encoding.ASCII.GetBytes($"POST /blobs/tar HTTP/1.1\r\nHost: x\r\nContent-Length: {ids.Length}\r\n\r\n{ids}");
        }
    }

    /// <summary>Reads until nothing comes for a while: the connection stays open behind a reply.</summary>
    private async Task<int> LengthOfReplyAsync(byte[] request)
    {
        using var socket = await AdminClient.ConnectAsync(Server.Socket, CancellationToken.None);
        await socket.SendAsync(request);
        var buffer = new byte[1 << 16];
        var length = 0;
        using var patience = new CancellationTokenSource();
        try
        {
            while (true)
            {
                patience.CancelAfter(TimeSpan.FromSeconds(length == 0 ? 30 : 1));
                var read = await socket.ReceiveAsync(buffer, patience.Token);
                Assert.NotEqual(0, read);
                length += read;
            }
        }
        catch (OperationCanceledException)
        {
            Assert.True(length > 100, "There is hardly a reply.");
            return length;
        }
    }

    /// <summary>A close with bytes unread is a reset on a unix socket; the other side finds out with its next write or read.</summary>
    private async Task ResetAfterAsync(byte[] request, int bytes)
    {
        using var socket = await AdminClient.ConnectAsync(Server.Socket, CancellationToken.None);
        await socket.SendAsync(request);
        var buffer = new byte[bytes];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        for (var read = 0; read < bytes;)
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory(read), patience.Token);
            Assert.NotEqual(0, count);
            read += count;
        }
    }

    private async Task UntilNothingIsLeftAsync(int handlesBefore)
    {
        await Eventually.HoldsAsync(
            async () => (await Client.CallAsync("server.status"))["connections"]!.GetValue<int>() == 1
                && Server.Handles().Length <= handlesBefore + HandleAllowance,
            async () => $"{await Client.CallAsync("server.status")}; {Server.Handles().Length} handles, {handlesBefore} before\n{Server.Log}");
    }
}
