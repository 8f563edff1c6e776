using System.Text.Json;
using System.Text.Json.Nodes;
using RpcStore.JsonRpc;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;

namespace RpcStore.Tests.JsonRpc.Sessions;

/// <summary>A session that makes calls; the peer is played by the test, on the raw text.</summary>
public sealed class ClientTests
{
    [Fact]
    public async Task A_call_is_sent_as_one_line_and_its_result_is_read()
    {
        await using var client = new SessionUnderTest();
        var call = InvokeAsync(client, new Pair(1, 2));
        Assert.Equal("""{"jsonrpc":"2.0","id":1,"method":"add","params":{"a":1,"b":2}}""", await client.ReadLineAsync());
        await client.SendAsync("""{"jsonrpc":"2.0","result":3,"id":1}""");

        Assert.Equal(3, await call.Soon());
    }

    [Fact]
    public async Task Null_parameters_are_left_out()
    {
        await using var client = new SessionUnderTest();
        await client.Session.NotifyAsync("a\"b", null!, TestJson.Default.String, CancellationToken.None);

        Assert.Equal("""{"jsonrpc":"2.0","method":"a\"b"}""", await client.ReadLineAsync());
    }

    [Fact]
    public async Task Answers_in_any_order_and_in_batches_reach_their_calls()
    {
        await using var client = new SessionUnderTest();
        var calls = Enumerable.Range(1, 4).Select(_ => InvokeAsync(client, new Pair(0, 0))).ToArray();
        for (var line = 0; line < 4; line++)
        {
            await client.ReadLineAsync();
        }

        await client.SendAsync(
            """[{"jsonrpc":"2.0","id":4,"result":40},{"jsonrpc":"2.0","id":2,"result":20}]{"id":3,"result":30}{"id":1,"result":10}""");

        var results = await Task.WhenAll(calls).Soon();
        Assert.Equal([10, 20, 30, 40], results);
    }

    [Fact]
    public async Task An_error_is_thrown_with_all_that_the_peer_said()
    {
        await using var client = new SessionUnderTest();
        var call = InvokeAsync(client, new Pair(1, 2));
        await client.SendAsync(
            """{"jsonrpc":"2.0","error":{"code":404,"message":"not \"there\"","data":{"name":"notFound","id":"x"}},"id":1}""");

        var error = (await Assert.ThrowsAsync<RpcException>(() => call.Soon())).Error;
        Assert.Equal(404, error.Code);
        Assert.Equal("not \"there\"", error.Message);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"name":"notFound","id":"x"}"""), error.Data));
    }

    [Theory]
    [InlineData("\"broken\"")]
    [InlineData("{}")]
    [InlineData("""{"code":"x","message":7}""")]
    [InlineData("""{"code":1e99}""")]
    [InlineData("[]")]
    public async Task An_error_of_another_shape_fails_the_call_all_the_same(string error)
    {
        await using var client = new SessionUnderTest();
        var call = InvokeAsync(client, new Pair(1, 2));
        await client.SendAsync("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":" + error + "}");

        await Assert.ThrowsAsync<RpcException>(() => call.Soon());
    }

    [Fact]
    public async Task A_result_of_another_type_fails_the_call_and_no_other()
    {
        await using var client = new SessionUnderTest();
        var wrong = InvokeAsync(client, new Pair(1, 2));
        var right = InvokeAsync(client, new Pair(1, 2));
        await client.SendAsync("""{"id":1,"result":"three"}{"id":2,"result":3}""");

        await Assert.ThrowsAsync<JsonException>(() => wrong.Soon());
        Assert.Equal(3, await right.Soon());
    }

    [Fact]
    public async Task Cancelling_a_call_tells_the_peer_and_ends_it_at_once()
    {
        await using var client = new SessionUnderTest();
        using var cancellation = new CancellationTokenSource();
        var call = InvokeAsync(client, new Pair(1, 2), cancellation.Token);
        await client.ReadLineAsync();
        await cancellation.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Soon());
        Assert.Equal(cancellation.Token, thrown.CancellationToken);
        Assert.Equal("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}""", await client.ReadLineAsync());

        // The answer to it is passed over, and the next call is not disturbed.
        await client.SendAsync("""{"id":1,"error":{"code":-32800,"message":"cancelled"}}""");
        var next = InvokeAsync(client, new Pair(1, 2));
        await client.SendAsync("""{"id":2,"result":3}""");
        Assert.Equal(3, await next.Soon());
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_is_made_is_not_sent()
    {
        await using var client = new SessionUnderTest();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => InvokeAsync(client, new Pair(1, 2), new CancellationToken(canceled: true)).Soon());
        await client.Session.NotifyAsync("after", null!, TestJson.Default.String, CancellationToken.None);

        Assert.Contains("after", await client.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_connection_fails_all_calls_that_wait_and_all_that_follow()
    {
        await using var client = new SessionUnderTest();
        var calls = Enumerable.Range(0, 3).Select(_ => InvokeAsync(client, new Pair(1, 2))).ToArray();
        client.BreakConnection();
        foreach (var call in calls)
        {
            var lost = await Assert.ThrowsAsync<RpcConnectionLostException>(() => call.Soon());
            Assert.IsType<IOException>(lost.InnerException, exactMatch: false);
        }

        await client.Run.Soon();
        await Assert.ThrowsAsync<RpcConnectionLostException>(() => InvokeAsync(client, new Pair(1, 2)).Soon());
        await Assert.ThrowsAsync<RpcConnectionLostException>(
            () => client.Session.NotifyAsync("a", null!, TestJson.Default.String, CancellationToken.None).Soon());
    }

    [Fact]
    public async Task What_the_peer_said_before_it_hung_up_is_in_the_exception()
    {
        await using var client = new SessionUnderTest();
        var call = InvokeAsync(client, new Pair(1, 2));
        await client.SendAsync("""{"jsonrpc":"2.0","id":null,"error":{"code":503,"message":"overloaded"}}""");
        client.EndSending();

        var lost = await Assert.ThrowsAsync<RpcConnectionLostException>(() => call.Soon());
        Assert.Contains("overloaded", lost.Message, StringComparison.Ordinal);
        Assert.Equal(503, Assert.IsType<RpcException>(lost.InnerException).Error.Code);
    }

    [Fact]
    public async Task Disposing_fails_the_calls_that_wait()
    {
        await using var client = new SessionUnderTest();
        var call = InvokeAsync(client, new Pair(1, 2));
        await client.Session.DisposeAsync().Soon();

        await Assert.ThrowsAsync<RpcConnectionLostException>(() => call.Soon());
    }

    [Fact]
    public async Task Both_sides_call_each_other_on_one_connection()
    {
        SessionUnderTest? session = null;
        var method = TestMethods.Async("twice", async (_, call) =>
            call.Reply(await InvokeAsync(session!, new Pair(5, 5)) * 2, TestJson.Default.Int32));
        await using var both = session = new SessionUnderTest([method]);
        await both.SendAsync("""{"jsonrpc":"2.0","id":"mine","method":"twice"}""");
        Assert.Equal("add", (string?)(await both.ReadAsync())["method"]);
        await both.SendAsync("""{"jsonrpc":"2.0","id":1,"result":21}""");

        Assert.Equal("""{"jsonrpc":"2.0","id":"mine","result":42}""", await both.ReadLineAsync());
    }

    private static Task<int> InvokeAsync(SessionUnderTest client, Pair parameters, CancellationToken cancellationToken = default) =>
        client.Session.InvokeAsync("add", parameters, TestJson.Default.Pair, TestJson.Default.Int32, cancellationToken).AsTask();
}
