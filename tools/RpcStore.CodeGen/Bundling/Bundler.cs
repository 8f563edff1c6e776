using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RpcStore.CodeGen.Model;
using RpcStore.CodeGen.Sources;

namespace RpcStore.CodeGen.Bundling;

/// <summary>
/// Makes the one OpenRPC 1.3 document out of the fragments. What OpenRPC has no place for goes into <c>x-</c> members where
/// its meta-schema allows them, and is left out where not.
/// </summary>
public static class Bundler
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Bundles a contract.</summary>
    /// <param name="source">As it is authored.</param>
    /// <param name="contract">The same, understood: it has no faults.</param>
    /// <returns>The text of <c>openrpc.json</c>: two spaces a level, LF, a final newline; the same input gives the same bytes.</returns>
    public static string Bundle(ContractSource source, Contract contract)
    {
        var methods = source.Fragments.SelectMany(fragment => fragment.Get("methods").Items()).Zip(contract.Methods, BundleMethod);
        var schemas = source.Fragments.SelectMany(fragment => fragment.Get("schemas").Members());
        var document = new JsonObject
        {
            ["openrpc"] = Copy(source.Root.Get("openrpc")),
            ["info"] = Copy(source.Root.Get("info")),
            ["servers"] = Copy(source.Root.Get("servers")),
            ["methods"] = new JsonArray([.. methods]),
            ["components"] = new JsonObject
            {
                ["schemas"] = Collect(schemas.Select(schema => (schema.Name, Copy(schema.Node)))),
                ["errors"] = Collect(contract.Errors.Select(error => (error.Name, BundleError(error)))),
            },
            ["x-routes"] = Copy(source.Root.Get("x-routes")),
            ["x-errors"] = Collect(contract.Errors.Select(error => (error.Name, BundleErrorFacts(error)))),
            ["x-error-data"] = Copy(source.Errors.Get("data")),
        };
        return document.ToJsonString(Layout) + "\n";
    }

    private static JsonNode BundleMethod(SourceNode node, Method method)
    {
        var authored = node.Value!.AsObject();
        var errors = method.Errors.Select(error => (JsonNode)new JsonObject { ["$ref"] = $"#/components/errors/{error.Name}" });
        var examples = node.Get("examples").Items().ToLookup(example => example.Find("x-error") is null);
        var bundled = new JsonObject
        {
            ["name"] = method.Name,
            ["summary"] = method.Summary,
            ["description"] = method.Description,
            ["tags"] = authored["tags"]?.DeepClone(),
            ["paramStructure"] = "either",
            ["params"] = new JsonArray([.. method.Parameters.Zip(node.Get("params").Items(), BundleParameter)]),
            ["result"] = BundleResult(node.Get("result"), method.Result),
            ["errors"] = new JsonArray([.. errors]),
            ["examples"] = new JsonArray([.. examples[true].Select(example => BundleExample(example, method))]),
            ["x-access"] = method.Access,
            ["x-journal"] = method.Journal,
        };
        if (examples[false].Any())
        {
            bundled["x-error-examples"] = new JsonArray([.. examples[false].Select(example => BundleErrorExample(example, method))]);
        }

        return bundled;
    }

    private static JsonNode BundleParameter(Field field, SourceNode node)
    {
        var descriptor = new JsonObject
        {
            ["name"] = field.Name,
            ["description"] = field.Description,
            ["required"] = field.Required,
            ["schema"] = Copy(node.Get("schema")),
        };
        if (node.Find("x-progress") is { } progress)
        {
            descriptor["x-progress"] = Copy(progress);
        }

        return descriptor;
    }

    private static JsonObject BundleResult(SourceNode node, Field field) => new()
    {
        ["name"] = field.Name,
        ["description"] = field.Description,
        ["required"] = true,
        ["schema"] = Copy(node.Get("schema")),
    };

    /// <summary>
    /// Members that tell how to play an example (<c>x-after</c>, <c>x-result-varies</c>) stay: the meta-schema allows them,
    /// and whoever plays the document against a server needs them.
    /// </summary>
    private static JsonNode BundleExample(SourceNode node, Method method)
    {
        var example = Copy(node)!.AsObject();
        // As OpenRPC asks: an example parameter for each parameter in their order, which the authored one need not keep.
        var given = example["params"]!.AsArray().ToDictionary(item => item!["name"]!.GetValue<string>(), item => item!.DeepClone());
        example["params"] = new JsonArray([.. method.Parameters.Where(p => given.ContainsKey(p.Name)).Select(p => given[p.Name])]);
        return example;
    }

    /// <summary>An example pairing of OpenRPC has a result, so that examples which end with an error stand by themselves.</summary>
    private static JsonNode BundleErrorExample(SourceNode node, Method method)
    {
        var example = BundleExample(node, method).AsObject();
        example.Remove("x-error");
        example["error"] = new JsonObject { ["$ref"] = $"#/components/errors/{node.Get("x-error").Text()}" };
        return example;
    }

    /// <summary>The meta-schema allows no <c>x-</c> members here; what else is known stands under <c>x-errors</c>.</summary>
    private static JsonNode? BundleError(ContractError error) => new JsonObject
    {
        ["code"] = error.Code,
        ["message"] = error.Message,
        ["data"] = new JsonObject { ["name"] = error.Name },
    };

    private static JsonNode? BundleErrorFacts(ContractError error) => new JsonObject
    {
        ["code"] = error.Code,
        ["httpStatus"] = error.HttpStatus,
        ["retry"] = error.Retry,
        ["when"] = error.When,
        ["data"] = new JsonArray([.. error.Data.Select(field => (JsonNode)field.Name)]),
    };

    private static JsonObject Collect(IEnumerable<(string Name, JsonNode? Value)> members)
    {
        var collected = new JsonObject();
        foreach (var (name, value) in members)
        {
            collected.Add(name, value);
        }

        return collected;
    }

    private static JsonNode? Copy(SourceNode node) => node.Value?.DeepClone();
}
