using System.Net.WebSockets;
using RpcStore.JsonRpc;
using RpcStore.JsonRpc.Channels;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;

namespace RpcStore.Tests.JsonRpc.Sessions;

/// <summary>The ways in which a session comes to its end.</summary>
public sealed class EndTests
{
    private const string Hold = """{"jsonrpc":"2.0","id":1,"method":"hold","params":[]}""";

    [Fact]
    public async Task A_half_closed_connection_is_answered_first()
    {
        var held = new HeldCalls();
        await using var session = new SessionUnderTest([held.Method]);
        await session.SendAsync(Hold);
        session.EndSending();
        await held.StartedAsync("[]");
        Assert.False(session.Run.IsCompleted);
        held.Release("[]");

        Assert.Equal(["""{"jsonrpc":"2.0","id":1,"result":"[]"}"""], await session.ReadRestAsync());
    }

    [Fact]
    public async Task A_half_closed_connection_whose_calls_take_too_long_is_treated_as_closed()
    {
        var time = new ManualTimeProvider();
        var held = new HeldCalls();
        await using var session = new SessionUnderTest([held.Method], new RpcSessionOptions { TimeProvider = time });
        await session.SendAsync(Hold);
        session.EndSending();
        await held.StartedAsync("[]");
        await Patience.Until(() => time.ActiveTimers == 1);
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(1, session.Session.RunningCalls);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("-32800", Assert.Single(await session.ReadRestAsync()), StringComparison.Ordinal);
        Assert.Equal(0, time.ActiveTimers);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_that_ends_gives_up_a_peer_that_reads_nothing(bool isStopped)
    {
        var time = new ManualTimeProvider();
        await using var session = new SessionUnderTest(
            [TestMethods.Echo], new RpcSessionOptions { TimeProvider = time }, pauseThreshold: 64);
        await session.SendAsync(string.Concat(Enumerable.Repeat("""{"jsonrpc":"2.0","id":1,"method":"echo"}""", 100)));
        if (isStopped)
        {
            session.Session.Stop(new RpcError(503, "unavailable"));
        }
        else
        {
            session.EndSending();
        }

        await Patience.Until(() => time.ActiveTimers == 1);
        time.Advance(TimeSpan.FromSeconds(60));
        await Patience.Until(() => time.ActiveTimers == 1);
        time.Advance(TimeSpan.FromSeconds(2));

        await session.Run.Soon();
        session.Peer.Input.Complete();
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":2,"method":"echo"}]""")]
    [InlineData("""{"jsonrpc":"2.0","id":2,"method":"echo"}x""")]
    public async Task What_came_before_broken_bytes_is_answered_then_the_error_then_the_end(string stream)
    {
        await using var session = new SessionUnderTest([TestMethods.Echo]);
        await session.SendAsync(stream);
        var replies = await session.ReadRestAsync();

        Assert.Equal(2, replies.Length);
        Assert.Contains("\"id\":2", replies[0], StringComparison.Ordinal);
        Assert.StartsWith("""{"jsonrpc":"2.0","id":null,"error":{"code":-32700""", replies[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_the_stream_inside_a_value_is_a_parse_error()
    {
        await using var session = new SessionUnderTest();

        Assert.Contains("-32700", Assert.Single(await session.SendAllAsync("""{"jsonrpc":""")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_told_so_before_the_end()
    {
        await using var session = new SessionUnderTest(maxMessageBytes: 100);
        await session.SendAsync("[" + new string(' ', 200));

        Assert.Equal(
            [
                """
                {"jsonrpc":"2.0","id":null,"error":{"code":413,"message":"too large","data":{"name":"tooLarge","limit":"maxMessageBytes","maximum":100}}}
                """,
            ],
            await session.ReadRestAsync());
    }

    [Fact]
    public async Task A_stopped_session_reads_no_more_and_answers_what_runs()
    {
        var held = new HeldCalls();
        await using var session = new SessionUnderTest([held.Method, TestMethods.Echo]);
        await session.SendAsync(Hold);
        await held.StartedAsync("[]");
        session.Session.Stop();
        await session.SendAsync("""{"jsonrpc":"2.0","id":2,"method":"echo"}""");
        held.Release("[]");

        Assert.Equal(["""{"jsonrpc":"2.0","id":1,"result":"[]"}"""], await session.ReadRestAsync());
    }

    [Fact]
    public async Task A_session_may_be_stopped_with_a_last_word_even_before_it_runs()
    {
        var wire = new Wire();
        await using (var session = new RpcSession(
            new PipeChannel(wire.Far, new JsonStreamFraming(100)),
            RpcMethodTable.Empty,
            RpcConnection.Anonymous,
            RpcSessionOptions.Default))
        {
            session.Stop(new RpcError(503, "unavailable"));
            await session.RunAsync(CancellationToken.None).Soon();
        }

        Assert.Equal(
            """{"jsonrpc":"2.0","id":null,"error":{"code":503,"message":"unavailable"}}""" + "\n",
            System.Text.Encoding.UTF8.GetString(await wire.Near.ReadUntilAsync(_ => false)));
    }

    [Fact]
    public async Task A_web_socket_that_closes_cancels_what_it_started()
    {
        var held = new HeldCalls();
        var wire = new Wire();
        using var client = WebSocket.CreateFromStream(wire.Near.AsStream(), false, null, Timeout.InfiniteTimeSpan);
        await using var session = new RpcSession(
            new WebSocketChannel(
                WebSocket.CreateFromStream(wire.Far.AsStream(), true, null, Timeout.InfiniteTimeSpan), 1000),
            new RpcMethodTable([held.Method]),
            RpcConnection.Anonymous,
            RpcSessionOptions.Default);
        var run = session.RunAsync(CancellationToken.None);
        await client.SendAsync(
            System.Text.Encoding.UTF8.GetBytes(Hold), WebSocketMessageType.Text, true, CancellationToken.None).Soon();
        var call = await held.StartedAsync("[]");
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).Soon();
        await run.Soon();

        Assert.True(call.CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public async Task Disposing_waits_until_no_call_runs_any_more()
    {
        var held = new HeldCalls(heedsCancellation: false);
        var session = new SessionUnderTest([held.Method]);
        await session.SendAsync(Hold);
        var call = await held.StartedAsync("[]");
        var disposing = session.Session.DisposeAsync().AsTask();
        await Patience.Until(() => call.CancellationToken.IsCancellationRequested);
        Assert.False(disposing.IsCompleted);
        held.Release("[]");
        await disposing.Soon();
        await session.Run.Soon();

        Assert.Equal(0, session.Session.RunningCalls);
        await session.DisposeAsync();
    }

    [Fact]
    public async Task It_tells_when_something_last_happened()
    {
        var time = new ManualTimeProvider();
        var held = new HeldCalls();
        await using var session = new SessionUnderTest([held.Method, TestMethods.Echo], new RpcSessionOptions { TimeProvider = time });
        var start = session.Session.LastActivity;
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(start, session.Session.LastActivity);

        await session.SendAsync("""{"jsonrpc":"2.0","id":2,"method":"echo"}""");
        await session.ReadLineAsync();
        Assert.Equal(time.GetTimestamp(), session.Session.LastActivity);

        await session.SendAsync(Hold);
        await held.StartedAsync("[]");
        time.Advance(TimeSpan.FromSeconds(10));
        await Patience.Until(() => session.Session.LastActivity == time.GetTimestamp());
        held.Release("[]");
        await session.ReadLineAsync();
        await Patience.Until(() => session.Session.RunningCalls == 0);
        Assert.Equal(time.GetTimestamp(), session.Session.LastActivity);
        Assert.Equal(0, time.ActiveTimers);
    }

    [Fact]
    public async Task A_session_runs_once()
    {
        await using var session = new SessionUnderTest();

        await Assert.ThrowsAsync<InvalidOperationException>(() => session.Session.RunAsync(CancellationToken.None));
    }
}
