using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.TypeScript;

/// <summary>What the types of the contract are in TypeScript, and how values of them are read.</summary>
internal static class TypeNames
{
    private const long MaxSafeInteger = (1L << 53) - 1;

    // Words that cannot name a variable in a module, and the names that the writer itself uses in a method.
    private static readonly string[] Taken =
    [
        "arguments", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else",
        "enum", "eval", "export", "extends", "false", "finally", "for", "function", "if", "implements", "import", "in", "instanceof",
        "interface", "let", "new", "null", "options", "package", "params", "private", "protected", "public", "return", "static",
        "super", "switch", "this", "throw", "true", "try", "typeof", "undefined", "var", "void", "while", "with", "yield",
    ];

    // What CallOptions has, and what a method with progress adds to it.
    private static readonly string[] TakenOptions = ["onProgress", "signal", "timeout"];

    /// <summary>The type of a value that the server sends, or of a member of an object.</summary>
    public static string Of(ContractType type) => type switch
    {
        StringType => "string",
        EnumType choice => choice.Name,
        BlobIdType => "BlobId",
        TimeType => "Timestamp",
        BytesType => "Uint8Array",
        IntegerType integer => IsSafe(integer) ? "number" : "bigint",
        BooleanType => "boolean",
        RawJsonType => "JsonObject",
        ArrayType array => $"readonly {Of(array.Item)}[]",
        ObjectType shape => shape.Name,
        _ => throw new NotSupportedException($"{type.GetType().Name} has no type in TypeScript"),
    };

    /// <summary>The type of a parameter: what callers may give for a value.</summary>
    /// <remarks>
    /// Wider than <see cref="Of"/> where that is convenient and loses nothing; of enums only the known values, so that a wrong
    /// word is found by the compiler.
    /// </remarks>
    public static string OfParameter(ContractType type) => type switch
    {
        EnumType choice => KnownValues(choice),
        TimeType => "Timestamp | Date",
        IntegerType integer when !IsSafe(integer) => "number | bigint",
        ArrayType { Item: TimeType or IntegerType } array when OfParameter(array.Item).Contains('|') => $"readonly ({OfParameter(array.Item)})[]",
        ArrayType array => $"readonly {OfParameter(array.Item)}[]",
        _ => Of(type),
    };

    /// <summary>How a value is read: the expression of its shape.</summary>
    public static string Shape(ContractType type) => type switch
    {
        StringType or EnumType or BlobIdType or TimeType => "\"text\"",
        BytesType => "\"bytes\"",
        IntegerType integer => IsSafe(integer) ? "\"integer\"" : "\"bigint\"",
        BooleanType => "\"boolean\"",
        RawJsonType => "\"json\"",
        ArrayType array => $"[{Shape(array.Item)}]",
        ObjectType shape => ShapeName(shape),
        _ => throw new NotSupportedException($"{type.GetType().Name} has no shape in TypeScript"),
    };

    /// <summary>The shape of a member of an object: <c>name: shape</c>, the name with a question mark where it may be absent.</summary>
    public static string ShapeMember(Field field) =>
        field.Required ? $"{field.Name}: {Shape(field.Type)}" : $"\"{field.Name}?\": {Shape(field.Type)}";

    /// <summary><c>BlobPage</c> → <c>blobPageShape</c>.</summary>
    public static string ShapeName(ObjectType shape) => $"{Identifiers.Camel(shape.Name)}Shape";

    /// <summary><c>Role</c> → <c>KnownRole</c>.</summary>
    public static string KnownValues(EnumType choice) => $"Known{choice.Name}";

    /// <summary>A required parameter's name in a method.</summary>
    public static string Variable(Field parameter)
    {
        var camel = Identifiers.Camel(parameter.Name);
        return Taken.Contains(camel) ? camel + "_" : camel;
    }

    /// <summary>An optional parameter's name among the options of a call.</summary>
    public static string Option(Field parameter)
    {
        var camel = Identifiers.Camel(parameter.Name);
        return TakenOptions.Contains(camel) ? camel + "_" : camel;
    }

    /// <summary>The names that a type of the contract brings along: of named types, and of those of the runtime.</summary>
    /// <param name="type">The type.</param>
    /// <param name="isParameter">Whether it is what callers give.</param>
    public static string NameWithin(ContractType type, bool isParameter) => type switch
    {
        ArrayType array => NameWithin(array.Item, isParameter),
        EnumType choice => isParameter ? KnownValues(choice) : choice.Name,
        ObjectType or BlobIdType or TimeType or RawJsonType => Of(type),
        _ => "",
    };

    /// <summary>Whether every value that the contract allows is exact as a <c>number</c> (ECMA-262, Number.MAX_SAFE_INTEGER).</summary>
    private static bool IsSafe(IntegerType integer) => integer is { Minimum: >= -MaxSafeInteger, Maximum: <= MaxSafeInteger };
}
