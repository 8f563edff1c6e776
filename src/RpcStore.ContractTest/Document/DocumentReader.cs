using System.Text.Json.Nodes;

namespace RpcStore.ContractTest.Document;

/// <summary>Reads a document once, following its references.</summary>
/// <param name="root">The document.</param>
internal sealed class DocumentReader(JsonObject root)
{
    private readonly References references = new(root);
    private readonly HashSet<string> checkedSchemas = [];

    /// <summary>Reads it.</summary>
    /// <exception cref="ContractDocumentException">Something that is needed is missing.</exception>
    public ContractDocument Read()
    {
        var errors = Object(root["components"]?["errors"]).Select(error => ReadError(error.Key, error.Value)).ToArray();
        if (root["methods"] is not JsonArray { Count: > 0 } methods)
        {
            throw new ContractDocumentException("it has no methods");
        }

        references.CheckSchema(root["x-error-data"], checkedSchemas);
        return ContractDocument.Create(root, [.. methods.Select(ReadMethod)], errors);
    }

    private static JsonObject Object(JsonNode? node) => node as JsonObject ?? [];

    private static JsonArray Array(JsonNode? node) => node as JsonArray ?? [];

    private DocumentMethod ReadMethod(JsonNode? node)
    {
        var method = Object(references.Resolve(node));
        var name = (string?)method["name"] ?? throw new ContractDocumentException("a method has no name");
        try
        {
            return new DocumentMethod(
                name,
                ReadAccess((string?)method["x-access"]),
                (string?)method["x-journal"],
                [.. Array(method["params"]).Select(ReadParameter)],
                ReadSchema(Object(references.Resolve(method["result"]))["schema"]),
                [.. Array(method["errors"]).Select(ReadDeclaredError)],
                [.. Array(method["examples"]).Select(ReadExample), .. Array(method["x-error-examples"]).Select(ReadExample)]);
        }
        catch (Exception e) when (e is ContractDocumentException or InvalidOperationException or FormatException)
        {
            throw new ContractDocumentException($"{name}: {e.Message}");
        }
    }

    private static CallerRole? ReadAccess(string? access) => access switch
    {
        null => null,
        "guest" => CallerRole.Guest,
        "user" => CallerRole.User,
        "admin" => CallerRole.Admin,
        _ => throw new ContractDocumentException($"the x-access '{access}' is none of guest, user and admin"),
    };

    private DocumentParameter ReadParameter(JsonNode? node)
    {
        var parameter = Object(references.Resolve(node));
        var name = (string?)parameter["name"] ?? throw new ContractDocumentException("a parameter has no name");
        return new DocumentParameter(name, (bool?)parameter["required"] ?? false, ReadSchema(parameter["schema"]));
    }

    private JsonNode? ReadSchema(JsonNode? schema)
    {
        references.CheckSchema(schema, checkedSchemas);
        return schema;
    }

    private DocumentError ReadDeclaredError(JsonNode? node)
    {
        var reference = (string?)(node as JsonObject)?["$ref"];
        var error = Object(references.Resolve(node));
        var name = (string?)(error["data"] as JsonObject)?["name"] ?? reference?[(reference.LastIndexOf('/') + 1)..] ?? (string?)error["message"] ?? "?";
        return ReadError(name, error);
    }

    private DocumentError ReadError(string name, JsonNode? node)
    {
        var error = Object(references.Resolve(node));
        var code = (long?)error["code"] ?? throw new ContractDocumentException($"the error '{name}' has no code");
        var facts = root["x-errors"]?[name]?["data"] as JsonArray;
        return new DocumentError(name, code, error["data"] as JsonObject, facts?.Select(field => (string)field!).ToArray());
    }

    private DocumentExample ReadExample(JsonNode? node)
    {
        var example = Object(references.Resolve(node));
        var name = (string?)example["name"] ?? "an example without a name";
        var parameters = new JsonObject();
        foreach (var parameter in Array(example["params"]).Select(one => Object(references.Resolve(one))))
        {
            parameters[(string?)parameter["name"] ?? "?"] = parameter["value"]?.DeepClone();
        }

        return new DocumentExample(
            name,
            parameters,
            Object(references.Resolve(example["result"]))["value"]?.DeepClone(),
            example["error"] is { } error ? ReadDeclaredError(error) : null,
            ReadCall(example["x-after"] as JsonObject),
            (bool?)example["x-result-is-prefix"] == true ? ResultMatch.Prefix
                : (bool?)example["x-result-varies"] == true ? ResultMatch.Varies
                : ResultMatch.Same,
            (string?)example["x-shown-only"]);
    }

    private static DocumentCall? ReadCall(JsonObject? call) => call is null
        ? null
        : new DocumentCall(
            (string?)call["method"] ?? throw new ContractDocumentException("an x-after names no method"),
            Object(call["params"]?.DeepClone()),
            (string?)call["bind"]);
}
