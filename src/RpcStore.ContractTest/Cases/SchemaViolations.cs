using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using RpcStore.ContractTest.Document;

namespace RpcStore.ContractTest.Cases;

/// <summary>
/// Values that break a schema, one rule at a time. What fits everything else is taken from an example, or made.
/// </summary>
internal sealed class SchemaViolations
{
    /// <summary>The longest value that is sent to pass a limit, in bytes: below what servers take as a message.</summary>
    public const int LongestValue = 1 << 20;

    private const string NoSuchValue = "no such value";

    private readonly References references;
    private readonly SchemaSample samples;

    public SchemaViolations(ContractDocument document)
    {
        references = new References(document.Root);
        samples = new SchemaSample(references);
    }

    /// <summary>A name as a part of a JSON Pointer.</summary>
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The violations of a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="sample">A value that fits it; null to make one.</param>
    public IEnumerable<Violation> Find(JsonNode? schema, JsonNode? sample)
    {
        if (references.Resolve(schema) is not JsonObject rules)
        {
            return [];
        }

        sample ??= samples.Make(rules);
        var types = SchemaTypes.Of(rules);
        var found = SchemaTypes.Others(types).Select(other => new Violation("is " + other.Name, "", other.Value));
        if (rules["enum"] is JsonArray values)
        {
            return types.Contains("string") && values.All(value => value?.ToJsonString() != $"\"{NoSuchValue}\"")
                ? found.Append(new Violation("is none of the values", "", NoSuchValue))
                : found;
        }

        return found
            .Concat(types.Contains("integer") || types.Contains("number") ? OfNumber(rules) : [])
            .Concat(types.Contains("string") ? TextViolations.Of(rules) : [])
            .Concat(types.Contains("array") ? OfList(rules, sample as JsonArray) : [])
            .Concat(types.Contains("object") ? OfObject(rules, sample as JsonObject) : []);
    }

    private static IEnumerable<Violation> OfNumber(JsonObject rules)
    {
        if (ToNumber(rules["minimum"]) is { } minimum)
        {
            yield return new Violation("is below the minimum", "", minimum - 1);
        }

        if (ToNumber(rules["maximum"]) is { } maximum)
        {
            yield return new Violation("is above the maximum", "", maximum + 1);
        }
    }

    // Exact beyond 64 bits, where a limit may be.
    private static decimal? ToNumber(JsonNode? limit) =>
        decimal.TryParse(limit?.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private IEnumerable<Violation> OfList(JsonObject rules, JsonArray? sample)
    {
        var item = sample?.FirstOrDefault() ?? samples.Make(rules["items"]);
        if ((int?)rules["minItems"] is > 0 and var min)
        {
            yield return new Violation("has too few items", "", Repeat(item, min - 1));
        }

        if ((long?)rules["maxItems"] is { } max)
        {
            var size = (max + 1) * (Encoding.UTF8.GetByteCount(item?.ToJsonString() ?? "null") + 1);
            yield return size <= LongestValue
                ? new Violation("has too many items", "", Repeat(item, (int)max + 1))
                : new Violation("has too many items", "", null, $"it would take {size} bytes to pass {max} items");
        }

        foreach (var violation in Find(rules["items"], item))
        {
            yield return violation with { Pointer = "/0" + violation.Pointer, Value = new JsonArray(violation.Value?.DeepClone()) };
        }
    }

    private static JsonArray Repeat(JsonNode? item, int count) => new([.. Enumerable.Range(0, count).Select(_ => item?.DeepClone())]);

    private IEnumerable<Violation> OfObject(JsonObject rules, JsonObject? sample)
    {
        if (sample is null)
        {
            yield break;
        }

        foreach (var name in (rules["required"] as JsonArray ?? []).Select(name => (string)name!))
        {
            var without = (JsonObject)sample.DeepClone();
            without.Remove(name);
            yield return new Violation($"lacks {name}", "/" + Escape(name), without);
        }

        if (rules["additionalProperties"] is JsonValue additional && !(bool)additional)
        {
            yield return new Violation("has an unknown member", "/no such member", With(sample, "no such member", true));
        }

        foreach (var (name, schema) in rules["properties"] as JsonObject ?? [])
        {
            foreach (var violation in Find(schema, sample[name]))
            {
                yield return violation with { Pointer = $"/{Escape(name)}{violation.Pointer}", Value = With(sample, name, violation.Value) };
            }
        }
    }

    private static JsonObject With(JsonObject sample, string name, JsonNode? value)
    {
        var changed = (JsonObject)sample.DeepClone();
        changed[name] = value?.DeepClone();
        return changed;
    }
}
