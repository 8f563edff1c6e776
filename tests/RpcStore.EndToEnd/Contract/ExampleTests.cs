using System.Net;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Contract;

/// <summary>The examples of <c>openrpc.json</c>, tried against a fresh server.</summary>
public sealed class ExampleTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly JsonNode Document = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "openrpc.json")))!;

    public static TheoryData<string, int> Examples => [.. Document["methods"]!.AsArray().SelectMany(method =>
        method!["examples"]!.AsArray().Index()
            .Where(example => example.Item!["x-shown-only"] is null)
            .Select(example => (method["name"]!.GetValue<string>(), example.Index)))];

    [Fact]
    public void Only_examples_that_need_more_than_a_call_are_not_tried()
    {
        var shownOnly = Document["methods"]!.AsArray()
            .Where(method => method!["examples"]!.AsArray().Any(example => example!["x-shown-only"] is not null))
            .Select(method => method!["name"]!.GetValue<string>());
        Assert.Equal(["auth.login", "auth.resume", "auth.revoke", "journal.watch", "sites.unpublish", "sites.update"], shownOnly.Order());
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_does_what_it_says(string method, int place)
    {
        var example = Document["methods"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == method)!["examples"]![place]!;
        var parameters = new JsonObject(example["params"]!.AsArray().Select(parameter =>
            KeyValuePair.Create(parameter!["name"]!.GetValue<string>(), parameter["value"]?.DeepClone())));
        if (example["x-after"] is { } before)
        {
            // The example needs something that another call makes; what it is bound to stands for the example's value.
            var made = await CallAsync(before["method"]!.GetValue<string>(), before["params"]!.DeepClone());
            if (before["bind"]?.GetValue<string>() is { } name)
            {
                parameters[name] = made[name]!.DeepClone();
            }
        }

        var result = await CallAsync(method, parameters);
        var expected = example["result"]!["value"]!;
        if (example["x-result-varies"] is not null || example["x-result-is-prefix"] is not null)
        {
            // What varies has the same members all the same.
            Assert.Empty(expected.AsObject().Select(member => member.Key).Except(result.AsObject().Select(member => member.Key)));
        }
        else
        {
            Assert.True(JsonNode.DeepEquals(expected, result), $"expected {expected.ToJsonString()}\nreceived {result.ToJsonString()}");
        }
    }

    [Fact]
    public async Task Http2_with_prior_knowledge_is_told_by_its_preface()
    {
        using var client = fixture.CreateGuestHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openrpc.json")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.True(JsonNode.DeepEquals(Document, JsonNode.Parse(await response.Content.ReadAsStringAsync())));
    }

    private async Task<JsonNode> CallAsync(string method, JsonNode parameters)
    {
        using var client = fixture.CreateHttpClient();
        var call = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = parameters };
        using var response = await client.PostAsync("/rpc", new StringContent(call.ToJsonString()));
        var reply = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return reply["result"] ?? throw new InvalidOperationException(reply.ToJsonString());
    }
}
