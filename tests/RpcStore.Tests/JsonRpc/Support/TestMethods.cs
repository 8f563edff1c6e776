using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using RpcStore.JsonRpc;

namespace RpcStore.Tests.JsonRpc.Support;

/// <summary>Handlers that do what a test tells them to, when it tells them.</summary>
internal static class TestMethods
{
    /// <summary>Answers with the parameters as they came, or with null.</summary>
    public static RpcMethod Echo { get; } = new("echo", "guest", (parameters, call) =>
    {
        call.ReplyRaw(parameters.IsEmpty ? "null"u8 : parameters);
        return ValueTask.CompletedTask;
    });

    /// <summary>Subtracts; by position, or by the names minuend and subtrahend.</summary>
    public static RpcMethod Subtract { get; } = new("subtract", "guest", (parameters, call) =>
    {
        using var document = JsonDocument.Parse(parameters.ToArray());
        var root = document.RootElement;
        call.Reply(
            root.ValueKind == JsonValueKind.Array
                ? root[0].GetInt32() - root[1].GetInt32()
                : root.GetProperty("minuend").GetInt32() - root.GetProperty("subtrahend").GetInt32(),
            TestJson.Default.Int32);
        return ValueTask.CompletedTask;
    });

    public static RpcMethod Throwing(string name, Func<Exception> make) =>
        new(name, "guest", (_, _) => throw make());

    public static RpcMethod Sync(string name, Action<string, CallContext> run) =>
        new(name, "guest", (parameters, call) =>
        {
            run(Encoding.UTF8.GetString(parameters), call);
            return ValueTask.CompletedTask;
        });

    public static RpcMethod Async(string name, Func<string, CallContext, Task> run) =>
        new(name, "guest", (parameters, call) => new ValueTask(run(Encoding.UTF8.GetString(parameters), call)));
}

/// <summary>A method whose calls stay open until the test answers them; it knows them by their parameters' text.</summary>
internal sealed class HeldCalls
{
    private readonly ConcurrentDictionary<string, Held> calls = new();

    public HeldCalls(string name = "hold", bool heedsCancellation = true) =>
        Method = TestMethods.Async(name, async (parameters, call) =>
        {
            var held = calls.GetOrAdd(parameters, _ => new Held());
            held.Context = call;
            held.Started.SetResult();
            await (heedsCancellation ? held.Released.Task.WaitAsync(call.CancellationToken) : held.Released.Task);
            call.Reply(parameters, TestJson.Default.String);
        });

    public RpcMethod Method { get; }

    public int Count => calls.Values.Count(call => call.Started.Task.IsCompleted);

    public async Task<CallContext> StartedAsync(string parameters)
    {
        var held = calls.GetOrAdd(parameters, _ => new Held());
        await held.Started.Task.Soon();
        return held.Context!;
    }

    public void Release(string parameters) => calls.GetOrAdd(parameters, _ => new Held()).Released.SetResult();

    public void ReleaseAll()
    {
        foreach (var held in calls.Values)
        {
            held.Released.TrySetResult();
        }
    }

    private sealed class Held
    {
        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CallContext? Context { get; set; }
    }
}

internal sealed record Pair(int A, int B);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(Pair))]
internal sealed partial class TestJson : JsonSerializerContext;
