using System.Globalization;
using System.Text;
using RpcStore.JsonRpc;
using RpcStore.JsonRpc.Channels;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;

namespace RpcStore.Tests.JsonRpc.Channels;

public sealed class HeaderChannelTests : StreamChannelExam
{
    private protected override IMessageChannel Open(Wire.End end, int maxMessageBytes, TimeProvider time) =>
        new PipeChannel(end, new HeaderFraming(maxMessageBytes), new EagerTimers(time));

    protected override byte[] Frame(string message) =>
        Encoding.UTF8.GetBytes($"Content-Length: {Encoding.UTF8.GetByteCount(message)}\r\n\r\n{message}");

    protected override List<string> Unframe(ReadOnlySpan<byte> bytes)
    {
        var messages = new List<string>();
        while (bytes.IndexOf("\r\n\r\n"u8) is >= 0 and var end)
        {
            var header = Encoding.ASCII.GetString(bytes[..end]);
            Assert.StartsWith("Content-Length: ", header, StringComparison.Ordinal);
            var length = int.Parse(header["Content-Length: ".Length..], CultureInfo.InvariantCulture);
            if (bytes.Length < end + 4 + length)
            {
                break;
            }

            messages.Add(Encoding.UTF8.GetString(bytes.Slice(end + 4, length)));
            bytes = bytes[(end + 4 + length)..];
        }

        return messages;
    }

    [Theory]
    [InlineData("content-length:2\r\n\r\n")]
    [InlineData("CONTENT-LENGTH:\t 2 \r\n\r\n")]
    [InlineData("Content-Length: 0002\r\n\r\n")]
    [InlineData("X-Other: a:b\r\nContent-Length: 2\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n")]
    [InlineData("Content-Type: application/json;charset=\"UTF8\"\r\nContent-Length: 2\r\n\r\n")]
    [InlineData("Content-Type: application/json\r\nContent-Length: 2\r\n\r\n")]
    public async Task Headers_are_read_generously_where_the_rules_allow(string header)
    {
        var bytes = Encoding.ASCII.GetBytes(header + "{}");
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            await using var channel = OpenNew();
            await SendAsync(bytes.AsMemory(0, cut));
            var received = channel.TakeAll();
            await SendAsync(bytes.AsMemory(cut));
            received.AddRange(received.Count == 0 ? [await channel.ReceiveAsync()] : []);

            Assert.Equal(["{}"], received);
        }
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("X: 1\r\n\r\n")]
    [InlineData("Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("Content-Length: -2\r\n\r\n{}")]
    [InlineData("Content-Length: +2\r\n\r\n{}")]
    [InlineData("Content-Length: 2.0\r\n\r\n{}")]
    [InlineData("Content-Length: \r\n\r\n{}")]
    [InlineData("Content-Length: two\r\n\r\n{}")]
    [InlineData("Content-Length 2\r\n\r\n{}")]
    [InlineData(": 2\r\n\r\n{}")]
    [InlineData("Content-Length: 2\n\n{}")]
    [InlineData("Content-Length: 2\r\nA: b\nB: c\r\n\r\n{}")]
    [InlineData("Content-Length: 2\r\nContent-Type: text/plain; charset=utf-16\r\n\r\n{}")]
    [InlineData("{}\r\n\r\n")]
    public async Task A_header_that_breaks_the_rules_breaks_the_stream(string stream)
    {
        var bytes = Encoding.ASCII.GetBytes(stream);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            await using var channel = OpenNew();
            await SendAsync(bytes.AsMemory(0, cut));
            await SendAsync(bytes.AsMemory(cut));

            var broken = await ExpectBrokenAsync(channel);
            Assert.False(broken.CanContinue);
            Assert.Equal(RpcErrorCode.InvalidRequest, broken.Error.Code);
            Assert.Equal("invalidRequest", (string?)broken.Error.Data!["name"]);
        }
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public async Task Headers_take_at_most_four_kibibytes(int length, bool passes)
    {
        const string End = "\r\nContent-Length: 2\r\n\r\n";
        var header = Encoding.ASCII.GetBytes("X: " + new string('x', length - 3 - End.Length) + End + "{}");
        foreach (var cut in new[] { 0, 1, 4000, header.Length })
        {
            await using var channel = OpenNew();
            await SendAsync(header.AsMemory(0, cut));
            Assert.Empty(cut == header.Length ? [] : channel.TakeAll());
            await SendAsync(header.AsMemory(cut));
            if (passes)
            {
                Assert.Equal("{}", await channel.ReceiveAsync());
            }
            else
            {
                Assert.Equal(RpcErrorCode.InvalidRequest, (await ExpectBrokenAsync(channel)).Error.Code);
            }
        }
    }

    [Fact]
    public async Task A_header_that_never_ends_is_refused()
    {
        await using var channel = OpenNew();
        await SendAsync(Encoding.ASCII.GetBytes(new string('a', 5000)));

        Assert.Equal(RpcErrorCode.InvalidRequest, (await ExpectBrokenAsync(channel)).Error.Code);
    }

    [Fact]
    public async Task An_announced_length_beyond_every_number_is_too_large()
    {
        await using var channel = OpenNew();
        await SendAsync("Content-Length: 99999999999999999999999\r\n\r\n"u8.ToArray());

        Assert.Equal(RpcErrorCode.TooLarge, (await ExpectBrokenAsync(channel)).Error.Code);
    }

    [Fact]
    public async Task An_empty_body_is_a_message()
    {
        await using var channel = OpenNew();
        await SendAsync("Content-Length: 0\r\n\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray());

        Assert.Equal("", await channel.ReceiveAsync());
        Assert.Equal("{}", await channel.ReceiveAsync());
    }
}
