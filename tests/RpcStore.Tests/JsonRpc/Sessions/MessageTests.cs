using System.Text.Json;
using RpcStore.JsonRpc;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;

namespace RpcStore.Tests.JsonRpc.Sessions;

/// <summary>What counts as a request, and what its reply looks like.</summary>
public sealed class MessageTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("0")]
    [InlineData("-0.0")]
    [InlineData("1.50")]
    [InlineData("1e400")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890")]
    [InlineData("\"\"")]
    [InlineData("\"a b\"")]
    [InlineData("\"\\u0041\\/\\n\"")]
    [InlineData("\"Grüße\"")]
    public async Task An_id_comes_back_byte_for_byte(string id)
    {
        await using var session = new SessionUnderTest([TestMethods.Echo]);
        await session.SendAsync($$"""{ "id" : {{id}} , "method":"echo","jsonrpc":"2.0"}""");
        Assert.Equal($$"""{"jsonrpc":"2.0","id":{{id}},"result":null}""", await session.ReadLineAsync());

        // Also when it is answered later, and when the answer is an error.
        await session.SendAsync($$"""{"id":{{id}},"method":"nothing","jsonrpc":"2.0"}""");
        Assert.StartsWith($$"""{"jsonrpc":"2.0","id":{{id}},"error":""", await session.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_of_a_thousand_digits_survives_a_slow_call()
    {
        var id = new string('7', 1000);
        var held = new HeldCalls();
        await using var session = new SessionUnderTest([held.Method, TestMethods.Echo]);
        await session.SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"hold","params":[]}""");
        await held.StartedAsync("[]");
        await session.SendAsync("""{"jsonrpc":"2.0","id":2,"method":"echo"}""");
        Assert.Equal(2, (int)(await session.ReadAsync())["id"]!);
        held.Release("[]");

        Assert.Equal($$"""{"jsonrpc":"2.0","id":{{id}},"result":"[]"}""", await session.ReadLineAsync());
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"echo","params":{"a":[1, 2]}}""", """{"a":[1, 2]}""")]
    [InlineData("""{"params":[ ],"method":"echo","id":1,"jsonrpc":"2.0"}""", "[ ]")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"nothing","method":"echo"}""", "null")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ec\u0068o","params":[2],"params":[3]}""", "[3]")]
    [InlineData("""{"jsonrpc":"2\u002e0","id":1,"m\u0065thod":"echo"}""", "null")]
    [InlineData("""{"jsonrpc":"1.0","jsonrpc":"2.0","id":1,"method":"echo","extra":{"method":[]},"Method":"x"}""", "null")]
    public async Task A_request_may_be_written_in_many_ways(string request, string result)
    {
        await using var session = new SessionUnderTest([TestMethods.Echo]);
        await session.SendAsync(request);

        Assert.Equal($$"""{"jsonrpc":"2.0","id":1,"result":{{result}}}""", await session.ReadLineAsync());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("\"echo\"")]
    [InlineData("null")]
    [InlineData("""{"id":1,"method":"echo"}""")]
    [InlineData("""{"jsonrpc":2.0,"id":1,"method":"echo"}""")]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"echo"}""")]
    [InlineData("""{"jsonrpc":"2.0","jsonrpc":"1.0","id":1,"method":"echo"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"Method":"echo"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":null}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"echo","method":7}""")]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"echo"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":[1],"method":"echo"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":true,"method":"echo"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"echo","params":null}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"echo","params":"a"}""")]
    public async Task Json_that_is_no_request_is_invalid_and_the_session_goes_on(string message) =>
        await ExpectRefusalAsync(message, RpcErrorCode.InvalidRequest, "invalidRequest");

    [Theory]
    [InlineData("{\"jsonrpc\" \"2.0\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",}")]
    [InlineData("{,}")]
    [InlineData("{\"a\":}")]
    [InlineData("{a:1}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":1.}")]
    [InlineData("{\"a\":.1}")]
    [InlineData("{\"a\":+1}")]
    [InlineData("{\"a\":1e}")]
    [InlineData("{\"a\":-}")]
    [InlineData("{\"a\":nul}")]
    [InlineData("{\"a\":True}")]
    [InlineData("{\"a\":\"\\x\"}")]
    [InlineData("{\"a\":\"\\u12G4\"}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"a\":\"\\udc00\\ud800\"}")]
    [InlineData("{\"a\":\"\\ud800\\u0041\"}")]
    [InlineData("{\"a\":1 2}")]
    [InlineData("{\"a\":1\u00a0}")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("[1 2]")]
    [InlineData("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"echo\"},]")]
    [InlineData("12x")]
    [InlineData("truefalse")]
    public async Task Bytes_that_are_no_json_but_end_somewhere_are_a_parse_error_and_the_session_goes_on(string message) =>
        await ExpectRefusalAsync(message, RpcErrorCode.ParseError, "parseError");

    [Theory]
    [InlineData(new byte[] { (byte)'[', (byte)'"', 0xFF, (byte)'"', (byte)']' })]
    [InlineData(new byte[] { (byte)'[', (byte)'"', 0xC0, 0x80, (byte)'"', (byte)']' })]
    [InlineData(new byte[] { (byte)'[', (byte)'"', 0xED, 0xA0, 0x80, (byte)'"', (byte)']' })]
    public async Task Bytes_that_are_no_utf_8_are_a_parse_error(byte[] message)
    {
        await using var session = new SessionUnderTest([TestMethods.Echo]);
        await session.Peer.SendAsync(message);

        Assert.Equal(RpcErrorCode.ParseError, (int)(await session.ReadAsync())["error"]!["code"]!);
    }

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public async Task A_message_may_nest_as_deep_as_the_limit_says(int depth, bool passes)
    {
        await using var session = new SessionUnderTest([TestMethods.Echo]);
        var parameters = new string('[', depth - 1) + new string(']', depth - 1);
        await session.SendAsync($$"""{"jsonrpc":"2.0","id":1,"method":"echo","params":{{parameters}}}""");
        var reply = await session.ReadAsync();

        Assert.Equal(passes ? null : RpcErrorCode.InvalidRequest, (int?)reply["error"]?["code"]);
        await ExpectStillAnsweringAsync(session);
    }

    [Fact]
    public async Task A_message_of_a_hundred_thousand_levels_is_refused_like_any_other()
    {
        await using var session = new SessionUnderTest([TestMethods.Echo]);
        await session.SendAsync(new string('[', 100_000) + new string(']', 100_000));

        Assert.Equal("invalidRequest", (string?)(await session.ReadAsync())["error"]!["data"]!["name"]);
        await ExpectStillAnsweringAsync(session);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":77,"result":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"a","result":null}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"?"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":"odd"}""")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"result":1}]""")]
    [InlineData("""{"jsonrpc":"2.0","method":"$/unknown"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"$/progress","params":{"token":[],"value":1}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"$/progress"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":[1]}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"fail"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"nothing"}""")]
    public async Task What_asks_for_no_answer_gets_none(string message)
    {
        await using var session = new SessionUnderTest(
            [TestMethods.Echo, TestMethods.Throwing("fail", () => new InvalidOperationException("no"))]);
        await session.SendAsync(message);

        await ExpectStillAnsweringAsync(session);
    }

    [Fact]
    public async Task A_request_that_looks_like_a_protocol_notification_is_an_unknown_method()
    {
        await using var session = new SessionUnderTest();
        await session.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"$/cancelRequest","params":{"id":1}}""");

        Assert.Equal(RpcErrorCode.MethodNotFound, (int)(await session.ReadAsync())["error"]!["code"]!);
    }

    [Fact]
    public async Task An_unknown_method_is_named_in_the_error_but_not_at_any_length()
    {
        await using var session = new SessionUnderTest();
        await session.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"bl\u00f6bs.has"}""");
        Assert.Equal("blöbs.has", (string?)(await session.ReadAsync())["error"]!["data"]!["method"]);

        await session.SendAsync($$"""{"jsonrpc":"2.0","id":1,"method":"{{new string('m', 10_000)}}"}""");
        Assert.True((await session.ReadLineAsync())!.Length < 500);
    }

    private static async Task ExpectRefusalAsync(string message, int code, string name)
    {
        await using var session = new SessionUnderTest([TestMethods.Echo]);
        await session.SendAsync(message + "\n");
        var line = (await session.ReadLineAsync())!;
        var reply = JsonDocument.Parse(line.StartsWith('[') ? line[1..^1] : line).RootElement;

        Assert.Equal(JsonValueKind.Null, reply.GetProperty("id").ValueKind);
        Assert.Equal(code, reply.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(name, reply.GetProperty("error").GetProperty("data").GetProperty("name").GetString());
        Assert.NotEmpty(reply.GetProperty("error").GetProperty("data").GetProperty("reason").GetString()!);
        await ExpectStillAnsweringAsync(session);
    }

    private static async Task ExpectStillAnsweringAsync(SessionUnderTest session)
    {
        await session.SendAsync("""{"jsonrpc":"2.0","id":"still","method":"echo"}""");
        Assert.Equal("""{"jsonrpc":"2.0","id":"still","result":null}""", await session.ReadLineAsync());
    }
}
