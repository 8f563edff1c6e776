using System.Text.Json.Nodes;

namespace RpcStore.ContractTest.Validation;

/// <summary>A schema of the contract, with what the contract means beyond what JSON Schema says.</summary>
internal static class StrictSchema
{
    // In the expressions of .NET, unlike those of JSON Schema, `$` also stands before a line feed at the end.
    private const string End = @"$(?![\s\S])";

    /// <summary>A copy in which integers have 64 bits and a pattern's end is the end.</summary>
    public static JsonNode Of(JsonNode schema)
    {
        var copy = schema.DeepClone();
        Tighten(copy);
        return copy;
    }

    private static void Tighten(JsonNode? node)
    {
        if (node is JsonArray several)
        {
            foreach (var one in several)
            {
                Tighten(one);
            }
        }

        if (node is not JsonObject schema)
        {
            return;
        }

        if (IsText(schema["type"], "integer"))
        {
            schema["minimum"] ??= long.MinValue;
            schema["maximum"] ??= long.MaxValue;
        }

        if (schema["pattern"] is JsonValue pattern && pattern.TryGetValue(out string? text)
            && text.EndsWith('$') && !text.EndsWith(@"\$", StringComparison.Ordinal))
        {
            schema["pattern"] = text[..^1] + End;
        }

        // Where schemas stand in a schema; what else is there, such as an enum's values, is no schema.
        foreach (var member in (string[])["items", "additionalProperties", "oneOf", "anyOf", "allOf", "not"])
        {
            Tighten(schema[member]);
        }

        foreach (var (_, property) in schema["properties"] as JsonObject ?? [])
        {
            Tighten(property);
        }
    }

    private static bool IsText(JsonNode? node, string text) => node is JsonValue value && value.TryGetValue(out string? actual) && actual == text;
}
