using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.CSharp;

/// <summary>Writes the data types of a domain: records, enums with their strings, and the parameters that clients send.</summary>
internal static class TypesWriter
{
    /// <summary>One file with the types of a domain, or null when it has none.</summary>
    public static string? WriteTypes(Domain domain)
    {
        if (domain.Types.Length == 0)
        {
            return null;
        }

        var code = new CodeWriter(
            CSharpWriter.ContractNamespace, "System.Text.Json", "System.Text.Json.Serialization", "RpcStore.Contract.Json",
            "RpcStore.Contract.Parameters", "RpcStore.Digests");
        foreach (var type in domain.Types)
        {
            if (type is EnumType choice)
            {
                WriteEnum(code, choice);
            }
            else
            {
                var shape = (ObjectType)type;
                WriteRecord(code, shape.Name, shape.Description, shape.Fields);
            }
        }

        return code.ToString();
    }

    /// <summary>One file with a record for the parameters of each method that has any.</summary>
    public static string? WriteParameters(Domain domain)
    {
        var methods = domain.Methods.Where(method => method.Parameters.Length > 0).ToArray();
        if (methods.Length == 0)
        {
            return null;
        }

        var code = new CodeWriter(
            CSharpWriter.ContractNamespace, "System.Text.Json.Serialization", "RpcStore.Digests", "RpcStore.JsonRpc");
        foreach (var method in methods)
        {
            WriteRecord(code, MethodNames.ParametersType(method), $"The parameters of `{method.Name}`.", method.Parameters);
        }

        return code.ToString();
    }

    private static void WriteRecord(CodeWriter code, string name, string description, IEnumerable<Field> fields)
    {
        code.Doc("summary", description);
        code.Block($"public sealed record {name}", () =>
        {
            foreach (var field in fields)
            {
                code.Doc("summary", FieldDescription(field));
                code.Line($"[JsonPropertyName(\"{field.Name}\")]");
                code.Line($"public {(field.Required ? "required " : "")}{TypeNames.OfField(field)} {Identifiers.Pascal(field.Name)} {{ get; init; }}");
                code.Blank();
            }
        });
        code.Blank();
    }

    private static string FieldDescription(Field field) =>
        field.Default is null ? field.Description : $"{field.Description} `{field.Default.ToJsonString().Trim('"')}` when left out.";

    private static void WriteEnum(CodeWriter code, EnumType choice)
    {
        code.Doc("summary", choice.Description);
        code.Line($"[JsonConverter(typeof({choice.Name}JsonConverter))]");
        code.Block($"public enum {choice.Name}", () =>
        {
            foreach (var value in choice.Values)
            {
                code.Doc("summary", $"`{value}` on the wire.");
                code.Line($"{Identifiers.Pascal(value)},");
                code.Blank();
            }
        });
        code.Blank();
        code.Doc("summary", $"The strings of `{choice.Name}` on the wire.");
        code.Block($"public sealed class {choice.Name}JsonConverter() : EnumJsonConverter<{choice.Name}>(Table)", () =>
        {
            code.Doc("summary", "The strings in the order of the members.");
            code.Line($"public static EnumTable Table {{ get; }} = new({string.Join(", ", choice.Values.Select(DocText.Literal))});");
        });
        code.Blank();
    }
}
