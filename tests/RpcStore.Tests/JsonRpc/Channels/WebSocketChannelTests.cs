using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;
using RpcStore.JsonRpc;
using RpcStore.JsonRpc.Channels;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;

namespace RpcStore.Tests.JsonRpc.Channels;

public sealed class WebSocketChannelTests : StreamChannelExam
{
    protected override byte[] Farewell => Masked(0x88, [0x03, 0xE8]);

    private protected override IMessageChannel Open(Wire.End end, int maxMessageBytes, TimeProvider time) =>
        new WebSocketChannel(
            WebSocket.CreateFromStream(end.AsStream(), isServer: true, subProtocol: null, Timeout.InfiniteTimeSpan),
            maxMessageBytes,
            new EagerTimers(time));

    protected override byte[] Frame(string message) => Masked(0x81, Encoding.UTF8.GetBytes(message));

    protected override List<string> Unframe(ReadOnlySpan<byte> bytes) =>
        [.. Frames(bytes).Where(frame => frame.First == 0x81).Select(frame => Encoding.UTF8.GetString(frame.Payload))];

    [Fact]
    public async Task A_message_may_be_fragmented_by_the_peer()
    {
        await using var channel = OpenNew();
        byte[] ping = Masked(0x89, []);
        await SendAsync((byte[])[.. Masked(0x01, "{\"a\""u8), .. ping, .. Masked(0x00, ":"u8), .. Masked(0x80, "1}"u8)]);

        Assert.Equal("{\"a\":1}", await channel.ReceiveAsync());
    }

    [Theory]
    [InlineData(0x82, 1003)]
    [InlineData(0x02, 1003)]
    public async Task A_binary_frame_ends_the_connection(int opcode, int status)
    {
        var wire = new Wire();
        await using (var channel = Open(wire.Far, Limit, TimeProvider.System))
        {
            await wire.Near.SendAsync(Masked((byte)opcode, "{}"u8));
            Assert.False(await channel.WaitToReceiveAsync(CancellationToken.None).Soon());
        }

        Assert.Equal(status, await ReadCloseStatusAsync(wire));
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_answered_before_the_connection_closes_with_1009()
    {
        var wire = new Wire();
        await using (var session = new RpcSession(
            Open(wire.Far, 10, TimeProvider.System), RpcMethodTable.Empty, RpcConnection.Anonymous, RpcSessionOptions.Default))
        {
            await wire.Near.SendAsync(Frame("""{"jsonrpc":"2.0"}"""));
            await session.RunAsync(CancellationToken.None).Soon();
        }

        var sent = await wire.Near.ReadUntilAsync(bytes => Frames(bytes).Any(frame => frame.First == 0x88));
        Assert.Contains("\"tooLarge\"", Unframe(sent).Single(), StringComparison.Ordinal);
        Assert.Equal(1009, CloseStatus(sent));
    }

    [Fact]
    public async Task Disposing_says_goodbye_normally()
    {
        var wire = new Wire();
        await Open(wire.Far, Limit, TimeProvider.System).DisposeAsync().Soon();

        Assert.Equal(1000, await ReadCloseStatusAsync(wire));
    }

    [Fact]
    public async Task Text_that_is_not_utf_8_is_no_message()
    {
        await using var channel = OpenNew();
        await SendAsync(Masked(0x81, [(byte)'"', 0xFF, (byte)'"']));

        await Assert.ThrowsAsync<IOException>(() => channel.WaitToReceiveAsync(CancellationToken.None).Soon());
    }

    private static async Task<int> ReadCloseStatusAsync(Wire wire) =>
        CloseStatus(await wire.Near.ReadUntilAsync(bytes => Frames(bytes).Any(frame => frame.First == 0x88)));

    private static int CloseStatus(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt16BigEndian(Frames(bytes).Single(frame => frame.First == 0x88).Payload);

    /// <summary>A frame as a client sends it (RFC 6455, section 5.2).</summary>
    private static byte[] Masked(byte first, ReadOnlySpan<byte> payload)
    {
        byte[] mask = [1, 2, 3, 4];
        var frame = new List<byte> { first };
        if (payload.Length < 126)
        {
            frame.Add((byte)(0x80 | payload.Length));
        }
        else
        {
            frame.Add(0x80 | 127);
            var length = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
            frame.AddRange(length);
        }

        frame.AddRange(mask);
        for (var index = 0; index < payload.Length; index++)
        {
            frame.Add((byte)(payload[index] ^ mask[index % 4]));
        }

        return [.. frame];
    }

    private static List<(byte First, byte[] Payload)> Frames(ReadOnlySpan<byte> bytes)
    {
        var frames = new List<(byte, byte[])>();
        while (bytes.Length >= 2)
        {
            var (header, length) = bytes[1] switch
            {
                126 when bytes.Length >= 4 => (4, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])),
                127 when bytes.Length >= 10 => (10, (int)BinaryPrimitives.ReadInt64BigEndian(bytes[2..])),
                < 126 => (2, bytes[1]),
                _ => (int.MaxValue, 0),
            };
            if (header == int.MaxValue || bytes.Length < header + length)
            {
                break;
            }

            frames.Add((bytes[0], bytes.Slice(header, length).ToArray()));
            bytes = bytes[(header + length)..];
        }

        return frames;
    }
}
