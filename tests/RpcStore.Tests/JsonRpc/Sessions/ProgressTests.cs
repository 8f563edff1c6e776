using System.Text;
using RpcStore.JsonRpc;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;

namespace RpcStore.Tests.JsonRpc.Sessions;

public sealed class ProgressTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Progress_comes_before_the_reply_and_never_after_it(bool isAsync)
    {
        var method = TestMethods.Async("work", async (_, call) =>
        {
            call.ReportProgress(new ProgressToken("t\"1"), new Pair(1, 2), TestJson.Default.Pair);
            if (isAsync)
            {
                await Task.Yield();
            }

            call.ReportProgress(new ProgressToken(7), 2, TestJson.Default.Int32);
            call.Reply(3, TestJson.Default.Int32);
            call.ReportProgress(new ProgressToken(7), 4, TestJson.Default.Int32);
        });
        await using var session = new SessionUnderTest([method]);

        Assert.Equal(
            [
                """{"jsonrpc":"2.0","method":"$/progress","params":{"token":"t\"1","value":{"a":1,"b":2}}}""",
                """{"jsonrpc":"2.0","method":"$/progress","params":{"token":7,"value":2}}""",
                """{"jsonrpc":"2.0","id":1,"result":3}""",
            ],
            await session.SendAllAsync("""{"jsonrpc":"2.0","id":1,"method":"work"}"""));
    }

    [Fact]
    public async Task Progress_is_left_out_while_the_peer_does_not_read()
    {
        const int Reports = 10_000;
        var done = new TaskCompletionSource();
        var method = TestMethods.Async("work", async (_, call) =>
        {
            await Task.Yield();
            for (var report = 0; report < Reports; report++)
            {
                call.ReportProgress(new ProgressToken(1), new string('x', 1000), TestJson.Default.String);
            }

            call.Reply(1, TestJson.Default.Int32);
            done.SetResult();
        });
        await using var session = new SessionUnderTest([method], pauseThreshold: 4096);
        await session.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"work"}""");
        await done.Task.Soon();

        var progress = 0;
        while ((await session.ReadLineAsync())!.Contains("$/progress", StringComparison.Ordinal))
        {
            progress++;
        }

        Assert.InRange(progress, 1, 200);
    }

    [Fact]
    public async Task Values_reach_the_handler_of_their_token_until_it_is_disposed()
    {
        await using var session = new SessionUnderTest([TestMethods.Echo]);
        var numbers = new List<int>();
        var pairs = new List<Pair>();
        using var first = session.Session.OnProgress<int>(new ProgressToken(1), TestJson.Default.Int32, numbers.Add);
        var second = session.Session.OnProgress<Pair>(new ProgressToken("1"), TestJson.Default.Pair, pairs.Add);
        await session.SendAsync(Progress("1", "5") + Progress("\"1\"", """{"a":1,"b":2}""") + Progress("1", "6") + Progress("2", "7"));
        await ExpectEchoAsync(session);
        second.Dispose();
        await session.SendAsync(Progress("\"1\"", """{"a":3,"b":4}""") + Progress("1", "\"no number\"") + Progress("1", "8"));
        await ExpectEchoAsync(session);

        Assert.Equal([5, 6, 8], numbers);
        Assert.Equal([new Pair(1, 2)], pairs);
    }

    [Fact]
    public async Task A_token_has_one_handler()
    {
        await using var session = new SessionUnderTest();
        using var first = session.Session.OnProgress<int>(new ProgressToken(1), TestJson.Default.Int32, _ => { });

        Assert.Throws<ArgumentException>(
            () => session.Session.OnProgress<int>(new ProgressToken(1), TestJson.Default.Int32, _ => { }));
    }

    private static async Task ExpectEchoAsync(SessionUnderTest session)
    {
        await session.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"echo"}""");
        Assert.NotNull(await session.ReadLineAsync());
    }

    private static string Progress(string token, string value) =>
        new StringBuilder("""{"jsonrpc":"2.0","method":"$/progress","params":{"token":""")
            .Append(token).Append(",\"value\":").Append(value).Append("}}").ToString();
}
