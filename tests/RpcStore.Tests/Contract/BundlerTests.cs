using System.Text.Json.Nodes;
using RpcStore.CodeGen.Bundling;
using RpcStore.CodeGen.Reading;
using Xunit;

namespace RpcStore.Tests.Contract;

/// <summary>What the one document has of the fragments.</summary>
public sealed class BundlerTests
{
    [Fact]
    public void An_example_that_ends_with_an_error_stands_apart_and_refers_to_the_error()
    {
        var methods = Bundle()["methods"]!.AsArray();
        var method = methods.Single(method => method!["x-error-examples"] is not null)!;
        var example = method["x-error-examples"]!.AsArray().Single()!;
        Assert.Equal("no coffee", (string)example["name"]!);
        Assert.Equal("""{"$ref":"#/components/errors/teapot"}""", example["error"]!.ToJsonString());
        Assert.Contains(method["errors"]!.AsArray(), error => JsonNode.DeepEquals(error, example["error"]));
        Assert.Null(example["x-error"]);
        Assert.Null(example["result"]);

        // Every tool of OpenRPC may take it that an example has a result.
        Assert.All(methods.SelectMany(one => one!["examples"]!.AsArray()), one => Assert.NotNull(one!["result"]));
    }

    [Fact]
    public void Its_parameters_are_in_the_order_of_the_method()
    {
        var method = Bundle()["methods"]!.AsArray().Single(method => method!["x-error-examples"] is not null)!;
        var order = method["params"]!.AsArray().Select(parameter => (string)parameter!["name"]!).ToArray();
        var given = method["x-error-examples"]![0]!["params"]!.AsArray().Select(parameter => (string)parameter!["name"]!).ToArray();
        Assert.Equal(order.Intersect(given), given);
    }

    private static JsonNode Bundle()
    {
        var source = ContractFiles.LoadSample();
        return JsonNode.Parse(Bundler.Bundle(source, ContractReader.Read(source)))!;
    }
}
