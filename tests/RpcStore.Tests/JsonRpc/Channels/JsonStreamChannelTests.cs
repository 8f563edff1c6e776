using System.Text;
using RpcStore.JsonRpc;
using RpcStore.JsonRpc.Channels;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;

namespace RpcStore.Tests.JsonRpc.Channels;

public sealed class JsonStreamChannelTests : StreamChannelExam
{
    private protected override IMessageChannel Open(Wire.End end, int maxMessageBytes, TimeProvider time) =>
        new PipeChannel(end, new JsonStreamFraming(maxMessageBytes), new EagerTimers(time));

    protected override byte[] Frame(string message) => Encoding.UTF8.GetBytes(message);

    protected override List<string> Unframe(ReadOnlySpan<byte> bytes)
    {
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        return [.. lines[..^1]];
    }

    [Theory]
    [InlineData("{}{}", "{}", "{}")]
    [InlineData("  {}\r\n\t[1]\n\n", "{}", "[1]")]
    [InlineData("1 22 {}", "1", "22", "{}")]
    [InlineData("true{}null", "true", "{}", "null")]
    [InlineData("\"a\\\"{\"[]\"\\\\\"", "\"a\\\"{\"", "[]", "\"\\\\\"")]
    [InlineData("-1.5e+3[]", "-1.5e+3", "[]")]
    [InlineData("{\"a\" 1}{}", "{\"a\" 1}", "{}")]
    public async Task Values_need_nothing_between_them(string stream, params string[] expected)
    {
        var bytes = Encoding.UTF8.GetBytes(stream);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            await using var channel = OpenNew();
            await SendAsync(bytes.AsMemory(0, cut));
            var received = channel.TakeAll();
            await SendAsync(bytes.AsMemory(cut));
            EndSending();
            while (await channel.WaitToReceiveAsync(CancellationToken.None).Soon())
            {
                received.AddRange(channel.TakeAll());
            }

            Assert.Equal(expected, received);
        }
    }

    [Theory]
    [InlineData("}")]
    [InlineData("]{}")]
    [InlineData("[}")]
    [InlineData("{\"a\":[1,2}")]
    [InlineData(",{}")]
    [InlineData("x")]
    [InlineData("{\"a\nb\":1}")]
    [InlineData("{\"a\u0000\":1}")]
    [InlineData("\"a\tb\"")]
    [InlineData("\uFEFF{}")]
    public async Task Where_the_end_cannot_be_told_the_stream_is_broken(string stream)
    {
        var bytes = Encoding.UTF8.GetBytes(stream);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            await using var channel = OpenNew();
            await SendAsync(bytes.AsMemory(0, cut));
            await SendAsync(bytes.AsMemory(cut));

            var broken = await ExpectBrokenAsync(channel);
            Assert.False(broken.CanContinue);
            Assert.Equal(RpcErrorCode.ParseError, broken.Error.Code);
            Assert.Equal("parseError", (string?)broken.Error.Data!["name"]);
        }
    }

    [Fact]
    public async Task White_space_counts_as_part_of_the_message_that_follows()
    {
        await using var channel = OpenNew(maxMessageBytes: 100);
        await SendAsync(Encoding.UTF8.GetBytes(new string(' ', 98) + "{}" + new string('\n', 99)));
        Assert.Equal("{}", await channel.ReceiveAsync());

        await SendAsync("{}"u8.ToArray());
        Assert.Equal(RpcErrorCode.TooLarge, (await ExpectBrokenAsync(channel)).Error.Code);
    }

    [Fact]
    public async Task A_message_without_end_is_refused_before_it_is_kept()
    {
        await using var channel = OpenNew(maxMessageBytes: 1000);
        await SendAsync(Encoding.UTF8.GetBytes(new string('[', 1001)));

        Assert.Equal(RpcErrorCode.TooLarge, (await ExpectBrokenAsync(channel)).Error.Code);
    }

    [Fact]
    public async Task Text_that_is_broken_over_lines_is_sent_in_one()
    {
        await using var channel = await OpenWithAsync("[]");
        channel.Write("{\n  \"a\": 1\n}"u8);
        await channel.FlushAsync(CancellationToken.None).Soon();

        Assert.Equal("{   \"a\": 1 }", await ReadSentAsync(channel));
    }
}
