using System.Text.Json.Nodes;
using RpcStore.JsonRpc;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;

namespace RpcStore.Tests.JsonRpc.Sessions;

/// <summary>
/// The examples of the JSON-RPC 2.0 specification, section 7. Errors are compared by code: messages may differ, and data may
/// be added.
/// </summary>
public sealed class SpecificationExamplesTests
{
    private static readonly RpcMethod[] Methods =
    [
        TestMethods.Subtract,
        TestMethods.Sync("sum", (parameters, call) =>
            call.Reply(JsonNode.Parse(parameters)!.AsArray().Sum(number => (int)number!), TestJson.Default.Int32)),
        TestMethods.Sync("update", (_, call) => call.ReplyRaw("null"u8)),
        TestMethods.Sync("notify_hello", (_, call) => call.ReplyRaw("null"u8)),
        TestMethods.Sync("notify_sum", (_, call) => call.ReplyRaw("null"u8)),
        TestMethods.Sync("get_data", (_, call) => call.ReplyRaw("""["hello", 5]"""u8)),
    ];

    public static TheoryData<string, string> Examples => new()
    {
        // rpc call with positional parameters
        {
            """{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}""",
            """{"jsonrpc": "2.0", "result": 19, "id": 1}"""
        },
        {
            """{"jsonrpc": "2.0", "method": "subtract", "params": [23, 42], "id": 2}""",
            """{"jsonrpc": "2.0", "result": -19, "id": 2}"""
        },

        // rpc call with named parameters
        {
            """{"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3}""",
            """{"jsonrpc": "2.0", "result": 19, "id": 3}"""
        },
        {
            """{"jsonrpc": "2.0", "method": "subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": 4}""",
            """{"jsonrpc": "2.0", "result": 19, "id": 4}"""
        },

        // a notification
        { """{"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}""", "" },
        { """{"jsonrpc": "2.0", "method": "foobar"}""", "" },

        // rpc call of non-existent method
        {
            """{"jsonrpc": "2.0", "method": "foobar", "id": "1"}""",
            """{"jsonrpc": "2.0", "error": {"code": -32601}, "id": "1"}"""
        },

        // rpc call with invalid JSON
        {
            """{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]""",
            """{"jsonrpc": "2.0", "error": {"code": -32700}, "id": null}"""
        },

        // rpc call with invalid Request object
        {
            """{"jsonrpc": "2.0", "method": 1, "params": "bar"}""",
            """{"jsonrpc": "2.0", "error": {"code": -32600}, "id": null}"""
        },

        // rpc call Batch, invalid JSON
        {
            """
            [
              {"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},
              {"jsonrpc": "2.0", "method"
            ]
            """,
            """{"jsonrpc": "2.0", "error": {"code": -32700}, "id": null}"""
        },

        // rpc call with an empty Array
        { "[]", """{"jsonrpc": "2.0", "error": {"code": -32600}, "id": null}""" },

        // rpc call with an invalid Batch (but not empty)
        { "[1]", """[{"jsonrpc": "2.0", "error": {"code": -32600}, "id": null}]""" },

        // rpc call with invalid Batch
        {
            "[1,2,3]",
            """
            [
              {"jsonrpc": "2.0", "error": {"code": -32600}, "id": null},
              {"jsonrpc": "2.0", "error": {"code": -32600}, "id": null},
              {"jsonrpc": "2.0", "error": {"code": -32600}, "id": null}
            ]
            """
        },

        // rpc call Batch
        {
            """
            [
              {"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},
              {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]},
              {"jsonrpc": "2.0", "method": "subtract", "params": [42,23], "id": "2"},
              {"foo": "boo"},
              {"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},
              {"jsonrpc": "2.0", "method": "get_data", "id": "9"}
            ]
            """,
            """
            [
              {"jsonrpc": "2.0", "result": 7, "id": "1"},
              {"jsonrpc": "2.0", "result": 19, "id": "2"},
              {"jsonrpc": "2.0", "error": {"code": -32600}, "id": null},
              {"jsonrpc": "2.0", "error": {"code": -32601}, "id": "5"},
              {"jsonrpc": "2.0", "result": ["hello", 5], "id": "9"}
            ]
            """
        },

        // rpc call Batch (all notifications)
        {
            """
            [
              {"jsonrpc": "2.0", "method": "notify_sum", "params": [1,2,4]},
              {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}
            ]
            """,
            ""
        },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task It_is_answered_as_the_specification_says(string request, string expected)
    {
        await using var session = new SessionUnderTest(Methods);
        var replies = await session.SendAllAsync(request);

        if (expected.Length == 0)
        {
            Assert.Empty(replies);
            return;
        }

        var actual = JsonNode.Parse(Assert.Single(replies))!;
        foreach (var reply in actual is JsonArray array ? array.ToArray() : [actual])
        {
            if (reply!["error"] is JsonObject error)
            {
                Assert.NotEmpty((string)error["message"]!);
                Assert.NotEmpty((string)error["data"]!["name"]!);
                error.Remove("message");
                error.Remove("data");
            }
        }

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
    }
}
