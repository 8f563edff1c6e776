using RpcStore.JsonRpc;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;

namespace RpcStore.Tests.JsonRpc.Channels;

/// <summary>What every channel does, whatever carries it.</summary>
public abstract class ChannelExam
{
    protected const int Limit = 400_000;

    /// <summary>A channel that has received the message given, and nothing else.</summary>
    protected abstract Task<IMessageChannel> OpenWithAsync(string message);

    /// <summary>The first message that the channel has sent.</summary>
    protected abstract Task<string> ReadSentAsync(IMessageChannel channel);

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"a"}""")]
    [InlineData("""[{"a":"]}\"\\"},[],{}]""")]
    [InlineData("""{"text":"Grüße, 世界 🙂"}""")]
    public async Task A_message_arrives_as_it_was_sent(string message)
    {
        await using var channel = await OpenWithAsync(message);

        Assert.Equal(message, await channel.ReceiveAsync());
    }

    [Fact]
    public async Task A_message_of_hundreds_of_kilobytes_arrives_in_one_piece()
    {
        var message = $$"""{"text":"{{new string('x', 300_000)}}"}""";
        await using var channel = await OpenWithAsync(message);

        Assert.Equal(message, await channel.ReceiveAsync());
    }

    [Fact]
    public async Task Waiting_again_does_not_lose_the_message_that_is_there()
    {
        await using var channel = await OpenWithAsync("[1]");

        Assert.True(await channel.WaitToReceiveAsync(CancellationToken.None).Soon());
        Assert.True(await channel.WaitToReceiveAsync(CancellationToken.None).Soon());
        Assert.Equal("[1]", await channel.ReceiveAsync());
        Assert.False(channel.TryReceive(out _));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":"Grüße"}""")]
    [InlineData("[]")]
    public async Task What_is_written_is_sent_by_a_flush(string message)
    {
        await using var channel = await OpenWithAsync("[1]");

        channel.Write(System.Text.Encoding.UTF8.GetBytes(message));
        await channel.FlushAsync(CancellationToken.None).Soon();

        Assert.Equal(message, await ReadSentAsync(channel));
    }
}
