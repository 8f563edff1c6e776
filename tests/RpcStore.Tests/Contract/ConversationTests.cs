using System.Text.Json.Nodes;
using RpcStore.CodeGen.Conversations;
using RpcStore.CodeGen.Reading;
using RpcStore.CodeGen.Sources;
using RpcStore.Contract;
using RpcStore.JsonRpc;
using Xunit;

namespace RpcStore.Tests.Contract;

public sealed class ConversationTests
{
    private const string Head = "// What is shown.\n";
    private const string Has = """>> {"jsonrpc":"2.0","id":1,"method":"blobs.has","params":{"ids":["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]}}""" + "\n";
    private const string Cancel = """>> {"jsonrpc":"2.0","id":1,"method":"transfers.cancel","params":{"id":"<transfer>"}}""" + "\n";

    [Fact]
    public void Lines_are_gathered_into_exchanges()
    {
        var conversation = ConversationParser.Parse("spec/vectors/blobs.has/case.io", "// A.\n// B.\n>> 1\n>> 2\n<< 3\n<< 4\n>> 5\n\n// C.\n>> 6\n");

        Assert.Equal("blobs.has", conversation.Subject);
        Assert.Equal(
            [("A. B.", "1 2", "3 4"), ("", "5", ""), ("C.", "6", "")],
            conversation.Exchanges.Select(exchange => (
                exchange.Shows,
                string.Join(' ', exchange.Requests.Select(line => line.Text)),
                string.Join(' ', exchange.Answers.Select(line => line.Text)))));
        Assert.Equal("spec/vectors/blobs.has/case.io#L10", conversation.Exchanges[2].Requests[0].Place.ToString());
    }

    [Theory]
    [InlineData("", "#L1")]
    [InlineData(">> {}\n", "#L1")]
    [InlineData("// Nothing.\n", "#L1")]
    [InlineData("// A.\n<< {}\n", "#L2")]
    [InlineData("// A.\n>>{}\n", "#L2")]
    [InlineData("// A.\n>> {}\nhello\n", "#L3")]
    public void A_malformed_file_is_refused_with_its_line(string text, string place) =>
        Assert.Contains(place, Assert.Throws<ContractException>(() => ConversationParser.Parse("spec/vectors/blobs.has/case.io", text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(Has, "has no answer with the id 1")]
    [InlineData(Has + """<< {"jsonrpc":"2.0","id":2,"result":{"present":[],"missing":[]}}""", "has no answer with the id 1")]
    [InlineData(Has + """<< {"id":1,"result":{"present":[],"missing":[]}}""", "\"jsonrpc\"")]
    [InlineData(Has + """<< {"jsonrpc":"2.0","id":1,"result":{"present":[]}}""", "/missing is missing")]
    [InlineData(Has + """<< {"jsonrpc":"2.0","id":1,"result":{"present":["x"],"missing":[]}}""", "/present/0 must be a blob id")]
    [InlineData(Has + """<< {"jsonrpc":"2.0","id":1,"result":{"present":"<nothing>","missing":[]}}""", "<nothing> is no placeholder")]
    [InlineData(Has + """<< {"jsonrpc":"2.0","id":1,"error":{"code":404,"message":"<text>","data":{"name":"notFound"}}}""", "an error that blobs.has lists")]
    [InlineData(Has + """<< {"jsonrpc":"2.0","id":1,"error":{"code":500,"message":"<text>","data":{"name":"unavailable"}}}""", "the code of unavailable is 503")]
    [InlineData(Has + """<< {"jsonrpc":"2.0","id":1,"error":{"code":503,"message":"busy","data":{"name":"unavailable"}}}""", "<text>")]
    [InlineData(Has + """<< {"jsonrpc":"2.0","id":1,"error":{"code":503,"message":"<text>"}}""", "\"data\" with a \"name\"")]
    [InlineData(Has + """<< {"jsonrpc":"2.0","id":1,"error":{"code":503,"message":"<text>","data":{"name":"unavailable","pointer":""}}}""", "data/pointer is unknown")]
    [InlineData(Has + """<< {"jsonrpc":"2.0","id":1,"result":{"present":[],"missing":[]}}""" + "\n<< {}", "answers no request")]
    [InlineData("""
        >> {"jsonrpc":"2.0","id":1,"method":"blobs.has","params":{"ids":[]}}
        << {"jsonrpc":"2.0","id":1,"result":{"present":[],"missing":[]}}
        """, "must be invalidParams")]
    [InlineData("""
        >> {"jsonrpc":"2.0","id":1,"method":"blobs.had"}
        << {"jsonrpc":"2.0","id":1,"result":{}}
        """, "must be methodNotFound")]
    [InlineData("""
        >> {"jsonrpc":"2.0"
        << {"jsonrpc":"2.0","id":null,"result":{}}
        """, "must be parseError")]
    [InlineData(Cancel, "<transfer> is not bound")]
    public void A_conversation_that_does_not_fit_the_contract_is_refused(string lines, string reason)
    {
        var conversation = ConversationParser.Parse("spec/vectors/blobs.has/case.io", Head + lines.ReplaceLineEndings("\n"));

        var e = Assert.Throws<ContractException>(() => ConversationChecker.Check(conversation, ContractReader.Read(ContractFiles.Load())));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_without_a_conversation_is_refused()
    {
        var all = ConversationParser.LoadAll(ContractFiles.Repository).Where(conversation => conversation.Subject != "blobs.put").ToList();

        Assert.Contains("blobs.put", Assert.Throws<ContractException>(() =>
            ConversationChecker.CheckAll(all, ContractReader.Read(ContractFiles.Load()))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":1,"result":1}""", """{"result":1,"id":1}""", true)]
    [InlineData("""{"id":1,"result":1}""", """{"id":1,"result":1.0}""", false)]
    [InlineData("""{"id":1,"result":1}""", """{"id":1,"result":2}""", false)]
    [InlineData("""{"id":1,"result":1}""", """{"id":1,"result":1,"more":1}""", false)]
    [InlineData("""{"id":1,"result":1}""", """{"id":1}""", false)]
    [InlineData("""{"id":1}""", """{"id":"1"}""", false)]
    [InlineData("""{"id":1e2}""", """{"id":100}""", false)]
    [InlineData("""{"id":1,"...":"<any>"}""", """{"id":1,"more":1}""", true)]
    [InlineData("""{"id":1,"a":["x",{}]}""", """{"id":1,"a":["x",{}]}""", true)]
    [InlineData("""{"id":1,"a":["x"]}""", """{"id":1,"a":["x","y"]}""", false)]
    [InlineData("""{"id":1,"a":"<integer>"}""", """{"id":1,"a":-5}""", true)]
    [InlineData("""{"id":1,"a":"<integer>"}""", """{"id":1,"a":"5"}""", false)]
    [InlineData("""{"id":1,"a":"<list>"}""", """{"id":1,"a":[1]}""", true)]
    [InlineData("""{"id":1,"a":"<list>"}""", """{"id":1,"a":{}}""", false)]
    [InlineData("""{"id":1,"a":"<time>"}""", """{"id":1,"a":"2026-11-21T09:00:00.5Z"}""", true)]
    [InlineData("""{"id":1,"a":"<time>"}""", """{"id":1,"a":"2026-11-21T09:00:00+00:00"}""", false)]
    [InlineData("""{"id":1,"a":"<text>"}""", """{"id":1,"a":"a\nb"}""", true)]
    [InlineData("""{"id":1,"a":"<text>"}""", """{"id":1,"a":""}""", false)]
    [InlineData("""{"id":1,"a":"<hex4>"}""", """{"id":1,"a":"09af"}""", true)]
    [InlineData("""{"id":1,"a":"<hex4>"}""", """{"id":1,"a":"09AF"}""", false)]
    [InlineData("""{"id":1,"a":"/t/<token>"}""", """{"id":1,"a":"/t/a-_9"}""", true)]
    [InlineData("""{"id":1,"a":"/t/<token>"}""", """{"id":1,"a":"/t/a/b"}""", false)]
    [InlineData("""{"id":1,"a":"<x|y>"}""", """{"id":1,"a":"y"}""", true)]
    [InlineData("""{"id":1,"a":"<x|y>"}""", """{"id":1,"a":"z"}""", false)]
    [InlineData("""{"id":1,"a":"<n=hex2>","b":"<n>"}""", """{"id":1,"a":"aa","b":"aa"}""", true)]
    [InlineData("""{"id":1,"a":"<n=hex2>","b":"<n>"}""", """{"id":1,"a":"aa","b":"bb"}""", false)]
    [InlineData("""[{"id":1},{"id":2}]""", """[{"id":2},{"id":1}]""", true)]
    [InlineData("""[{"id":1},{"id":2}]""", """[{"id":1}]""", false)]
    [InlineData("""[{"id":null,"a":1}]""", """{"id":null,"a":1}""", false)]
    public void An_answer_matches_or_not(string expected, string actual, bool matches) =>
        Assert.Equal(matches, new AnswerMatcher().Match([new ConversationLine(expected, default)], [actual]) is null);

    [Fact]
    public void Answers_match_in_any_order_and_what_they_bind_is_filled_in_later()
    {
        var matcher = new AnswerMatcher();
        var expected = new[] { """{"id":1,"a":"<first=hex2>"}""", """{"id":"1","a":"x"}""" }.Select(text => new ConversationLine(text, default)).ToList();

        Assert.Null(matcher.Match(expected, ["""{"id":"1","a":"x"}""", """{"id":1,"a":"ff"}"""]));
        Assert.Equal("""{"id":"ff"}""", matcher.Fill(new ConversationLine("""{"id":"<first>"}""", default)));
        Assert.NotNull(matcher.Match(expected, ["""{"id":1,"a":"ff"}"""]));
        Assert.NotNull(matcher.Match([], ["""{"id":1}"""]));
    }

    /// <summary>What conversations say of invalid parameters is true of the generated code before there is any server.</summary>
    [Fact]
    public async Task Generated_code_refuses_what_conversations_say_is_invalid()
    {
        var methods = BlobsMethods.Create(new EchoingBlobs());
        var played = 0;
        foreach (var exchange in ConversationParser.LoadAll(ContractFiles.Repository).SelectMany(conversation => conversation.Exchanges))
        {
            var isRefused = exchange.Answers.Length == 1 && exchange.Answers[0].Text.Contains("-32602", StringComparison.Ordinal);
            if (!isRefused || JsonNode.Parse(exchange.Requests[0].Text) is not JsonObject request || !((string)request["method"]!).StartsWith("blobs.", StringComparison.Ordinal)
                || exchange.Requests[0].Text.Contains("not a cursor", StringComparison.Ordinal))
            {
                continue;
            }

            var e = await Assert.ThrowsAsync<RpcException>(() =>
                RecordingContext.CallAsync(methods, (string)request["method"]!, request["params"]?.ToJsonString() ?? ""));
            var answer = new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = request["id"]!.DeepClone(),
                ["error"] = new JsonObject { ["code"] = e.Error.Code, ["message"] = e.Error.Message, ["data"] = e.Error.Data!.DeepClone() },
            };
            Assert.Null(new AnswerMatcher().Match(exchange.Answers, [answer.ToJsonString()]));
            played++;
        }

        Assert.True(played > 50, $"only {played} exchanges were found");
    }
}
