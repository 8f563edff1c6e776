using System.Text.Json.Nodes;
using RpcStore.JsonRpc;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;

namespace RpcStore.Tests.JsonRpc.Sessions;

public sealed class BatchTests
{
    [Fact]
    public async Task The_members_of_a_batch_run_at_once_and_one_array_answers_when_the_last_has_ended()
    {
        var held = new HeldCalls();
        await using var session = new SessionUnderTest([held.Method, TestMethods.Echo]);
        await session.SendAsync($"[{Hold(1)},{Hold(2)},{Echo(3)},{Hold(4)}]{Echo(5)}");
        await held.StartedAsync("[1]");
        await held.StartedAsync("[2]");
        await held.StartedAsync("[4]");
        Assert.Equal(5, (int)(await session.ReadAsync())["id"]!);

        held.Release("[2]");
        held.Release("[1]");
        held.Release("[4]");
        var replies = (await session.ReadAsync()).AsArray();
        Assert.Equal([1, 2, 3, 4], replies.Select(reply => (int)reply!["id"]!).Order());
    }

    [Fact]
    public async Task A_batch_beyond_the_limit_is_refused_whole_and_nothing_of_it_runs()
    {
        var runs = 0;
        var method = TestMethods.Sync("count", (_, call) => call.Reply(++runs, TestJson.Default.Int32));
        await using var session = new SessionUnderTest([method], new RpcSessionOptions { MaxBatchCalls = 3 });
        const string Count = """{"jsonrpc":"2.0","id":1,"method":"count"}""";
        await session.SendAsync($"[{Count},{Count},{Count},{Count}][{Count},{Count},{Count}]");

        var refusal = (await session.ReadAsync()).AsObject();
        Assert.Null(refusal["id"]);
        Assert.Equal("invalidRequest", (string?)refusal["error"]!["data"]!["name"]);
        Assert.Equal(3, (await session.ReadAsync()).AsArray().Count);
        Assert.Equal(3, runs);
    }

    [Fact]
    public async Task A_batch_counts_as_its_members()
    {
        var held = new HeldCalls();
        await using var session = new SessionUnderTest([held.Method, TestMethods.Echo], new RpcSessionOptions { MaxConcurrentCalls = 2 });
        await session.SendAsync($"[{string.Join(',', Enumerable.Range(1, 5).Select(Hold))}]{Echo(9)}");
        await held.StartedAsync("[2]");
        Assert.Equal(2, held.Count);

        held.Release("[1]");
        await held.StartedAsync("[3]");
        Assert.Equal(3, held.Count);
        Enumerable.Range(2, 4).ToList().ForEach(number => held.Release($"[{number}]"));

        JsonNode[] replies = [await session.ReadAsync(), await session.ReadAsync()];
        Assert.Equal(5, replies.OfType<JsonArray>().Single().Count);
        Assert.Equal(9, (int)replies.OfType<JsonObject>().Single()["id"]!);
    }

    [Fact]
    public async Task A_batch_that_is_cut_short_by_cancelling_the_session_still_gets_one_array()
    {
        var held = new HeldCalls();
        await using var session = new SessionUnderTest([held.Method], new RpcSessionOptions { MaxConcurrentCalls = 2 });
        await session.SendAsync($"[{string.Join(',', Enumerable.Range(1, 5).Select(Hold))}]");
        await held.StartedAsync("[2]");
        session.CancelRun();

        var replies = JsonNode.Parse(Assert.Single(await session.ReadRestAsync()))!.AsArray();
        Assert.Equal(5, replies.Count);
        Assert.All(replies, reply => Assert.Equal(RpcErrorCode.RequestCancelled, (int)reply!["error"]!["code"]!));
    }

    [Fact]
    public async Task Members_that_fail_or_are_cancelled_answer_in_the_array()
    {
        var held = new HeldCalls();
        await using var session = new SessionUnderTest([held.Method, TestMethods.Throwing("fail", () => new InvalidCastException())]);
        await session.SendAsync($$"""[{{Hold(1)}},{"jsonrpc":"2.0","id":2,"method":"fail"},[],{"jsonrpc":"2.0","method":"fail"}]""");
        await held.StartedAsync("[1]");
        await session.SendAsync("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}""");

        var codes = (await session.ReadAsync()).AsArray().Select(reply => (int)reply!["error"]!["code"]!);
        Assert.Equal([RpcErrorCode.RequestCancelled, RpcErrorCode.InternalError, RpcErrorCode.InvalidRequest], codes.Order());
    }

    [Fact]
    public async Task A_cancellation_may_be_a_member_of_the_batch_that_it_cancels()
    {
        var held = new HeldCalls();
        await using var session = new SessionUnderTest([held.Method]);
        await session.SendAsync($$$"""[{{{Hold(1)}}},{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}]""");

        var reply = Assert.Single((await session.ReadAsync()).AsArray());
        Assert.Equal(RpcErrorCode.RequestCancelled, (int)reply!["error"]!["code"]!);
    }

    private static string Hold(int id) => $$"""{"jsonrpc":"2.0","id":{{id}},"method":"hold","params":[{{id}}]}""";

    private static string Echo(int id) => $$"""{"jsonrpc":"2.0","id":{{id}},"method":"echo"}""";
}
