using System.Text;
using System.Text.Json.Nodes;
using RpcStore.ContractTest.Document;
using RpcStore.ContractTest.Reports;
using RpcStore.ContractTest.Running;
using Xunit;

namespace RpcStore.Tests.ContractTest;

/// <summary>How a test deals with servers that are slow to answer, gone, or generous.</summary>
public sealed class RunTests
{
    private static readonly ContractDocument Document = SampleDocument.Of("""{ "type": "integer", "minimum": 1 }""", "1");

    [Fact]
    public async Task Silence_costs_one_timeout_a_method()
    {
        var calls = 0;
        var report = await RunAsync(async (_, cancellationToken) =>
        {
            calls++;
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return "";
        });
        Assert.Equal(1, calls);
        Assert.Equal(1, report.Count(Outcome.Failed));
        Assert.Contains(report.Methods[0].Cases, one => one is { Outcome: Outcome.NotTried, Reason: "the method did not answer before" });
    }

    [Fact]
    public async Task Nobody_calls_on_when_the_server_is_gone()
    {
        var calls = 0;
        var report = await RunAsync((_, _) =>
        {
            calls++;
            throw new CallerLostException("nobody listens there");
        });
        Assert.Equal(1, calls);
        Assert.False(report.HasPassed);
        Assert.Contains(report.Methods[0].Cases, one => one.Outcome == Outcome.NotTried && one.Reason!.EndsWith("nobody listens there", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_too_large_to_keep_is_validated_all_the_same()
    {
        var padding = new string('x', 2 << 20);
        var report = await RunAsync((request, _) => Task.FromResult(
            request["params"]!["p"] is JsonValue value && value.ToJsonString() == "1" && request["params"]!.AsObject().Count == 1
                ? Reply(request, $$""" "result": {}, "more": "{{padding}}" """)
                : Reply(request, """ "error": { "code": -32602, "message": "no", "data": { "name": "invalidParams", "pointer": "/p", "reason": "no" } } """)));
        var example = report.Methods[0].Cases.Single(one => one.Name == "one");
        Assert.Equal(Outcome.Failed, example.Outcome);
        Assert.Contains("/more", example.Reason, StringComparison.Ordinal);
        Assert.True(example.Received!.Length < 3000);
    }

    [Fact]
    public async Task Being_asked_to_wait_is_neither_right_nor_wrong()
    {
        var report = await RunAsync((request, _) => Task.FromResult(
            Reply(request, """ "error": { "code": 429, "message": "wait", "data": { "name": "rateLimited", "retryAfter": 1 } } """)));
        Assert.Equal(0, report.Count(Outcome.Passed) + report.Count(Outcome.Failed));
        Assert.False(report.HasPassed);
    }

    [Fact]
    public async Task An_error_that_is_declared_and_not_seen_is_not_counted_as_passed()
    {
        var report = await RunAsync((request, _) => Task.FromResult(Reply(request, """ "result": {} """)));
        Assert.Equal(["notFound"], report.Methods[0].ErrorsNotProvoked);
        Assert.Contains(report.Methods[0].Cases, one => one is { Name: "notFound: not provoked", Outcome: Outcome.NotTried });
    }

    private static string Reply(JsonNode request, string rest) => $$"""{ "jsonrpc": "2.0", "id": {{request["id"]}}, {{rest}} }""";

    private static async Task<ContractReport> RunAsync(Func<JsonNode, CancellationToken, Task<string>> answer)
    {
        var options = new ContractTestOptions { Timeout = TimeSpan.FromMilliseconds(200) };
        Candidate[] candidates = [new("somebody", null, new Fake(answer), OwnsSession: true)];
        var callers = await Callers.FindAsync(Document, candidates, options.Timeout, TestContext.Current.CancellationToken);
        return await new ContractTestRun(Document, callers, options).RunAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Fake(Func<JsonNode, CancellationToken, Task<string>> answer) : IMessageCaller
    {
        public async ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
            Encoding.UTF8.GetBytes(await answer(JsonNode.Parse(message.Span)!, cancellationToken));
    }
}
