using System.Text.Json.Nodes;
using RpcStore.ContractTest.Document;

namespace RpcStore.ContractTest.Validation;

/// <summary>
/// Composes the schema of a record: what each answer must be, as JSON-RPC response, by the result of its method or by the error
/// that it is. JSON Schema draft 7.
/// </summary>
/// <param name="document">Has the schemas of results and errors.</param>
internal sealed class RecordSchema(ContractDocument document)
{
    private readonly JsonObject definitions = [];
    private readonly Dictionary<object, string> names = [];
    private readonly object anyResult = new();

    /// <summary>The definition that a result of a method has to fit.</summary>
    /// <param name="method">The method; null for any result.</param>
    public string ResultOf(DocumentMethod? method) =>
        Define(method ?? anyResult, () => Response("result", method?.Result is { } schema ? StrictSchema.Of(schema) : true));

    /// <summary>The definition that an error has to fit.</summary>
    public string ErrorOf(DocumentError error) => Define(error.Name, () => Response("error", ErrorObject(error)));

    /// <summary>The schema of a record.</summary>
    /// <param name="answers">The definition of each answer, in their order.</param>
    public JsonObject Compose(IReadOnlyList<string> answers) => new()
    {
        ["$schema"] = "http://json-schema.org/draft-07/schema#",
        ["type"] = "object",
        ["required"] = new JsonArray("answers"),
        ["properties"] = new JsonObject
        {
            ["answers"] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonArray([.. answers.Select(name => (JsonNode)Reference(name))]),
                ["minItems"] = answers.Count,
                ["additionalItems"] = false,
            },
        },
        ["definitions"] = definitions.DeepClone(),

        // References in the document's schemas lead to where its components stand.
        ["components"] = new JsonObject { ["schemas"] = Components() },
    };

    private static JsonObject Reference(string name) => new() { ["$ref"] = "#/definitions/" + name };

    private static JsonObject Response(string member, JsonNode schema) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("jsonrpc", "id", member),
        ["properties"] = new JsonObject
        {
            ["jsonrpc"] = new JsonObject { ["const"] = "2.0" },
            ["id"] = new JsonObject { ["type"] = "integer" },
            [member] = schema,
        },
        ["additionalProperties"] = false,
    };

    private JsonObject ErrorObject(DocumentError error)
    {
        var shape = new JsonObject
        {
            ["type"] = "object",
            ["required"] = error.Data is null ? new JsonArray("code", "message") : new JsonArray("code", "message", "data"),
            ["properties"] = new JsonObject
            {
                ["code"] = new JsonObject { ["const"] = error.Code },
                ["message"] = new JsonObject { ["type"] = "string", ["minLength"] = 1 },
                ["data"] = error.Data is null ? true : Data(error.Data, error.Fields),
            },
            ["additionalProperties"] = false,
        };
        return shape;
    }

    /// <summary>Data: what the error declares with these values, and what <c>x-errors</c> names, as <c>x-error-data</c> has it.</summary>
    private JsonObject Data(JsonObject declared, IReadOnlyList<string>? fields)
    {
        var members = new JsonObject();
        foreach (var field in fields ?? [])
        {
            members[field] = document.Root["x-error-data"]?[field] is { } schema ? StrictSchema.Of(schema) : true;
        }

        foreach (var (name, value) in declared)
        {
            members[name] = new JsonObject { ["const"] = value?.DeepClone() };
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray([.. declared.Select(member => (JsonNode)member.Key)]),
            ["properties"] = members,
            ["additionalProperties"] = fields is null,
        };
    }

    private JsonObject Components()
    {
        var schemas = document.Root["components"]?["schemas"] as JsonObject ?? [];
        return new JsonObject(schemas.Select(schema => KeyValuePair.Create(schema.Key, schema.Value is null ? null : StrictSchema.Of(schema.Value))));
    }

    private string Define(object key, Func<JsonObject> make)
    {
        if (!names.TryGetValue(key, out var name))
        {
            names[key] = name = "answer" + names.Count;
            definitions[name] = make();
        }

        return name;
    }
}
