using System.Text.Json.Nodes;

namespace RpcStore.ContractTest.Cases;

/// <summary>The types of JSON Schema.</summary>
internal static class SchemaTypes
{
    // Null is left out: a parameter that may be left out may be null on the wire as well.
    private static readonly (string Name, string[] Fits, JsonNode Value)[] Kinds =
    [
        ("a boolean", ["boolean"], true),
        ("an integer", ["integer", "number"], 7),
        ("a fraction", ["number"], 1.5),
        ("a string", ["string"], "seven"),
        ("an array", ["array"], new JsonArray()),
        ("an object", ["object"], new JsonObject()),
    ];

    /// <summary>The types that a schema allows; none when it allows every type.</summary>
    public static string[] Of(JsonObject schema) => schema["type"] switch
    {
        JsonArray types => [.. types.Select(type => (string)type!)],
        JsonValue type => [(string)type!],
        _ => [],
    };

    /// <summary>A value of each kind that is none of these types.</summary>
    public static IEnumerable<(string Name, JsonNode Value)> Others(string[] types) => types.Length == 0
        ? []
        : Kinds.Where(kind => !kind.Fits.Intersect(types).Any()).Select(kind => (kind.Name, kind.Value.DeepClone()));
}
