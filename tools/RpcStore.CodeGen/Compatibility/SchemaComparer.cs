using System.Text.Json.Nodes;

namespace RpcStore.CodeGen.Compatibility;

/// <summary>
/// Compares schemas of the supported part of JSON Schema. What was taken has to be taken still; what is answered has to be what
/// could be answered before.
/// </summary>
/// <param name="before">The older document, for its references.</param>
/// <param name="now">The newer document.</param>
/// <param name="changes">Takes what was found.</param>
internal sealed class SchemaComparer(JsonObject before, JsonObject now, List<BreakingChange> changes)
{
    // Least first: a bound that rises takes values away below.
    private static readonly string[] LowerBounds = ["minimum", "minLength", "minItems"];
    private static readonly string[] UpperBounds = ["maximum", "maxLength", "maxItems"];

    // What cannot be compared but for being the same.
    private static readonly string[] Fixed = ["pattern", "format"];

    private readonly HashSet<(string, string, bool)> compared = [];

    /// <summary>Compares what clients send.</summary>
    public void CompareInput(string subject, JsonNode old, JsonNode next) => Compare(subject, old, next, isInput: true);

    /// <summary>Compares what clients get.</summary>
    public void CompareOutput(string subject, JsonNode old, JsonNode next) => Compare(subject, old, next, isInput: false);

    private void Compare(string subject, JsonNode oldNode, JsonNode nextNode, bool isInput)
    {
        // A type may hold itself, and one is used in many places: it is told once.
        if ((string?)oldNode["$ref"] is { } oldName && (string?)nextNode["$ref"] is { } nextName && !compared.Add((oldName, nextName, isInput)))
        {
            return;
        }

        var (old, next) = (Resolve(before, oldNode), Resolve(now, nextNode));
        var (oldTypes, nextTypes) = (TypesOf(old), TypesOf(next));
        if (isInput ? oldTypes.Except(nextTypes).Any() : nextTypes.Except(oldTypes).Any())
        {
            changes.Add(new BreakingChange(subject, $"it is of type {string.Join(" or ", nextTypes)}, and was {string.Join(" or ", oldTypes)}"));
            return;
        }

        CompareValues(subject, old, next, isInput);
        if (isInput && !JsonNode.DeepEquals(old["default"], next["default"]))
        {
            changes.Add(new BreakingChange(subject, $"left out it counts as {Show(next["default"])}, and was {Show(old["default"])}"));
        }

        CompareBounds(subject, old, next, isInput);
        if (old["items"] is { } oldItems && next["items"] is { } nextItems)
        {
            Compare(subject + "[]", oldItems, nextItems, isInput);
        }

        CompareMembers(subject, old, next, isInput);
    }

    private void CompareValues(string subject, JsonNode old, JsonNode next, bool isInput)
    {
        var (oldValues, nextValues) = (Strings(old["enum"]), Strings(next["enum"]));
        if (oldValues is null && nextValues is null)
        {
            return;
        }

        if (isInput && nextValues is not null)
        {
            foreach (var gone in (oldValues ?? []).Except(nextValues))
            {
                changes.Add(new BreakingChange(subject, $"'{gone}' is taken no more"));
            }
        }

        if ((oldValues is null) == isInput && (oldValues is null) != (nextValues is null))
        {
            changes.Add(new BreakingChange(subject, isInput ? "only certain values are taken now" : "any text may be answered now"));
        }
    }

    private void CompareBounds(string subject, JsonNode old, JsonNode next, bool isInput)
    {
        foreach (var (names, isLower) in new[] { (LowerBounds, true), (UpperBounds, false) })
        {
            foreach (var name in names)
            {
                var (was, becomes) = (Number(old[name]), Number(next[name]));
                if (was == becomes)
                {
                    continue;
                }

                // Tighter is bad for what is sent, looser for what is answered.
                var isTighter = becomes is not null && (was is null || (isLower ? becomes > was : becomes < was));
                if (isTighter == isInput)
                {
                    changes.Add(new BreakingChange(subject, $"{name} is {Show(next[name])}, and was {Show(old[name])}"));
                }
            }
        }

        foreach (var name in Fixed.Where(name => (string?)old[name] != (string?)next[name]))
        {
            var isAdded = old[name] is null;
            var isRemoved = next[name] is null;
            if ((isInput && !isRemoved) || (!isInput && !isAdded))
            {
                changes.Add(new BreakingChange(subject, $"{name} is {Show(next[name])}, and was {Show(old[name])}"));
            }
        }
    }

    private void CompareMembers(string subject, JsonNode old, JsonNode next, bool isInput)
    {
        if (old["properties"] is not JsonObject oldMembers || next["properties"] is not JsonObject nextMembers)
        {
            return;
        }

        var (oldRequired, nextRequired) = (Strings(old["required"]) ?? [], Strings(next["required"]) ?? []);
        foreach (var (name, member) in oldMembers)
        {
            var place = $"{subject}.{name}";
            if (nextMembers[name] is not { } same)
            {
                changes.Add(new BreakingChange(place, "the member is gone"));
                continue;
            }

            Compare(place, member!, same, isInput);
            if (!isInput && oldRequired.Contains(name) && !nextRequired.Contains(name))
            {
                changes.Add(new BreakingChange(place, "the member may be left out, and was always there"));
            }
        }

        foreach (var name in nextRequired.Where(name => isInput && !oldRequired.Contains(name)))
        {
            changes.Add(new BreakingChange($"{subject}.{name}", "the member must be given, and need not before"));
        }
    }

    private static JsonNode Resolve(JsonObject document, JsonNode schema)
    {
        const string Schemas = "#/components/schemas/";
        return (string?)schema["$ref"] is { } reference ? document["components"]!["schemas"]![reference[Schemas.Length..]]! : schema;
    }

    private static string[] TypesOf(JsonNode schema) => schema["type"] switch
    {
        null => ["any"],
        JsonArray several => [.. several.Select(type => (string)type!)],
        var one => [(string)one!],
    };

    private static string[]? Strings(JsonNode? list) => list is JsonArray array ? [.. array.Select(item => (string)item!)] : null;

    private static decimal? Number(JsonNode? value) => value is null ? null : (decimal)value;

    private static string Show(JsonNode? value) => value?.ToJsonString() ?? "not set";
}
