using System.Text.Json;
using System.Text.Json.Nodes;

namespace RpcStore.CodeGen.Sources;

/// <summary>A JSON value of the authored contract that knows where it stands. Whatever does not fit is refused with the place.</summary>
public sealed class SourceNode(JsonNode? value, Place place)
{
    /// <summary>The value; null is JSON's null.</summary>
    public JsonNode? Value { get; } = value;

    /// <summary>Where it stands.</summary>
    public Place Place { get; } = place;

    /// <summary>Parses a file. A member that is there twice is refused.</summary>
    /// <exception cref="ContractException">It is not JSON.</exception>
    public static SourceNode Parse(string file, string json)
    {
        var place = new Place(file, "");
        try
        {
            return new SourceNode(JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }), place);
        }
        catch (JsonException e)
        {
            throw new ContractException(place, $"is not JSON: {e.Message}");
        }
    }

    /// <summary>The exception that says what is wrong here.</summary>
    public ContractException Refuse(string reason) => new(Place, reason);

    /// <summary>A member of this object, or null when it is not there.</summary>
    public SourceNode? Find(string name) => Object().ContainsKey(name) ? new SourceNode(Object()[name], Place.Member(name)) : null;

    /// <summary>A member that must be there.</summary>
    public SourceNode Get(string name) => Find(name) ?? throw Refuse($"has no \"{name}\"");

    /// <summary>The items of this array.</summary>
    public IEnumerable<SourceNode> Items() =>
        Value is JsonArray array
            ? array.Select((item, index) => new SourceNode(item, Place.Item(index)))
            : throw Refuse("must be an array");

    /// <summary>The members of this object.</summary>
    public IEnumerable<(string Name, SourceNode Node)> Members() =>
        Object().Select(member => (member.Key, new SourceNode(member.Value, Place.Member(member.Key))));

    /// <summary>This string, which must not be empty.</summary>
    public string Text() =>
        Value is JsonValue v && v.TryGetValue(out string? text) && text.Length > 0 ? text : throw Refuse("must be a string that is not empty");

    /// <summary>This boolean.</summary>
    public bool Flag() => Value is JsonValue v && v.TryGetValue(out bool flag) ? flag : throw Refuse("must be true or false");

    /// <summary>This integer.</summary>
    public long Integer() =>
        Value is JsonValue v && v.TryGetValue(out JsonElement e) && e.ValueKind == JsonValueKind.Number && e.TryGetInt64(out var number)
            ? number
            : throw Refuse("must be an integer");

    /// <summary>Refuses members that are not among those named, so that a misspelt one never passes unnoticed.</summary>
    public void AllowOnly(params ReadOnlySpan<string> names)
    {
        foreach (var (name, node) in Members())
        {
            if (!names.Contains(name))
            {
                throw node.Refuse($"\"{name}\" is not supported here");
            }
        }
    }

    private JsonObject Object() => Value as JsonObject ?? throw Refuse("must be an object");
}
