using System.Text;
using System.Text.Json.Nodes;
using RpcStore.JsonRpc;
using RpcStore.JsonRpc.Channels;
using RpcStore.Tests.Attacks;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;

namespace RpcStore.Tests.JsonRpc.Sessions;

/// <summary>
/// Random, cut and damaged input: every session ends, every line that it sends is a reply, and every error is one that the
/// table of errors has.
/// </summary>
public sealed class HostileInputTests
{
    private static readonly Dictionary<int, string> DocumentedErrors = new()
    {
        [RpcErrorCode.ParseError] = "parseError",
        [RpcErrorCode.InvalidRequest] = "invalidRequest",
        [RpcErrorCode.MethodNotFound] = "methodNotFound",
        [RpcErrorCode.RequestCancelled] = "requestCancelled",
        [RpcErrorCode.TooLarge] = "tooLarge",
    };

    private static readonly RpcMethodTable Methods = new(
    [
        TestMethods.Echo,
        TestMethods.Async("slow", async (parameters, call) =>
        {
            await Task.Yield();
            call.CancellationToken.ThrowIfCancellationRequested();
            call.Reply(parameters, TestJson.Default.String);
        }),
    ]);

    private static readonly RpcSessionOptions Options = new() { MaxConcurrentCalls = 4, MaxBatchCalls = 5 };

    [Fact]
    public async Task A_json_stream_with_damage_is_answered_with_documented_errors()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            await NamingSeedAsync(seed, AttackStreamAsync);
        }
    }

    [Fact]
    public async Task Header_delimited_messages_with_damage_are_answered_with_documented_errors()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            await NamingSeedAsync(seed, AttackHeadersAsync);
        }
    }

    /// <summary>A few messages without anything between them.</summary>
    internal static Task AttackStreamAsync(Random random)
    {
        var text = string.Concat(Enumerable.Range(0, random.Next(1, 10)).Select(_ => RandomMessage(random)));
        return CheckAsync(new JsonStreamFraming(2000), Spoil(Encoding.UTF8.GetBytes(text), random), random, Lines);
    }

    /// <summary>A few messages behind headers.</summary>
    internal static Task AttackHeadersAsync(Random random)
    {
        var bytes = Enumerable.Range(0, random.Next(1, 10)).SelectMany(_ =>
        {
            var body = Encoding.UTF8.GetBytes(RandomMessage(random));
            return Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n").Concat(body);
        });
        return CheckAsync(new HeaderFraming(2000), Spoil([.. bytes], random), random, Bodies);
    }

    private static async Task NamingSeedAsync(int seed, Func<Random, Task> attackAsync)
    {
        try
        {
            await attackAsync(new Random(seed));
        }
        catch (Exception e)
        {
            Assert.Fail($"seed {seed}: {e}");
        }
    }

    private static async Task CheckAsync(
        MessageFraming framing, byte[] input, Random random, Func<byte[], IEnumerable<string>> split)
    {
        var wire = new Wire();
        var session = new RpcSession(new PipeChannel(wire.Far, framing), Methods, RpcConnection.Anonymous, Options);
        var run = session.RunAsync(CancellationToken.None);
        for (var sent = 0; sent < input.Length;)
        {
            var piece = Math.Min(random.Next(1, 200), input.Length - sent);
            await wire.Near.SendAsync(input.AsMemory(sent, piece));
            sent += piece;
        }

        wire.Near.Output.Complete();
        await run.Soon();
        await session.DisposeAsync().Soon();
        foreach (var message in split(await wire.Near.ReadUntilAsync(_ => false)))
        {
            Assert.True(IsReply(JsonNode.Parse(message)), message);
        }
    }

    private static bool IsReply(JsonNode? message) => message switch
    {
        JsonArray batch => batch.Count > 0 && batch.All(member => member is JsonObject && IsReply(member)),
        JsonObject reply when reply["error"] is JsonObject error =>
            DocumentedErrors.TryGetValue((int)error["code"]!, out var name) && (string?)error["data"]!["name"] == name,
        JsonObject reply => reply.ContainsKey("result") && reply.ContainsKey("id") && (string?)reply["jsonrpc"] == "2.0",
        _ => false,
    };

    private static string RandomMessage(Random random)
    {
        string[] ids = ["1", "\"a\"", "null", "2.5", "{}"];
        string[] methods = ["echo", "slow", "nothing", "$/cancelRequest", "$/progress"];
        var parameters = random.Next(3) == 0 ? """{"id":1}""" : RandomJson.Message(random);
        var id = random.Next(4) == 0 ? "" : $"\"id\":{random.GetItems(ids, 1)[0]},";
        var call = $$"""{"jsonrpc":"2.0",{{id}}"method":"{{random.GetItems(methods, 1)[0]}}","params":{{parameters}}}""";
        return random.Next(6) switch
        {
            0 => RandomJson.Message(random),
            1 => "[" + string.Join(',', Enumerable.Repeat(call, random.Next(8))) + "]",
            2 => """{"id":5,"result":1}""",
            _ => call,
        };
    }

    private static byte[] Spoil(byte[] bytes, Random random) => Damage.Do(bytes, random, "{}[]\",:\\\n0"u8);

    private static string[] Lines(byte[] sent) =>
        Encoding.UTF8.GetString(sent).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Bodies(byte[] sent)
    {
        var framing = new HeaderFraming(int.MaxValue);
        for (var position = 0; position < sent.Length;)
        {
            var step = framing.Read(sent.AsSpan(position));
            Assert.True(step.EndsMessage);
            yield return Encoding.UTF8.GetString(sent, position + step.Skipped, step.Taken);
            position += step.Skipped + step.Taken;
        }
    }
}
