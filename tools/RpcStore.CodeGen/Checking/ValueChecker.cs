using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.Checking;

/// <summary>
/// Holds values against types of the contract: defaults, examples and conversations. It is written apart from the code that
/// the generator makes, so that tests can hold the two against each other.
/// </summary>
public static partial class ValueChecker
{
    /// <summary>Checks a value.</summary>
    public static ValueCheck Check(JsonNode? value, ContractType type) => type switch
    {
        StringType text => CheckText(value, text),
        EnumType choice => Text(value) is { } text && choice.Values.Contains(text) ? ValueCheck.Fits : Wrong($"must be one of {string.Join(", ", choice.Values)}"),
        BlobIdType => Text(value) is { } id && BlobIdPattern().IsMatch(id) ? ValueCheck.Fits : Wrong("must be a blob id"),
        TimeType => Text(value) is { } time && IsTime(time) ? ValueCheck.Fits : Wrong("must be an RFC 3339 time"),
        BytesType => Text(value) is { } bytes && IsBase64(bytes) ? ValueCheck.Fits : Wrong("must be base64"),
        IntegerType integer => CheckInteger(value, integer),
        BooleanType => Kind(value) is JsonValueKind.True or JsonValueKind.False ? ValueCheck.Fits : Wrong("must be true or false"),
        ProgressTokenType => Kind(value) == JsonValueKind.String || Integer(value) is not null ? ValueCheck.Fits : Wrong("must be a string or an integer"),
        RawJsonType => Kind(value) == JsonValueKind.Object ? ValueCheck.Fits : Wrong("must be an object"),
        ArrayType array => CheckArray(value, array),
        ObjectType shape => CheckFields(value, shape.Fields),
        _ => throw new NotSupportedException($"values of {type.GetType().Name} cannot be checked"),
    };

    /// <summary>Checks an object against its members: those of a type, or the parameters of a method by name.</summary>
    public static ValueCheck CheckFields(JsonNode? value, IReadOnlyList<Field> fields)
    {
        if (value is not JsonObject members)
        {
            return Wrong("must be an object");
        }

        foreach (var (name, member) in members)
        {
            if (fields.FirstOrDefault(field => field.Name == name) is not { } field)
            {
                return Wrong("is unknown").Under(name);
            }

            if (!(member is null && !field.Required) && Check(member, field.Type) is { Reason: not null } check)
            {
                return check.Under(name);
            }
        }

        return fields.FirstOrDefault(field => field.Required && !members.ContainsKey(field.Name)) is { } missing
            ? Wrong("is missing").Under(missing.Name)
            : ValueCheck.Fits;
    }

    private static ValueCheck CheckText(JsonNode? value, StringType type)
    {
        if (Text(value) is not { } text)
        {
            return Wrong("must be a string");
        }

        var length = text.EnumerateRunes().Count();
        return length < type.MinLength || length > type.MaxLength ? Wrong("is too short or too long")
            : type.Pattern?.Matches(text) == false ? Wrong($"must match {type.Pattern.Text}")
            : ValueCheck.Fits;
    }

    private static ValueCheck CheckInteger(JsonNode? value, IntegerType type) =>
        Integer(value) is not { } number ? Wrong("must be an integer")
        : number < type.Minimum || number > type.Maximum ? Wrong("is too small or too large")
        : ValueCheck.Fits;

    private static ValueCheck CheckArray(JsonNode? value, ArrayType type)
    {
        if (value is not JsonArray items)
        {
            return Wrong("must be an array");
        }

        for (var i = 0; i < items.Count; i++)
        {
            if (Check(items[i], type.Item) is { Reason: not null } check)
            {
                return check.Under(i.ToString(CultureInfo.InvariantCulture));
            }
        }

        return items.Count < type.MinItems || items.Count > type.MaxItems ? Wrong("has too few or too many items") : ValueCheck.Fits;
    }

    private static bool IsTime(string text) =>
        TimePattern().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsBase64(string text) => !text.Any(char.IsWhiteSpace) && Base64.IsValid(Encoding.UTF8.GetBytes(text));

    private static ValueCheck Wrong(string reason) => new("", reason);

    private static JsonValueKind Kind(JsonNode? value) => value?.GetValueKind() ?? JsonValueKind.Null;

    private static string? Text(JsonNode? value) => Kind(value) == JsonValueKind.String ? value!.GetValue<string>() : null;

    private static long? Integer(JsonNode? value) =>
        Kind(value) == JsonValueKind.Number && long.TryParse(value!.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    [GeneratedRegex(@"^(blake2b-)?[0-9a-f]{64}\z")]
    private static partial Regex BlobIdPattern();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)\z", RegexOptions.ECMAScript)]
    private static partial Regex TimePattern();
}
