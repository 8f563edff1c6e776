using RpcStore.JsonRpc;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;

namespace RpcStore.Tests.JsonRpc.Sessions;

public sealed class BackPressureTests
{
    [Fact]
    public async Task No_more_calls_run_than_may_and_the_others_follow()
    {
        var held = new HeldCalls();
        await using var session = new SessionUnderTest([held.Method], new RpcSessionOptions { MaxConcurrentCalls = 3 });
        await session.SendAsync(string.Concat(Enumerable.Range(1, 10).Select(Hold)));
        await held.StartedAsync("[3]");
        Assert.Equal(3, session.Session.RunningCalls);
        Assert.Equal(3, held.Count);

        for (var next = 4; next <= 10; next++)
        {
            held.Release($"[{next - 3}]");
            await held.StartedAsync($"[{next}]");
            Assert.Equal(next, held.Count);
        }

        held.ReleaseAll();
        for (var reply = 0; reply < 10; reply++)
        {
            Assert.NotNull(await session.ReadLineAsync());
        }
    }

    [Fact]
    public async Task A_call_that_ends_late_does_not_hold_up_the_replies_of_later_ones()
    {
        var held = new HeldCalls();
        await using var session = new SessionUnderTest([held.Method, TestMethods.Echo]);
        await session.SendAsync(Hold(1) + """{"jsonrpc":"2.0","id":2,"method":"echo"}""");
        Assert.Equal(2, (int)(await session.ReadAsync())["id"]!);
        held.Release("[1]");

        Assert.Equal(1, (int)(await session.ReadAsync())["id"]!);
    }

    [Fact]
    public async Task A_peer_that_does_not_read_is_not_read_from()
    {
        const int Calls = 1000;
        var runs = 0;
        var big = new string('x', 10_000);
        var method = TestMethods.Sync("big", (_, call) =>
        {
            Interlocked.Increment(ref runs);
            call.Reply(big, TestJson.Default.String);
        });
        await using var session = new SessionUnderTest(
            [method], new RpcSessionOptions { MaxUnsentBytes = 100_000 }, pauseThreshold: 4096);
        var sending = session.SendAsync(string.Concat(Enumerable.Range(1, Calls).Select(id =>
            $$"""{"jsonrpc":"2.0","id":{{id}},"method":"big"}""")));
        await Patience.Until(() => Volatile.Read(ref runs) >= 10);

        // Everything that can run on without being read from has settled when the writer waits for good.
        for (var received = 0; received < Calls; received++)
        {
            Assert.InRange(Volatile.Read(ref runs), 0, received + 20);
            Assert.NotNull(await session.ReadLineAsync());
        }

        await sending.Soon();
        Assert.Equal(Calls, runs);
    }

    [Fact]
    public async Task Replies_of_calls_that_end_together_all_arrive()
    {
        const int Calls = 100;
        var held = new HeldCalls();
        await using var session = new SessionUnderTest([held.Method]);
        await session.SendAsync(string.Concat(Enumerable.Range(1, Calls).Select(Hold)));
        await held.StartedAsync($"[{Calls}]");
        held.ReleaseAll();
        var ids = new List<int>();
        while (ids.Count < Calls)
        {
            ids.Add((int)(await session.ReadAsync())["id"]!);
        }

        Assert.Equal(Enumerable.Range(1, Calls), ids.Order());
    }

    private static string Hold(int id) => $$"""{"jsonrpc":"2.0","id":{{id}},"method":"hold","params":[{{id}}]}""";
}
