using System.IO.Pipelines;
using System.Text.Json;
using RpcStore.Client;
using RpcStore.Client.Connections;
using RpcStore.Contract;
using RpcStore.Contract.Connections;
using RpcStore.JsonRpc;
using RpcStore.JsonRpc.Channels;
using Xunit;

namespace RpcStore.Tests.Client;

/// <summary>How calls find a connection: one at a time, opened when needed and again when it is gone.</summary>
public sealed class SessionTransportTests
{
    private static readonly RpcStoreClientOptions Options = RpcStoreClientOptions.Default with
    {
        ReconnectPauses = [TimeSpan.Zero, TimeSpan.Zero],
    };

    private readonly TaskCompletionSource reached = new();
    private Pipe toClient = new();
    private int refusals;
    private int attempts;

    [Fact]
    public async Task Nothing_is_connected_before_the_first_call_and_calls_share_a_connection()
    {
        await using var transport = NewTransport();
        Assert.Equal(0, attempts);
        var calls = Enumerable.Range(0, 20).Select(_ => CallAsync(transport)).ToArray();
        foreach (var call in calls)
        {
            Assert.Equal("pong", await call);
        }

        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task A_connection_that_is_gone_is_replaced_by_the_next_call()
    {
        await using var transport = NewTransport();
        await CallAsync(transport);
        await CloseAsync(transport);
        Assert.Equal("pong", await CallAsync(transport));
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task A_server_that_comes_back_late_is_waited_for()
    {
        await using var transport = NewTransport();
        await CallAsync(transport);
        refusals = 2;
        await CloseAsync(transport);
        Assert.Equal("pong", await CallAsync(transport));
        Assert.Equal(4, attempts);
    }

    [Fact]
    public async Task A_server_that_does_not_come_back_is_waited_for_no_longer_than_the_pauses()
    {
        await using var transport = NewTransport();
        await CallAsync(transport);
        refusals = int.MaxValue;
        await CloseAsync(transport);
        await Assert.ThrowsAsync<CannotConnectException>(() => CallAsync(transport));
        Assert.Equal(4, attempts);
    }

    [Fact]
    public async Task A_server_that_was_never_there_is_told_at_once()
    {
        refusals = int.MaxValue;
        await using var transport = NewTransport();
        await Assert.ThrowsAsync<CannotConnectException>(() => CallAsync(transport));
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task A_call_that_runs_when_its_connection_breaks_fails_with_that()
    {
        await using var transport = NewTransport();
        var call = CallAsync(transport, "hang");
        await reached.Task;
        await toClient.Writer.CompleteAsync();
        await Assert.ThrowsAsync<RpcConnectionLostException>(() => call);
    }

    [Fact]
    public async Task Progress_goes_to_the_call_that_asked_for_it()
    {
        await using var transport = NewTransport();
        var values = new List<string>();
        var result = await transport.InvokeAsync(
            "count",
            token => JsonDocument.Parse($$"""{"progress":{{token}}}""").RootElement,
            ContractJson.Default.JsonElement,
            ContractJson.Default.JsonElement,
            new Recorder(value => values.Add(value.GetString()!)),
            ContractJson.Default.JsonElement,
            CancellationToken.None);
        Assert.Equal("pong", result.GetString());
        Assert.Equal(["1", "2"], values);
    }

    [Fact]
    public async Task After_its_end_it_connects_no_more()
    {
        var transport = NewTransport();
        await CallAsync(transport);
        await transport.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => CallAsync(transport));
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task What_begins_a_connection_is_called_before_anything_else_and_again_on_the_next()
    {
        var order = new List<string>();
        await using var transport = new SessionTransport(
            OpenAsync,
            Options,
            async (session, cancellationToken) =>
            {
                order.Add("begins");
                await session.InvokeAsync(
                    "ping", JsonDocument.Parse("{}").RootElement, ContractJson.Default.JsonElement, ContractJson.Default.JsonElement, cancellationToken);
                order.Add("has begun");
            });
        foreach (var call in Enumerable.Range(0, 5).Select(_ => CallAsync(transport)).ToArray())
        {
            Assert.Equal("pong", await call);
        }

        await CloseAsync(transport);
        await CallAsync(transport);
        Assert.Equal(["begins", "has begun", "begins", "has begun"], order);
    }

    [Fact]
    public async Task A_connection_that_could_not_begin_is_not_used()
    {
        var refusal = new RpcException(ContractErrors.Unauthenticated("no"));
        await using var transport = new SessionTransport(
            OpenAsync, Options, (_, _) => attempts == 1 ? throw refusal : ValueTask.CompletedTask, e => new RpcException(e.Error, e));
        Assert.Same(refusal, (await Assert.ThrowsAsync<RpcException>(() => CallAsync(transport))).InnerException);
        Assert.Equal("pong", await CallAsync(transport));
        Assert.Equal(2, attempts);
    }

    private static async Task<string?> CallAsync(SessionTransport transport, string method = "ping")
    {
        var empty = JsonDocument.Parse("{}").RootElement;
        var result = await transport.InvokeAsync(
            method, empty, ContractJson.Default.JsonElement, ContractJson.Default.JsonElement, CancellationToken.None);
        return result.GetString();
    }

    /// <summary>Breaks the connection, and waits until the client has seen it: a call that hangs tells.</summary>
    private async Task CloseAsync(SessionTransport transport)
    {
        var call = CallAsync(transport, "hang");
        await reached.Task;
        await toClient.Writer.CompleteAsync();
        await Assert.ThrowsAsync<RpcConnectionLostException>(() => call);
    }

    private SessionTransport NewTransport() => new(OpenAsync, Options);

    private ValueTask<IMessageChannel> OpenAsync(CancellationToken cancellationToken)
    {
        attempts++;
        if (refusals > 0)
        {
            refusals--;
            throw new CannotConnectException(EndpointUrl.Unix("x"), "refused by the test");
        }

        var (there, back) = (new Pipe(), new Pipe());
        var session = new RpcSession(NewChannel(there.Reader, back.Writer), Methods(), RpcConnection.Anonymous, RpcSessionOptions.Default);
        toClient = back;
        _ = session.RunAsync(CancellationToken.None);
        return new(NewChannel(back.Reader, there.Writer));
    }

    private static PipeChannel NewChannel(PipeReader input, PipeWriter output) =>
        new(new Duplex(input, output), new JsonStreamFraming(1 << 20));

    private RpcMethodTable Methods() => new(
    [
        new RpcMethod("ping", "guest", (_, call) => Reply(call)),
        new RpcMethod("hang", "guest", (_, call) =>
        {
            var token = call.CancellationToken;
            reached.TrySetResult();
            return new(Task.Delay(Timeout.Infinite, token));
        }),
        new RpcMethod("count", "guest", (parameters, call) =>
        {
            var token = new ProgressToken(JsonDocument.Parse(parameters.ToArray()).RootElement.GetProperty("progress").GetInt64());
            call.ReportProgress(token, JsonDocument.Parse("\"1\"").RootElement, ContractJson.Default.JsonElement);
            call.ReportProgress(token, JsonDocument.Parse("\"2\"").RootElement, ContractJson.Default.JsonElement);
            return Reply(call);
        }),
    ]);

    private static ValueTask Reply(CallContext call)
    {
        call.ReplyRaw("\"pong\""u8);
        return ValueTask.CompletedTask;
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Recorder(Action<JsonElement> record) : IProgress<JsonElement>
    {
        public void Report(JsonElement value) => record(value);
    }
}
