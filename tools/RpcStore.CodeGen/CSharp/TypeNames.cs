using System.Globalization;
using System.Text.Json.Nodes;
using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.CSharp;

/// <summary>What the types of the contract are in C#.</summary>
internal static class TypeNames
{
    private static readonly string[] Keywords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue",
        "decimal", "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally",
        "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock",
        "long", "namespace", "new", "null", "object", "operator", "out", "override", "params", "private", "protected", "public",
        "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch",
        "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void",
        "volatile", "while",
    ];

    /// <summary>The type of a value that is there.</summary>
    public static string Of(ContractType type) => type switch
    {
        StringType => "string",
        EnumType choice => choice.Name,
        BlobIdType => "BlobId",
        TimeType => "DateTimeOffset",
        BytesType => "ReadOnlyMemory<byte>",
        IntegerType => "long",
        BooleanType => "bool",
        ProgressTokenType => "ProgressToken",
        RawJsonType => "JsonElement",
        ArrayType { Item: BlobIdType } => "ReadOnlyMemory<BlobId>",
        ArrayType array => $"IReadOnlyList<{Of(array.Item)}>",
        ObjectType shape => shape.Name,
        _ => throw new NotSupportedException($"{type.GetType().Name} has no type in C#"),
    };

    /// <summary>The type of a member of a record, or of a parameter that a client may leave out.</summary>
    /// <remarks>
    /// Where a value that is there is a slice of memory, one that may be absent is a list or an array: a null array turns
    /// into an empty slice without a word, and would be written as an empty list.
    /// </remarks>
    public static string OfField(Field field) => (field.Required, field.Type) switch
    {
        (true, _) => Of(field.Type),
        (false, BytesType) => "byte[]?",
        (false, ArrayType { Item: BlobIdType }) => "IReadOnlyList<BlobId>?",
        _ => Of(field.Type) + "?",
    };

    /// <summary>The type of a parameter as a service gets it: defaults are filled in, a progress token is something to report to.</summary>
    public static string OfServiceParameter(Field field) =>
        field.Type is ProgressTokenType progress ? $"IProgress<{Of(progress.Value)}>?"
        : field.Default is not null ? Of(field.Type)
        : OfField(field);

    /// <summary>What a service gets for a parameter that was left out.</summary>
    public static string DefaultOf(Field field) => field.Default is null ? "null" : Literal(field.Default, field.Type);

    /// <summary>The name of a variable.</summary>
    public static string Variable(string name)
    {
        var camel = Identifiers.Camel(name);
        return Keywords.Contains(camel) ? "@" + camel : camel;
    }

    /// <summary>An integer as C# writes it.</summary>
    public static string Number(long number) => number.ToString(
        Math.Abs((decimal)number) >= 10_000 ? "#,0" : "0", CultureInfo.InvariantCulture).Replace(',', '_');

    private static string Literal(JsonNode value, ContractType type) => type switch
    {
        IntegerType => Number(value.GetValue<long>()),
        BooleanType => value.GetValue<bool>() ? "true" : "false",
        EnumType choice => $"{choice.Name}.{Identifiers.Pascal(value.GetValue<string>())}",
        _ => throw new NotSupportedException($"{type.GetType().Name} has no literal in C#"),
    };
}
