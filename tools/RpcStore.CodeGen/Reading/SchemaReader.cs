using System.Collections.Immutable;
using System.Text.Json.Nodes;
using RpcStore.CodeGen.Checking;
using RpcStore.CodeGen.Model;
using RpcStore.CodeGen.Patterns;
using RpcStore.CodeGen.Sources;

namespace RpcStore.CodeGen.Reading;

/// <summary>
/// Turns JSON Schema into <see cref="ContractType"/>. It knows the subset that README.md beside the project states; every
/// other keyword is refused, because a constraint that is written and not enforced is worse than none.
/// </summary>
internal sealed class SchemaReader(IReadOnlyDictionary<string, SourceNode> components)
{
    private const string ComponentPrefix = "#/components/schemas/";
    private const int MaxFields = 64;

    private readonly Dictionary<string, ContractType> known = [];
    private readonly List<string> underway = [];

    /// <summary>A schema of the components by its name.</summary>
    public ContractType ReadComponent(string name, Place askedAt)
    {
        if (known.TryGetValue(name, out var type))
        {
            return type;
        }

        if (!components.TryGetValue(name, out var schema))
        {
            throw new ContractException(askedAt, $"there is no schema \"{name}\"");
        }

        if (underway.Contains(name))
        {
            throw new ContractException(askedAt, $"\"{name}\" contains itself, which is not supported");
        }

        underway.Add(name);
        type = Read(schema, name);
        underway.Remove(name);
        known.Add(name, type);
        return type;
    }

    /// <summary>A parameter, result or member of an object.</summary>
    /// <param name="name">Its name on the wire.</param>
    /// <param name="required">Whether it must be there.</param>
    /// <param name="schema">What it can be.</param>
    /// <param name="owner">The type or method it belongs to; an enum without a name of its own is named after both.</param>
    /// <param name="description">What it means; null takes the schema's description.</param>
    public Field ReadField(string name, bool required, SourceNode schema, string owner, string? description)
    {
        var type = Read(schema, Identifiers.Pascal(owner) + Identifiers.Pascal(name));
        var described = Resolve(schema);
        var fallback = described.Find("default");
        if (fallback is not null)
        {
            if (required)
            {
                throw fallback.Refuse($"\"{name}\" is required, so it cannot have a default");
            }

            if (type is not (IntegerType or BooleanType or EnumType))
            {
                throw fallback.Refuse("a default is supported for integers, booleans and enums");
            }

            ValueChecker.Check(fallback.Value, type).ThrowAt(fallback.Place);
        }

        description ??= described.Find("description")?.Text() ?? throw schema.Refuse($"\"{name}\" has no description");
        return new Field(name, description, required, type, fallback?.Value);
    }

    /// <summary>A schema wherever it stands.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="name">The name for the type, if it needs one.</param>
    public ContractType Read(SourceNode schema, string name)
    {
        if (schema.Find("$ref") is { } reference)
        {
            schema.AllowOnly("$ref");
            return ReadComponent(ComponentName(reference), reference.Place);
        }

        var type = schema.Get("type");
        if (type.Value is JsonArray)
        {
            return ReadProgressToken(schema, type);
        }

        return type.Text() switch
        {
            "string" => ReadString(schema, name),
            "integer" => ReadInteger(schema),
            "boolean" => ReadBoolean(schema),
            "array" => ReadArray(schema, name),
            "object" => ReadObject(schema, name),
            var other => throw type.Refuse($"the type \"{other}\" is not supported"),
        };
    }

    private static ContractType ReadProgressToken(SourceNode schema, SourceNode type)
    {
        schema.AllowOnly("type", "description");
        return type.Items().Select(item => item.Text()).SequenceEqual(["string", "integer"])
            ? new ProgressTokenType(new RawJsonType())
            : throw type.Refuse("of the lists of types only [\"string\", \"integer\"], a progress token, is supported");
    }

    private static ContractType ReadString(SourceNode schema, string name)
    {
        if (schema.Find("enum") is { } values)
        {
            schema.AllowOnly("type", "enum", "description", "default");
            var texts = values.Items().Select(item => item.Text()).ToImmutableArray();
            if (texts.Length == 0 || texts.Select(Identifiers.Pascal).Distinct().Count() != texts.Length)
            {
                throw values.Refuse("an enum needs values that stay different when they are written in PascalCase");
            }

            return new EnumType(name, schema.Find("description")?.Text() ?? throw schema.Refuse("an enum needs a description"), texts);
        }

        switch (schema.Find("format"))
        {
            case null:
                schema.AllowOnly("type", "minLength", "maxLength", "pattern", "description");
                return new StringType(name, ReadCount(schema, "minLength") ?? 0, ReadCount(schema, "maxLength"), ReadPattern(schema));
            case { } format when format.Text() == "blob-id":
                // The pattern is there for readers and for other tools; BlobId itself is the check.
                schema.AllowOnly("type", "format", "pattern", "description");
                return new BlobIdType();
            case { } format when format.Text() is "date-time" or "byte":
                schema.AllowOnly("type", "format", "description");
                return format.Text() == "byte" ? new BytesType() : new TimeType();
            case { } format:
                throw format.Refuse($"the format \"{format.Text()}\" is not supported");
        }
    }

    private static Pattern? ReadPattern(SourceNode schema)
    {
        var pattern = schema.Find("pattern");
        try
        {
            return pattern is null ? null : PatternParser.Parse(pattern.Text());
        }
        catch (FormatException e)
        {
            throw pattern!.Refuse($"the pattern is not supported: {e.Message}");
        }
    }

    private static IntegerType ReadInteger(SourceNode schema)
    {
        schema.AllowOnly("type", "minimum", "maximum", "default", "description");
        var type = new IntegerType(schema.Find("minimum")?.Integer(), schema.Find("maximum")?.Integer());
        return type.Minimum <= type.Maximum || type.Minimum is null || type.Maximum is null
            ? type
            : throw schema.Refuse("the minimum is above the maximum");
    }

    private static BooleanType ReadBoolean(SourceNode schema)
    {
        schema.AllowOnly("type", "default", "description");
        return new BooleanType();
    }

    private ArrayType ReadArray(SourceNode schema, string name)
    {
        schema.AllowOnly("type", "items", "minItems", "maxItems", "description");
        var item = Read(schema.Get("items"), name + "Item");
        return item is ArrayType
            ? throw schema.Refuse("arrays of arrays are not supported")
            : new ArrayType(item, ReadCount(schema, "minItems") ?? 0, ReadCount(schema, "maxItems"));
    }

    private ContractType ReadObject(SourceNode schema, string name)
    {
        if (schema.Find("x-raw-json")?.Flag() == true)
        {
            schema.AllowOnly("type", "x-raw-json", "description");
            return new RawJsonType();
        }

        schema.AllowOnly("type", "description", "required", "additionalProperties", "properties");
        if (schema.Find("additionalProperties")?.Value?.GetValueKind() != System.Text.Json.JsonValueKind.False)
        {
            throw schema.Refuse("an object needs \"additionalProperties\": false, or \"x-raw-json\": true");
        }

        var required = schema.Get("required").Items().ToDictionary(item => item.Text());
        var fields = schema.Get("properties").Members()
            .Select(member => ReadField(member.Name, required.Remove(member.Name), member.Node, name, null))
            .ToImmutableArray();
        if (required.Count > 0)
        {
            throw required.Values.First().Refuse("is required and not among the properties");
        }

        return fields.Length <= MaxFields
            ? new ObjectType(name, schema.Get("description").Text(), fields)
            : throw schema.Refuse($"an object has at most {MaxFields} properties");
    }

    /// <summary>The schema that a reference leads to, through as many references as there are.</summary>
    private SourceNode Resolve(SourceNode schema)
    {
        while (schema.Find("$ref") is { } reference)
        {
            schema = components[ComponentName(reference)];
        }

        return schema;
    }

    private static string ComponentName(SourceNode reference) =>
        reference.Text().StartsWith(ComponentPrefix, StringComparison.Ordinal)
            ? reference.Text()[ComponentPrefix.Length..]
            : throw reference.Refuse($"a reference starts with {ComponentPrefix}");

    private static int? ReadCount(SourceNode schema, string keyword) =>
        schema.Find(keyword) is { } node
            ? node.Integer() is >= 0 and <= int.MaxValue and var count ? (int)count : throw node.Refuse("must be from 0 to 2,147,483,647")
            : null;
}
