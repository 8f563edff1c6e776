using RpcStore.JsonRpc;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;

namespace RpcStore.Tests.JsonRpc.Sessions;

/// <summary>What becomes of what handlers do.</summary>
public sealed class HandlerTests
{
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"m","params":[]}""";

    public static TheoryData<bool> SyncAndAsync => [false, true];

    [Theory]
    [MemberData(nameof(SyncAndAsync))]
    public async Task An_rpc_exception_is_the_answer(bool isAsync)
    {
        var error = new RpcError(409, "conflict", new System.Text.Json.Nodes.JsonObject { ["name"] = "conflict" });

        Assert.Equal(
            """{"jsonrpc":"2.0","id":1,"error":{"code":409,"message":"conflict","data":{"name":"conflict"}}}""",
            await CallAsync(Failing(isAsync, () => new RpcException(error))));
    }

    [Theory]
    [MemberData(nameof(SyncAndAsync))]
    public async Task Another_exception_is_an_internal_error_that_tells_nothing(bool isAsync)
    {
        var reply = await CallAsync(Failing(isAsync, () => new InvalidOperationException("secret")));

        Assert.Equal(
            """{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"internal error","data":{"name":"internal"}}}""", reply);
    }

    [Theory]
    [MemberData(nameof(SyncAndAsync))]
    public async Task The_exception_map_turns_exceptions_into_errors(bool isAsync)
    {
        var options = new RpcSessionOptions
        {
            MapException = (exception, call) => new RpcError(7, $"{call.Method!.Name}: {exception.Message}"),
        };

        Assert.Equal(
            """{"jsonrpc":"2.0","id":1,"error":{"code":7,"message":"m: oh"}}""",
            await CallAsync(Failing(isAsync, () => new InvalidOperationException("oh")), options));
    }

    [Theory]
    [MemberData(nameof(SyncAndAsync))]
    public async Task A_cancellation_that_nobody_asked_for_is_an_internal_error(bool isAsync) =>
        Assert.Contains("-32603", await CallAsync(Failing(isAsync, () => new OperationCanceledException())), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(SyncAndAsync))]
    public async Task A_handler_that_gives_no_answer_is_an_internal_error(bool isAsync)
    {
        var method = TestMethods.Async("m", async (_, _) =>
        {
            if (isAsync)
            {
                await Task.Yield();
            }
        });

        Assert.Contains("-32603", await CallAsync(method), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_answer_is_refused_and_the_first_one_stands()
    {
        Exception? thrown = null;
        var method = TestMethods.Sync("m", (_, call) =>
        {
            call.Reply(1, TestJson.Default.Int32);
            thrown = Record.Exception(() => call.Reply(2, TestJson.Default.Int32));
        });

        Assert.Equal("""{"jsonrpc":"2.0","id":1,"result":1}""", await CallAsync(method));
        Assert.IsType<InvalidOperationException>(thrown);
    }

    [Theory]
    [MemberData(nameof(SyncAndAsync))]
    public async Task A_failure_after_the_answer_reaches_the_map_but_not_the_peer(bool isAsync)
    {
        var mapped = new TaskCompletionSource<Exception>();
        var options = new RpcSessionOptions
        {
            MapException = (exception, _) =>
            {
                mapped.TrySetResult(exception);
                return RpcErrors.Internal();
            },
        };
        var method = TestMethods.Async("m", async (_, call) =>
        {
            if (isAsync)
            {
                await Task.Yield();
            }

            call.Reply(1, TestJson.Default.Int32);
            throw new InvalidOperationException("too late");
        });

        Assert.Equal("""{"jsonrpc":"2.0","id":1,"result":1}""", await CallAsync(method, options));
        Assert.Equal("too late", (await mapped.Task.Soon()).Message);
    }

    [Fact]
    public async Task A_result_that_cannot_be_written_leaves_no_half_reply()
    {
        var options = new RpcSessionOptions { MapException = (exception, _) => new RpcError(8, exception.GetType().Name) };
        var method = TestMethods.Sync("m", (_, call) => call.Reply(new Unwritable(), UnwritableJson.Default.Unwritable));

        Assert.Equal(
            """{"jsonrpc":"2.0","id":1,"error":{"code":8,"message":"NotSupportedException"}}""", await CallAsync(method, options));
    }

    [Fact]
    public async Task Replies_made_by_other_threads_while_a_burst_is_dispatched_arrive_whole()
    {
        var method = new RpcMethod("m", "guest", (parameters, call) =>
        {
            // Answers from another thread while the reading loop still is in this very call.
            var answer = parameters.ToArray();
            var thread = new Thread(() => call.ReplyRaw(answer));
            thread.Start();
            thread.Join();
            return ValueTask.CompletedTask;
        });
        await using var session = new SessionUnderTest([method, TestMethods.Echo]);
        await session.SendAsync(string.Concat(Enumerable.Range(0, 400).Select(number =>
            $$"""{"jsonrpc":"2.0","id":{{number}},"method":"{{(number % 2 == 0 ? "m" : "echo")}}","params":[{{number}}]}""")));
        var replies = new List<string>();
        while (replies.Count < 400)
        {
            replies.Add((await session.ReadLineAsync())!);
        }

        Assert.Equal(
            Enumerable.Range(0, 400).Select(number => $$"""{"jsonrpc":"2.0","id":{{number}},"result":[{{number}}]}""").Order(),
            replies.Order());
    }

    private static RpcMethod Failing(bool isAsync, Func<Exception> make) => TestMethods.Async("m", async (_, _) =>
    {
        if (isAsync)
        {
            await Task.Yield();
        }

        throw make();
    });

    private static async Task<string> CallAsync(RpcMethod method, RpcSessionOptions? options = null)
    {
        await using var session = new SessionUnderTest([method], options);
        return Assert.Single(await session.SendAllAsync(Call));
    }
}
