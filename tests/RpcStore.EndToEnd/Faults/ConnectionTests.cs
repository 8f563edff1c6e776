using System.Net.Sockets;
using System.Text;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Faults;

/// <summary>Clients that misbehave or are many: each only harms itself, and nothing of them is left.</summary>
public sealed class ConnectionTests : ServerTests
{
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"server.status"}""";

    // What may stay of 10,000 connections once the server has given back what they took.
    private const long MemoryLeft = 48L << 20;

    // What a collector that is in no hurry may keep meanwhile.
    private const long MemoryAllowance = 192L << 20;


    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();

        // What is made once, on first use, is not to be counted as left over.
        await MixedCallsAsync(new Random(FaultRun.Seed), 20);
    }

    [Fact]
    public async Task Thousands_of_idle_connections_leave_nothing_behind()
    {
        var (handles, memory) = (Server.Handles().Length, Server.Memory());
        var idle = new List<Socket>();
        for (var count = FaultRun.Pick(2_000, 10_000); idle.Count < count;)
        {
            idle.Add(await ConnectAsync());
        }

        // Half of them said something before they fell silent.
        foreach (var socket in idle.Where((_, at) => at % 2 == 0))
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(Call));
        }

        Assert.True((await Client.CallAsync("server.status"))["connections"]!.GetValue<int>() > idle.Count / 2);
        idle.ForEach(socket => socket.Dispose());
        await AssertNothingLeftAsync(handles);
        await Eventually.HoldsAsync(
            () => Task.FromResult(Server.Memory() - memory < MemoryLeft),
            () => Task.FromResult($"{memory >> 20} MiB before, {Server.Memory() >> 20} MiB after"));
    }

    [Fact]
    public async Task A_client_that_never_reads_is_not_read_from_and_others_go_on()
    {
        var (handles, memory) = (Server.Handles().Length, Server.Memory());
        using var deaf = await ConnectAsync();
        var flood = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("""{"jsonrpc":"2.0","id":1,"method":"rpc.discover"}""", 200)));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        var sent = 0L;
        try
        {
            while (sent < 256 << 20)
            {
                sent += await deaf.SendAsync(flood, patience.Token);
            }

            Assert.Fail("The server reads on from a client that reads nothing.");
        }
        catch (OperationCanceledException)
        {
            // As it should be: no room for more.
        }

        await MixedCallsAsync(new Random(FaultRun.Seed), 20);
        Assert.True(Server.Memory() - memory < MemoryAllowance, $"{memory >> 20} MiB before, {Server.Memory() >> 20} MiB after");
        deaf.Dispose();
        await AssertNothingLeftAsync(handles);
    }

    [Fact]
    public async Task Bytes_that_come_one_by_one_make_a_call_all_the_same()
    {
        foreach (var text in (string[])[Call, $"Content-Length: {Call.Length}\r\n\r\n{Call}", $"POST /rpc HTTP/1.1\r\nHost: x\r\nContent-Length: {Call.Length}\r\n\r\n{Call}"])
        {
            using var socket = await ConnectAsync();
            var rate = FaultRun.IsLong ? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(2);
            foreach (var one in Encoding.UTF8.GetBytes(text))
            {
                await socket.SendAsync(new[] { one });
                await Task.Delay(rate);
            }

            Assert.Contains("uptimeSeconds", await ReceiveAsync(socket));
        }
    }

    [Fact]
    public async Task Batches_and_uploads_that_stop_in_the_middle_are_forgotten_with_their_connection()
    {
        var handles = Server.Handles().Length;
        var tar = TestBlob.Tar([TestBlob.Random(new Random(FaultRun.Seed), 600_000)]);
        string[] heads =
        [
            "[" + Call + ",",
            "Content-Length: 100\r\n\r\n{",
            $"POST /blobs HTTP/1.1\r\nHost: x\r\nContent-Length: {tar.Length}\r\n\r\n",
        ];
        foreach (var head in heads)
        {
            using var stopped = await ConnectAsync();
            await stopped.SendAsync(Encoding.UTF8.GetBytes(head));
            if (head.StartsWith("POST", StringComparison.Ordinal))
            {
                await SendAllAsync(stopped, tar.AsMemory(0, 500_000));
                await Eventually.HoldsAsync(() => Incoming().Length > 0, "The upload never begins.");
            }

            await Client.CallAsync("server.status");
        }

        await AssertNothingLeftAsync(handles);
    }

    [Fact]
    public async Task Half_closed_connections_get_their_answer_and_the_end()
    {
        var handles = Server.Handles().Length;
        foreach (var text in (string[])[Call, $"Content-Length: {Call.Length}\r\n\r\n{Call}", ""])
        {
            using var socket = await ConnectAsync();
            await socket.SendAsync(Encoding.UTF8.GetBytes(text));
            socket.Shutdown(SocketShutdown.Send);
            var answer = await ReceiveToEndAsync(socket);
            Assert.Equal(text.Length > 0, answer.Contains("uptimeSeconds", StringComparison.Ordinal));
        }

        await AssertNothingLeftAsync(handles);
    }

    [Fact]
    public async Task A_reset_at_any_byte_of_a_conversation_leaves_nothing()
    {
        var handles = Server.Handles().Length;
        string[] conversations =
        [
            Call + "[" + Call + "]",
            $"Content-Length: {Call.Length}\r\n\r\n{Call}",
            $"POST /rpc HTTP/1.1\r\nHost: x\r\nContent-Length: {Call.Length}\r\n\r\n{Call}",
            "GET /rpc HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        ];
        foreach (var bytes in conversations.Select(Encoding.UTF8.GetBytes))
        {
            for (var length = 0; length <= bytes.Length; length++)
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync("127.0.0.1", Server.Port);
                await socket.SendAsync(bytes.AsMemory(0, length));
                socket.LingerState = new LingerOption(true, 0);
                socket.Close();
            }
        }

        await AssertNothingLeftAsync(handles);
        Assert.False(Server.Log.Contains("   at ", StringComparison.Ordinal), Server.Log);
    }

    [Fact]
    public async Task Many_clients_at_once_all_get_right_answers()
    {
        var handles = Server.Handles().Length;
        var until = Environment.TickCount64 + FaultRun.Pick(0, 60_000);
        await Task.WhenAll(Enumerable.Range(0, FaultRun.Pick(50, 200)).Select(async number =>
        {
            var random = new Random(FaultRun.Seed + number);
            do
            {
                await MixedCallsAsync(random, 10);
            }
            while (Environment.TickCount64 < until);
        }));
        await AssertNothingLeftAsync(handles);
    }

    /// <summary>All kinds of calls on a connection of their own, with blobs that nobody else has.</summary>
    private async Task MixedCallsAsync(Random random, int rounds)
    {
        using var own = new AdminClient(Server.Socket);
        for (var round = 0; round < rounds; round++)
        {
            var blobs = TestBlob.RandomMany(random, 8, 3000);
            var ids = blobs.Select(blob => blob.Id).ToHashSet();
            Assert.Equal(8, (await own.PostBatchAsync(blobs)).Body["stored"]!.GetValue<int>());
            Assert.Equal(ids, await own.FindAsync(ids));
            Assert.Equal(blobs[0].Bytes, await own.GetAsync(blobs[0].Id));
            Assert.Equal(blobs[1].Bytes, await own.Http.GetByteArrayAsync("/blobs/" + blobs[1].Id));
            Assert.False((await own.PutAsync(blobs[2].Bytes))["stored"]!.GetValue<bool>());
            Assert.Equal(ids, AdminClient.Ids(await own.CallAsync("blobs.verify", AdminClient.IdsOf(ids)), "ok"));
            var transfer = await own.CallAsync("blobs.download", AdminClient.IdsOf(ids));
            var tar = await own.Http.GetByteArrayAsync(transfer["url"]!.GetValue<string>());
            Assert.True(tar.Length > blobs.Sum(blob => blob.Bytes.Length));
            Assert.Equal("invalidParams", (await Assert.ThrowsAsync<CallFailedException>(() => own.CallAsync("blobs.has", """{"ids":["x"]}"""))).Name);
            await own.DeleteAsync(ids);
            Assert.Empty(await own.FindAsync(ids));
        }
    }

    private async Task AssertNothingLeftAsync(int handlesBefore)
    {
        await Eventually.HoldsAsync(
            async () =>
            {
                var status = await Client.CallAsync("server.status");
                return status["connections"]!.GetValue<int>() == 1 && status["runningTransfers"]!.GetValue<int>() == 0
                    && Incoming().Length == 0 && Server.Handles().Length <= handlesBefore + 8;
            },
            async () => $"There were {handlesBefore} handles, now there are {Server.Handles().Length}, and {Incoming().Length} files incoming: "
                + $"{await Client.CallAsync("server.status")}\n{Server.Log}");
    }

    private string[] Incoming() => Directory.GetFileSystemEntries(Path.Combine(Server.Data, "blobs", "incoming"));

    private Task<Socket> ConnectAsync() => AdminClient.ConnectAsync(Server.Socket, CancellationToken.None);

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes)..];
        }
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!text.ToString().Contains('}', StringComparison.Ordinal) && await socket.ReceiveAsync(buffer, patience.Token) is > 0 and var read)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    private static async Task<string> ReceiveToEndAsync(Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await socket.ReceiveAsync(buffer, patience.Token) is > 0 and var read)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return text.ToString();
    }
}
