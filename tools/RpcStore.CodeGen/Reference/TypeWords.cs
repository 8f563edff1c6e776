using System.Globalization;
using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.Reference;

/// <summary>What a value can be, in words.</summary>
internal static class TypeWords
{
    /// <summary>The kinds of values that have no type of their own, and what each is on the wire.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Values { get; } =
    [
        ("string", "Unicode text; its length is counted in code points."),
        ("integer", "A number of 64 bits, without fraction and exponent."),
        ("boolean", "`true` or `false`."),
        ("blob id", "The digest of a blob's bytes in lower-case hex: 64 digits mean SHA-256, `blake2b-` and 64 digits BLAKE2b-256."),
        ("time", "A moment as RFC 3339 has it, in UTC: `2026-11-21T09:00:00Z`."),
        ("bytes", "A string of base64 (RFC 4648 section 4), padded, without white space."),
        ("progress token", "A string or an integer that the caller chooses; notifications `$/progress` carry it while the call runs (spec/connections.md, section 6)."),
        ("JSON", "Any object, handed through as it is."),
    ];

    /// <summary>All types that have a name, those that only an error's data have included.</summary>
    public static IEnumerable<ContractType> Named(Contract contract) => contract.NamedTypes
        .Concat(contract.Errors.SelectMany(error => error.Data).Select(field => field.Type).OfType<EnumType>())
        .Distinct();

    /// <summary>A type with its constraints.</summary>
    public static string Describe(ContractType type, TextStyle style) => type switch
    {
        StringType text => style.ValueLink("string") + Range(text.MinLength, text.MaxLength, "character", style)
            + (text.Pattern is null ? "" : style.Plain(" like ") + style.Code(text.Pattern.Text)),
        EnumType choice => style.TypeLink(choice.Name),
        BlobIdType => style.ValueLink("blob id"),
        TimeType => style.ValueLink("time"),
        BytesType => style.ValueLink("bytes"),
        IntegerType integer => style.ValueLink("integer") + style.Plain(Bounds(integer)),
        BooleanType => style.ValueLink("boolean"),
        ProgressTokenType { Value: RawJsonType } => style.ValueLink("progress token"),
        ProgressTokenType progress => style.ValueLink("progress token") + style.Plain(" for ") + Describe(progress.Value, style),
        RawJsonType => style.ValueLink("JSON"),
        ArrayType array => style.Plain("array of ") + Count(array, style) + Describe(array.Item, style),
        ObjectType shape => style.TypeLink(shape.Name),
        _ => throw new NotSupportedException($"{type.GetType().Name} has no words"),
    };

    /// <summary>A type in one word, as a signature has it.</summary>
    public static string Name(ContractType type) => type switch
    {
        EnumType choice => choice.Name,
        ObjectType shape => shape.Name,
        RawJsonType => "JSON",
        _ => throw new NotSupportedException($"{type.GetType().Name} is no result"),
    };

    /// <summary>What counts when a member is left out; null when that means something of its own.</summary>
    public static string? DefaultOf(Field field) => field.Default?.ToJsonString();

    private static string Range(int minimum, int? maximum, string unit, TextStyle style) => style.Plain((minimum, maximum) switch
    {
        (0, null) => "",
        (_, null) => $" of at least {Number(minimum)} {unit}{Plural(minimum)}",
        (0, { } most) => $" of at most {Number(most)} {unit}{Plural(most)}",
        ({ } least, { } most) when least == most => $" of {Number(least)} {unit}{Plural(least)}",
        ({ } least, { } most) => $" of {Number(least)} to {Number(most)} {unit}s",
    });

    private static string Count(ArrayType array, TextStyle style) => style.Plain((array.MinItems, array.MaxItems) switch
    {
        (0, null) => "",
        ({ } least, null) => $"at least {Number(least)} ",
        (0, { } most) => $"at most {Number(most)} ",
        ({ } least, { } most) => $"{Number(least)} to {Number(most)} ",
    });

    private static string Bounds(IntegerType integer) => (integer.Minimum, integer.Maximum) switch
    {
        (null, null) => "",
        ({ } least, null) => $", at least {Number(least)}",
        (null, { } most) => $", at most {Number(most)}",
        ({ } least, { } most) => $" from {Number(least)} to {Number(most)}",
    };

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Plural(long count) => count == 1 ? "" : "s";
}
