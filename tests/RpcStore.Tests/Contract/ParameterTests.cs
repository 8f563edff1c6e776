using System.Text;
using System.Text.Json.Nodes;
using RpcStore.JsonRpc;
using RpcStore.Tests.Contract.Sample;
using Xunit;

namespace RpcStore.Tests.Contract;

/// <summary>What generated code makes of parameters: what it takes, what it refuses, and where it says the fault is.</summary>
public sealed class ParameterTests
{
    private const string Id = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static readonly IReadOnlyList<RpcMethod> Methods = SampleMethods.Create(new SampleService());

    [Fact]
    public async Task All_parameters_by_name_arrive()
    {
        var echo = await EchoAsync($$"""
            "any":-9223372036854775808,"flag":false,"color":"dark-red","words":["a","bc"],
            "order":{"lines":[{"amount":1},{"note":"x","amount":9223372036854775807}],"size":"xl"},"later":"2026-11-21T10:30:00.25+01:30","ids":["{{Id}}"],"extra":"AA=="
            """);

        Assert.Equal(
            $$"""{"text":"ab","code":"ab12x","when":"2026-11-21T09:00:00Z","data":"aGVsbG8=","count":-5,"id":"{{Id}}","any":-9223372036854775808,"words":["a","bc"],"order":{"size":"xl","lines":[{"amount":1},{"note":"x","amount":9223372036854775807}]},"later":"2026-11-21T09:00:00.25Z","ids":["{{Id}}"],"extra":"AA==","flag":false,"color":"dark-red"}""",
            echo, (a, b) => JsonNode.DeepEquals(JsonNode.Parse(a!), JsonNode.Parse(b!)));
    }

    [Fact]
    public async Task All_parameters_by_position_arrive() =>
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(await EchoAsync("""
                "any":7,"flag":false
                """)),
            JsonNode.Parse((await RecordingContext.CallAsync(Methods, "sample.echo", $"""
                ["ab","ab12x","2026-11-21T09:00:00Z","aGVsbG8=",-5,"{Id}",7,false]
                """)).Answer!)));

    [Theory]
    [InlineData("")]
    [InlineData("""
        "any":null,"flag":null,"color":null,"words":null,"order":null,"later":null,"progress":null
        """)]
    [InlineData("""
        "any":1,"any":null,"flag":false,"flag":null
        """)]
    public async Task What_is_left_out_or_null_gets_its_default(string optional)
    {
        var echo = JsonNode.Parse(await EchoAsync(optional))!.AsObject();

        Assert.True((bool)echo["flag"]!);
        Assert.Equal("GREEN", (string?)echo["color"]);
        Assert.DoesNotContain("any", echo);
        Assert.DoesNotContain("words", echo);
        Assert.DoesNotContain("order", echo);
        Assert.DoesNotContain("later", echo);
        Assert.DoesNotContain("ids", echo);
        Assert.DoesNotContain("extra", echo);
    }

    [Fact]
    public async Task Of_a_parameter_that_is_there_twice_the_last_counts() =>
        Assert.Equal(2, (long)JsonNode.Parse(await EchoAsync("""
            "any":1,"any":2
            """))!["any"]!);

    [Theory]
    [InlineData("\\u0061b", "ab")]
    [InlineData("é\\uD83D\\uDE00", "é😀")]
    [InlineData("😀😀😀😀😀", "😀😀😀😀😀")]
    public async Task Text_is_unescaped_and_counted_in_code_points(string json, string text) =>
        Assert.Equal(text, (string?)JsonNode.Parse(await EchoAsync($"\"text\":\"{json}\""))!["text"]);

    [Fact]
    public async Task Names_ids_enums_and_bytes_may_be_written_with_escapes()
    {
        var echo = JsonNode.Parse(await EchoAsync($$"""
            "c\u006flor":"dark\u002dred","id":"{{string.Concat(Id.Select(c => $"\\u{(int)c:x4}"))}}","data":"\/\/\/\/"
            """))!;

        Assert.Equal("dark-red", (string?)echo["color"]);
        Assert.Equal(Id, (string?)echo["id"]);
        Assert.Equal("////", (string?)echo["data"]);
    }

    [Theory]
    // Text.
    [InlineData("\"text\":\"a\"", "/text", "must have at least 2 characters")]
    [InlineData("\"text\":\"😀\"", "/text", "must have at least 2 characters")]
    [InlineData("\"text\":\"abcdef\"", "/text", "must have at most 5 characters")]
    [InlineData("\"text\":1", "/text", "must be a string")]
    [InlineData("\"text\":null", "/text", "must be a string")]
    [InlineData("\"text\":\"a\\ud800b\"", "/text", "must be text")]
    [InlineData("\"code\":\"ab1\"", "/code", "must match ^(ab)?[0-9]{2,4}x*$")]
    // Times.
    [InlineData("\"when\":\"2026-11-21\"", "/when", "must be an RFC 3339 time")]
    [InlineData("\"when\":\"2026-11-21T09:00:00\"", "/when", "must be an RFC 3339 time")]
    [InlineData("\"when\":\"2026-13-21T09:00:00Z\"", "/when", "must be an RFC 3339 time")]
    [InlineData("\"when\":1", "/when", "must be an RFC 3339 time")]
    // Bytes.
    [InlineData("\"data\":\"aGVsbG8\"", "/data", "must be base64")]
    [InlineData("\"data\":\"aGVs bG8=\"", "/data", "must be base64")]
    [InlineData("\"data\":\"aGVs\\nbG8=\"", "/data", "must be base64")]
    [InlineData("\"data\":\"_-8=\"", "/data", "must be base64")]
    [InlineData("\"data\":{}", "/data", "must be base64")]
    // Integers.
    [InlineData("\"count\":-6", "/count", "must be at least -5")]
    [InlineData("\"count\":6", "/count", "must be at most 5")]
    [InlineData("\"count\":1.5", "/count", "must be an integer")]
    [InlineData("\"count\":\"1\"", "/count", "must be an integer")]
    [InlineData("\"any\":9223372036854775808", "/any", "must be an integer of at most 64 bits")]
    [InlineData("\"any\":1e999", "/any", "must be an integer")]
    // Ids.
    [InlineData("\"id\":\"E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855\"", "/id", "upper-case")]
    [InlineData("\"id\":\"../../etc/passwd\"", "/id", "blob id")]
    [InlineData("\"id\":\"00\"", "/id", "blob id")]
    [InlineData("\"id\":\"\\ud800\"", "/id", "")]
    [InlineData("\"id\":[]", "/id", "blob id")]
    // Booleans and enums.
    [InlineData("\"flag\":\"true\"", "/flag", "must be true or false")]
    [InlineData("\"flag\":1", "/flag", "must be true or false")]
    [InlineData("\"color\":\"green\"", "/color", "must be one of \"dark-red\", \"GREEN\"")]
    [InlineData("\"color\":0", "/color", "must be one of")]
    [InlineData("\"color\":\"\\udc00\"", "/color", "must be one of")]
    // Lists.
    [InlineData("\"words\":[]", "/words", "must have at least 1 items")]
    [InlineData("\"words\":[\"a\",\"b\",\"c\",\"d\"]", "/words", "must have at most 3 items")]
    [InlineData("\"words\":[\"a\",\"long\"]", "/words/1", "must have at most 3 characters")]
    [InlineData("\"words\":[[]]", "/words/0", "must be a string")]
    [InlineData("\"words\":\"a\"", "/words", "must be an array")]
    [InlineData("\"ids\":[\"00\"]", "/ids/0", "blob id")]
    [InlineData("\"ids\":[1]", "/ids/0", "blob id")]
    [InlineData("\"extra\":\"A\"", "/extra", "must be base64")]
    // Objects inside.
    [InlineData("\"order\":[]", "/order", "must be an object")]
    [InlineData("\"order\":{}", "/order/lines", "is required")]
    [InlineData("\"order\":{\"lines\":[{\"amount\":1},{\"note\":\"x\"}]}", "/order/lines/1/amount", "is required")]
    [InlineData("\"order\":{\"lines\":[{\"amount\":1},{\"amount\":0}]}", "/order/lines/1/amount", "must be at least 1")]
    [InlineData("\"order\":{\"lines\":[{\"a/b~c\":1}]}", "/order/lines/0/a~1b~0c", "is no parameter")]
    [InlineData("\"order\":{\"lines\":[],\"size\":\"m\"}", "/order/size", "must be one of \"s\", \"xl\"")]
    // Tokens.
    [InlineData("\"progress\":1.5", "/progress", "must be a string or an integer")]
    [InlineData("\"progress\":true", "/progress", "must be a string or an integer")]
    [InlineData("\"progress\":\"\\ud800\"", "/progress", "must be text")]
    // Names.
    [InlineData("\"Text\":\"ab\"", "/Text", "is no parameter that the contract has")]
    [InlineData("\"\":1", "/", "is no parameter")]
    [InlineData("\"\\ud800\":{\"deep\":[[[]]]}", "/\uFFFD", "is no parameter")]
    public async Task A_violation_is_refused_with_its_pointer(string member, string pointer, string reason)
    {
        var refusal = await RecordingContext.RefusalAsync(Methods, "sample.echo", Parameters(member));

        Assert.Equal(pointer, refusal.Pointer);
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "/text")]
    [InlineData("{}", "/text")]
    [InlineData("[]", "/text")]
    [InlineData("""["ab"]""", "/code")]
    [InlineData("""{"code":"12","text":"ab","when":"2026-11-21T09:00:00Z","data":"","count":0}""", "/id")]
    [InlineData("""["ab","12","2026-11-21T09:00:00Z","",0]""", "/id")]
    public async Task The_first_required_parameter_that_is_missing_is_named(string parameters, string pointer) =>
        Assert.Equal((pointer, "is required"), await RecordingContext.RefusalAsync(Methods, "sample.echo", parameters));

    [Theory]
    [InlineData("""["ab","12",7]""", "/when")]
    [InlineData("""["ab","12","2026-11-21T09:00:00Z","",9]""", "/count")]
    [InlineData("""["ab","12","2026-11-21T09:00:00Z","",0,"x"]""", "/id")]
    [InlineData("""["ab","12","2026-11-21T09:00:00Z","",0,"ID",null,null,null,["a",1]]""", "/words/1")]
    [InlineData("""["ab","12","2026-11-21T09:00:00Z","",0,"ID",null,null,null,null,{"lines":[{"amount":"1"}]}]""", "/order/lines/0/amount")]
    [InlineData("""["ab","12","2026-11-21T09:00:00Z","",0,"ID",null,null,null,null,null,null,null,null,null,1]""", "")]
    [InlineData("7", "")]
    [InlineData("\"ab\"", "")]
    public async Task By_position_the_pointer_is_by_name_all_the_same(string parameters, string pointer) =>
        Assert.Equal(pointer, (await RecordingContext.RefusalAsync(Methods, "sample.echo", parameters.Replace("ID", Id, StringComparison.Ordinal))).Pointer);

    [Fact]
    public async Task White_space_and_order_of_the_members_do_not_move_a_pointer() =>
        Assert.Equal("/order/lines/1/amount", (await RecordingContext.RefusalAsync(Methods, "sample.echo", """
             { "order" :
               { "lines" : [ { "note" : "{[\"" , "amount" : 1 } , { "amount" : "1" } ] } , "text" : "ab" }
            """)).Pointer);

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_refused_and_not_passed_on()
    {
        byte[] parameters = [.. "{\"text\":\"a"u8, 0xff, 0xfe, .. "\"}"u8];

        var e = await Assert.ThrowsAsync<RpcException>(async () =>
            await Methods[0].Invoke(parameters, new RecordingContext()));

        Assert.Equal("/text", (string?)e.Error.Data!["pointer"]);
    }

    [Fact]
    public async Task A_name_that_a_caller_made_up_is_not_repeated_at_length()
    {
        var refusal = await RecordingContext.RefusalAsync(Methods, "sample.echo", $"{{\"{new string('x', 100_000)}\":1}}");

        Assert.InRange(refusal.Pointer.Length, 10, 200);
    }

    [Theory]
    [InlineData("\"seven\"", "seven")]
    [InlineData("7", "7")]
    public async Task Progress_goes_to_the_token_that_the_caller_gave(string json, string token)
    {
        var context = await RecordingContext.CallAsync(Methods, "sample.echo", Parameters($"\"progress\":{json}"));

        Assert.Equal([(token, """{"lines":[]}""")], context.Progress);
    }

    [Fact]
    public async Task Raw_JSON_is_answered_as_it_is() =>
        Assert.Equal("\"none\"", (await RecordingContext.CallAsync(Methods, "sample.match", "")).Answer);

    [Fact]
    public void A_document_is_read_like_parameters()
    {
        var order = RequestDocuments.ReadOrder("""{"size":"s","lines":[{"amount":3}]}"""u8);

        Assert.Equal(OrderSize.S, order.Size);
        Assert.Equal(3, Assert.Single(order.Lines).Amount);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("{\"lines\":[]", "")]
    [InlineData("{\"lines\":[{\"amount\":0}", "")]
    [InlineData("{\"lines\":[]}x", "")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    [InlineData("{\"lines\":[1]}", "/lines/0")]
    [InlineData("{\"lines\":null}", "/lines")]
    public void A_document_that_is_broken_or_wrong_is_refused(string json, string pointer)
    {
        var e = Assert.Throws<RpcException>(() => RequestDocuments.ReadOrder(Encoding.UTF8.GetBytes(json)));

        Assert.Equal(pointer, (string?)e.Error.Data!["pointer"]);
    }

    [Fact]
    public void Hostile_documents_end_in_a_result_or_an_invalidParams_error()
    {
        var random = new Random(20261121);
        var seed = Encoding.UTF8.GetBytes("""{"size":"s","lines":[{"amount":3,"note":"\u00e9"},{"amount":12}]}""");
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = seed.AsSpan().ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                RequestDocuments.ReadOrder(bytes.AsSpan(0, random.Next(2) == 0 ? bytes.Length : random.Next(bytes.Length)));
            }
            catch (RpcException e)
            {
                Assert.Equal(-32602, e.Error.Code);
            }
        }
    }

    private static async Task<string> EchoAsync(string members) =>
        (await RecordingContext.CallAsync(Methods, "sample.echo", Parameters(members))).Answer!;

    /// <summary>Right parameters with a member added or, as the last counts, replaced.</summary>
    private static string Parameters(string members) =>
        $$"""{"text":"ab","code":"ab12x","when":"2026-11-21T09:00:00Z","data":"aGVsbG8=","count":-5,"id":"{{Id}}"{{(members.Length > 0 ? "," + members : "")}}}""";
}
