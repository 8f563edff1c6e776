using System.Text.Json.Nodes;
using RpcStore.ContractTest.Document;

namespace RpcStore.ContractTest.Cases;

/// <summary>Makes a value that fits a schema, where no example has one. What has a pattern is not made: examples know such values.</summary>
internal sealed class SchemaSample(References references)
{
    /// <summary>Makes one.</summary>
    /// <returns>Null when none could be made.</returns>
    public JsonNode? Make(JsonNode? schema)
    {
        if (references.Resolve(schema) is not JsonObject rules)
        {
            return null;
        }

        return (rules["enum"] as JsonArray)?.FirstOrDefault()?.DeepClone()
            ?? rules["const"]?.DeepClone()
            ?? rules["default"]?.DeepClone()
            ?? (SchemaTypes.Of(rules).FirstOrDefault() switch
            {
                "boolean" => true,
                "integer" or "number" => rules["minimum"]?.DeepClone() ?? rules["maximum"]?.DeepClone() ?? 0,
                "string" => MakeText(rules),
                "array" => MakeList(rules),
                "object" => MakeObject(rules),
                _ => null,
            });
    }

    private static JsonNode? MakeText(JsonObject rules) => ((string?)rules["format"], rules["pattern"]) switch
    {
        ("date-time", _) => "2026-11-21T09:00:00Z",
        ("blob-id", _) => new string('0', 64),
        ("byte", _) => "",
        (_, null) => new string('a', (int?)rules["minLength"] ?? 1),
        _ => null,
    };

    private JsonArray? MakeList(JsonObject rules)
    {
        var items = Enumerable.Range(0, (int?)rules["minItems"] ?? 0).Select(_ => Make(rules["items"])).ToArray();
        return items.Contains(null) ? null : new JsonArray(items);
    }

    private JsonObject? MakeObject(JsonObject rules)
    {
        var made = new JsonObject();
        foreach (var name in (rules["required"] as JsonArray ?? []).Select(name => (string)name!))
        {
            if (Make(rules["properties"]?[name]) is not { } value)
            {
                return null;
            }

            made[name] = value;
        }

        return made;
    }
}
