using System.Text;
using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.Rust;

/// <summary>What the names and types of the contract are in Rust.</summary>
internal static class RustNames
{
    // Strict and reserved keywords of all editions so far.
    private static readonly string[] Keywords =
    [
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum", "extern",
        "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override",
        "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
        "virtual", "where", "while", "yield",
    ];

    // Keywords that cannot be written raw (r#self is refused).
    private static readonly string[] NeverRaw = ["self", "super", "crate"];

    // What a request has by itself.
    private static readonly string[] RequestMethods = ["send", "timeout", "into_future"];

    /// <summary>A variable, member or function: <c>storedAt</c> → <c>stored_at</c>, <c>type</c> → <c>r#type</c>.</summary>
    public static string Variable(string name)
    {
        var snake = Snake(name);
        return Keywords.Contains(snake) ? "r#" + snake : NeverRaw.Contains(snake) ? snake + "_" : snake;
    }

    /// <summary>The function that sets an optional parameter of a request.</summary>
    public static string Setter(string name) => RequestMethods.Contains(Snake(name)) ? Snake(name) + "_" : Variable(name);

    /// <summary>The module of a domain.</summary>
    public static string Module(Domain domain) => Snake(domain.Name);

    /// <summary>The client of a domain.</summary>
    public static string Client(Domain domain) => Identifiers.Pascal(domain.Name);

    /// <summary>The parameters of a method.</summary>
    public static string Parameters(Method method) => $"{Identifiers.Pascal(method.Name)}Params";

    /// <summary>A variant of an enum.</summary>
    public static string Variant(string value) => Identifiers.Pascal(value) is "Self" or "Unknown" or "Super" ? Identifiers.Pascal(value) + "_" : Identifiers.Pascal(value);

    /// <summary>The type of a value that is there.</summary>
    public static string TypeOf(ContractType type) => type switch
    {
        StringType => "String",
        EnumType choice => choice.Name,
        BlobIdType => "BlobId",
        TimeType => "Timestamp",
        BytesType => "Base64",
        IntegerType { Minimum: >= 0 } => "u64",
        IntegerType => "i64",
        BooleanType => "bool",
        ProgressTokenType => "u64",
        RawJsonType => "Value",
        ArrayType array => $"Vec<{TypeOf(array.Item)}>",
        ObjectType shape => shape.Name,
        _ => throw new NotSupportedException($"{type.GetType().Name} has no type in Rust"),
    };

    /// <summary>The type of a member.</summary>
    public static string TypeOf(Field field) => field.Required ? TypeOf(field.Type) : $"Option<{TypeOf(field.Type)}>";

    /// <summary>The type of an argument, which takes whatever a caller is likely to have.</summary>
    public static string ArgumentType(ContractType type) => type switch
    {
        StringType => "impl Into<String>",
        BytesType => "impl Into<Vec<u8>>",
        ArrayType { Item: BlobIdType } => "&[BlobId]",
        ArrayType array => $"impl Into<Vec<{TypeOf(array.Item)}>>",
        _ => TypeOf(type),
    };

    /// <summary>The expression that makes a member of an argument.</summary>
    public static string FromArgument(ContractType type, string argument) => type switch
    {
        StringType => $"{argument}.into()",
        BytesType => $"Base64::new({argument})",
        ArrayType { Item: BlobIdType } => $"{argument}.to_vec()",
        ArrayType => $"{argument}.into()",
        _ => argument,
    };

    /// <summary>A member of a struct literal that is made of an argument.</summary>
    public static string Member(Field field)
    {
        var name = Variable(field.Name);
        var value = FromArgument(field.Type, name);
        return value == name ? name : $"{name}: {value}";
    }

    private static string Snake(string name)
    {
        var text = new StringBuilder();
        foreach (var c in Identifiers.Camel(name))
        {
            if (char.IsUpper(c))
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
