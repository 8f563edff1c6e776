using RpcStore.JsonRpc;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;

namespace RpcStore.Tests.JsonRpc.Sessions;

public sealed class CancellationTests
{
    [Theory]
    [InlineData("7", "7")]
    [InlineData("\"a\"", "\"a\"")]
    [InlineData("null", "null")]
    public async Task A_running_call_is_cancelled_by_its_id(string id, string cancelled)
    {
        var held = new HeldCalls();
        await using var session = new SessionUnderTest([held.Method]);
        await session.SendAsync(Hold(id, 1) + Hold("99", 2));
        await held.StartedAsync("[1]");
        await held.StartedAsync("[2]");
        await session.SendAsync(Cancel(cancelled));

        Assert.Equal(
            """{"jsonrpc":"2.0","id":ID,"error":{"code":-32800,"message":"request cancelled","data":{"name":"requestCancelled"}}}"""
                .Replace("ID", id, StringComparison.Ordinal),
            await session.ReadLineAsync());
        held.Release("[2]");
        Assert.Equal(99, (int)(await session.ReadAsync())["id"]!);
    }

    [Theory]
    [InlineData("8")]
    [InlineData("7.0")]
    [InlineData("\"7\"")]
    public async Task Another_id_cancels_nothing(string cancelled)
    {
        var held = new HeldCalls();
        await using var session = new SessionUnderTest([held.Method]);
        await session.SendAsync(Hold("7", 1));
        var call = await held.StartedAsync("[1]");
        await session.SendAsync(Cancel(cancelled) + Hold("6", 2));
        await held.StartedAsync("[2]");

        Assert.False(call.CancellationToken.IsCancellationRequested);
        held.ReleaseAll();
    }

    [Fact]
    public async Task A_call_that_does_not_heed_its_cancellation_answers_with_its_result()
    {
        var held = new HeldCalls(heedsCancellation: false);
        await using var session = new SessionUnderTest([held.Method]);
        await session.SendAsync(Hold("7", 1));
        var call = await held.StartedAsync("[1]");
        await session.SendAsync(Cancel("7"));
        await Patience.Until(() => call.CancellationToken.IsCancellationRequested);
        held.Release("[1]");

        Assert.Equal("[1]", (string?)(await session.ReadAsync())["result"]);
    }

    [Fact]
    public async Task A_token_asked_for_after_the_cancellation_is_cancelled()
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        var method = TestMethods.Async("late", async (_, call) =>
        {
            started.SetResult();
            await cancelled.Task;
            call.CancellationToken.ThrowIfCancellationRequested();
        });
        await using var session = new SessionUnderTest([method, TestMethods.Echo]);
        await session.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"late"}""");
        await started.Task.Soon();
        await session.SendAsync(Cancel("1") + """{"jsonrpc":"2.0","id":2,"method":"echo"}""");
        Assert.Equal(2, (int)(await session.ReadAsync())["id"]!);
        cancelled.SetResult();

        Assert.Equal(RpcErrorCode.RequestCancelled, (int)(await session.ReadAsync())["error"]!["code"]!);
    }

    [Fact]
    public async Task A_call_is_not_cancelled_by_what_cancelled_an_earlier_one_of_its_id()
    {
        var held = new HeldCalls();
        await using var session = new SessionUnderTest([held.Method, TestMethods.Echo]);
        await session.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"echo"}""" + Cancel("1") + Hold("1", 1));
        Assert.Equal(1, (int)(await session.ReadAsync())["id"]!);
        var call = await held.StartedAsync("[1]");

        Assert.False(call.CancellationToken.IsCancellationRequested);
        held.ReleaseAll();
    }

    [Fact]
    public async Task A_broken_connection_cancels_what_it_started()
    {
        var held = new HeldCalls();
        await using var session = new SessionUnderTest([held.Method]);
        await session.SendAsync(Hold("1", 1));
        var call = await held.StartedAsync("[1]");
        session.BreakConnection();
        await session.Run.Soon();

        Assert.True(call.CancellationToken.IsCancellationRequested);
        Assert.Equal(0, session.Session.RunningCalls);
        Assert.IsType<IOException>(session.Session.TransportFailure, exactMatch: false);
    }

    [Fact]
    public async Task Cancelling_the_session_answers_what_runs_and_ends_in_order()
    {
        var held = new HeldCalls();
        await using var session = new SessionUnderTest([held.Method]);
        await session.SendAsync(Hold("1", 1) + Hold("2", 2));
        await held.StartedAsync("[1]");
        await held.StartedAsync("[2]");
        session.CancelRun();

        var replies = await session.ReadRestAsync();
        Assert.Equal(2, replies.Length);
        Assert.All(replies, reply => Assert.Contains("-32800", reply, StringComparison.Ordinal));
        Assert.Null(session.Session.TransportFailure);
    }

    private static string Hold(string id, int key) => $$"""{"jsonrpc":"2.0","id":{{id}},"method":"hold","params":[{{key}}]}""";

    private static string Cancel(string id) =>
        """{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":ID}}""".Replace("ID", id, StringComparison.Ordinal);
}
