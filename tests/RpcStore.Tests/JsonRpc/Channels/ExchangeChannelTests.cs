using System.Text;
using RpcStore.JsonRpc;
using RpcStore.JsonRpc.Channels;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;

namespace RpcStore.Tests.JsonRpc.Channels;

public sealed class ExchangeChannelTests : ChannelExam
{
    protected override Task<IMessageChannel> OpenWithAsync(string message) =>
        Task.FromResult<IMessageChannel>(new ExchangeChannel(Encoding.UTF8.GetBytes(message)));

    protected override Task<string> ReadSentAsync(IMessageChannel channel) =>
        Task.FromResult(Encoding.UTF8.GetString(((ExchangeChannel)channel).Reply.Span));

    [Fact]
    public async Task After_the_message_comes_the_end()
    {
        await using var channel = new ExchangeChannel("[1]"u8.ToArray());
        Assert.Equal("[1]", await channel.ReceiveAsync());

        Assert.False(await channel.WaitToReceiveAsync(CancellationToken.None).Soon());
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"echo","params":[1]}""", """{"jsonrpc":"2.0","id":1,"result":[1]}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"echo","params":[1]}""", "")]
    [InlineData("""[{"jsonrpc":"2.0","method":"echo"}]""", "")]
    [InlineData(
        """[{"jsonrpc":"2.0","id":"x","method":"echo"},{"jsonrpc":"2.0","method":"echo"}]""",
        """[{"jsonrpc":"2.0","id":"x","result":null}]""")]
    public async Task A_session_leaves_the_reply_in_it(string request, string reply)
    {
        Assert.Equal(reply, await ExchangeAsync(request, TestMethods.Echo));
    }

    [Theory]
    [InlineData("", "parseError")]
    [InlineData("{", "parseError")]
    [InlineData("{} {}", "parseError")]
    [InlineData("7", "invalidRequest")]
    public async Task A_body_that_is_no_message_is_answered(string request, string name)
    {
        Assert.Contains($"\"name\":\"{name}\"", await ExchangeAsync(request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_has_no_way_back_and_is_dropped()
    {
        var method = TestMethods.Sync("work", (_, call) =>
        {
            call.ReportProgress(new ProgressToken("t"), 50, TestJson.Default.Int32);
            call.Reply(1, TestJson.Default.Int32);
        });

        Assert.Equal(
            """{"jsonrpc":"2.0","id":1,"result":1}""",
            await ExchangeAsync("""{"jsonrpc":"2.0","id":1,"method":"work"}""", method));
    }

    [Fact]
    public async Task A_slow_call_is_not_hurried_by_the_end_of_the_request()
    {
        var held = new HeldCalls();
        var time = new ManualTimeProvider();
        var channel = new ExchangeChannel("""{"jsonrpc":"2.0","id":1,"method":"hold","params":[]}"""u8.ToArray());
        await using var session = new RpcSession(
            channel,
            new RpcMethodTable([held.Method]),
            RpcConnection.Anonymous,
            new RpcSessionOptions { TimeProvider = time });
        var run = session.RunAsync(CancellationToken.None);
        await held.StartedAsync("[]");
        time.Advance(TimeSpan.FromHours(1));
        held.Release("[]");
        await run.Soon();

        Assert.Equal("""{"jsonrpc":"2.0","id":1,"result":"[]"}""", Encoding.UTF8.GetString(channel.Reply.Span));
    }

    private static async Task<string> ExchangeAsync(string request, params RpcMethod[] methods)
    {
        var channel = new ExchangeChannel(Encoding.UTF8.GetBytes(request));
        await using var session = new RpcSession(
            channel, new RpcMethodTable(methods), RpcConnection.Anonymous, RpcSessionOptions.Default);
        await session.RunAsync(CancellationToken.None).Soon();
        return Encoding.UTF8.GetString(channel.Reply.Span);
    }
}
