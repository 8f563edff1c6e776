using System.Text;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Connections;

/// <summary>What is no message, or one too many: each gets the error of the table, and the server goes on.</summary>
public sealed class BadMessageTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Good = """{"jsonrpc":"2.0","id":"good","method":"server.info"}""";

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"foobar,"params":"bar","baz]""", -32700)]
    [InlineData("""{"jsonrpc":"2.0",""", -32700)]
    [InlineData("""[1,2""", -32700)]
    [InlineData("""{]""", -32700)]
    [InlineData("""{"a":}""", -32700)]
    [InlineData("[]", -32600)]
    [InlineData("{}", -32600)]
    [InlineData("""{"jsonrpc":"1.0","id":null,"method":"server.info"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"no.such"}""", -32601)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"blobs.has"}""", -32602)]
    public async Task A_bad_message_is_answered_with_its_error(string message, int code)
    {
        var reply = Assert.Single(await ExchangeAsync(message));
        Assert.Equal(code, reply["error"]!["code"]!.GetValue<int>());
        Assert.Null(reply["id"]);
        Assert.NotNull(reply["error"]!["data"]!["name"]);
    }

    [Fact]
    public async Task A_message_that_is_broken_inside_does_not_end_the_connection()
    {
        var replies = await ExchangeAsync("""{"a":}""" + Good);
        Assert.Equal(-32700, replies[0]["error"]!["code"]!.GetValue<int>());
        Assert.Equal("good", replies[1]["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_message_that_is_too_deep_is_refused_and_the_next_one_answered()
    {
        var deep = new string('[', 40) + new string(']', 40);
        var replies = await ExchangeAsync("""{"jsonrpc":"2.0","id":1,"method":"x.y","params":""" + deep + "}" + Good);
        Assert.Equal(-32600, replies[0]["error"]!["code"]!.GetValue<int>());
        Assert.Equal("good", replies[1]["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused_by_the_name_of_the_limit()
    {
        var message = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"blobs.put\",\"params\":{\"data\":\"" + new string('A', 9 << 20);
        var reply = Assert.Single(await ExchangeAsync(message));
        Assert.Equal(413, reply["error"]!["code"]!.GetValue<int>());
        Assert.Equal("maxMessageBytes", reply["error"]!["data"]!["limit"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_batch_that_is_too_long_is_refused_whole()
    {
        var batch = "[" + string.Join(",", Enumerable.Repeat(Good, 1001)) + "]";
        var reply = Assert.Single(await ExchangeAsync(batch));
        Assert.Equal(-32600, reply["error"]!["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_batch_that_never_ends_is_cut_at_the_limit()
    {
        var members = string.Concat(Enumerable.Repeat(Good + ",", 9 * (1 << 20) / Good.Length));
        var reply = Assert.Single(await ExchangeAsync("[" + members));
        Assert.Equal(413, reply["error"]!["code"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555")]
    [InlineData("sha256-e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("")]
    public async Task What_is_no_id_is_named_by_its_place(string id)
    {
        var reply = Assert.Single(await ExchangeAsync(
            new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 7, ["method"] = "blobs.has", ["params"] = new JsonObject { ["ids"] = new JsonArray(id) } }.ToJsonString()));
        Assert.Equal(-32602, reply["error"]!["code"]!.GetValue<int>());
        Assert.Equal("/ids/0", reply["error"]!["data"]!["pointer"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("Content-Length: x\r\n\r\n{}")]
    [InlineData("Content-Length: 5\r\nContent-Length: 5\r\n\r\n{}   ")]
    [InlineData("Content-Length: -1\r\n\r\n{}")]
    public async Task A_header_that_breaks_the_rules_is_an_invalid_request(string bytes)
    {
        var answer = await fixture.ConverseAsync(bytes);
        Assert.StartsWith("Content-Length: ", answer);
        Assert.Contains("-32600", answer);
    }

    [Fact]
    public async Task Bytes_that_are_no_protocol_get_an_http_error()
    {
        Assert.StartsWith("HTTP/1.1 400", await fixture.ConverseAsync("\0\u0001\u0002 nonsense\r\n\r\n", halfClose: false));
    }

    [Fact]
    public async Task White_space_before_a_message_and_single_bytes_are_no_trouble()
    {
        var answer = await fixture.ConverseAsync(" \r\n\t " + Good + "\n\n");
        Assert.Contains("\"good\"", answer);
    }

    private async Task<List<JsonNode>> ExchangeAsync(string text)
    {
        var answer = await fixture.ConverseAsync(Encoding.UTF8.GetBytes(text));
        return [.. answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
