using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.CSharp;

/// <summary>Writes the reading of objects that callers send: inside parameters, and as bodies of HTTP routes.</summary>
internal static class DocumentsWriter
{
    /// <summary>One file with a reader for each such object.</summary>
    public static string Write(Contract contract)
    {
        var bodies = contract.Routes.Select(route => route.Body).OfType<ObjectType>().DistinctBy(body => body.Name).ToArray();
        var shapes = bodies.Concat(contract.Methods.SelectMany(method => method.Parameters).Select(parameter => parameter.Type))
            .SelectMany(ObjectsWithin)
            .DistinctBy(shape => shape.Name)
            .ToArray();
        var code = new CodeWriter(CSharpWriter.ContractNamespace, "RpcStore.Contract.Parameters", "RpcStore.Digests", "RpcStore.JsonRpc");
        code.Doc("summary", "Reads the JSON documents that routes take as their body, and holds them against the contract.");
        code.Block("public static class RequestDocuments", () =>
        {
            foreach (var shape in shapes)
            {
                code.Line($"internal static readonly ParameterTable {shape.Name}Members = {ReadingWriter.Table(shape.Fields)};");
                code.Blank();
            }

            foreach (var body in bodies)
            {
                WriteDocument(code, body);
                code.Blank();
            }

            foreach (var shape in shapes)
            {
                WriteObject(code, shape);
                code.Blank();
            }
        });
        return code.ToString();
    }

    private static IEnumerable<ObjectType> ObjectsWithin(ContractType type) => type switch
    {
        ArrayType array => ObjectsWithin(array.Item),
        ObjectType shape => shape.Fields.SelectMany(field => ObjectsWithin(field.Type)).Append(shape),
        _ => [],
    };

    private static void WriteDocument(CodeWriter code, ObjectType body)
    {
        code.Doc("summary", body.Description);
        code.Doc("param name=\"json\"", "The document.");
        code.Doc("exception cref=\"RpcException\"", "`invalidParams`: it is not JSON, or not what the contract says; `data` has the pointer and the reason.");
        code.Line($"public static {body.Name} Read{body.Name}(ReadOnlySpan<byte> json) =>");
        code.Indented(() => code.Line(
            $"RequestDocument.Read(json, static (ref ParameterReader reader) => Read{body.Name}(ref reader, reader.BeginDocument({body.Name}Members)));"));
    }

    private static void WriteObject(CodeWriter code, ObjectType shape)
    {
        var ordered = shape.Fields.OrderByDescending(field => field.Required).ToArray();
        code.Block($"internal static {shape.Name} Read{shape.Name}(ref ParameterReader reader, MemberCursor members)", () =>
        {
            ReadingWriter.WriteVariables(code, ordered);
            ReadingWriter.WriteLoop(code, ordered);
            var members = ordered.Select(field => $"{Identifiers.Pascal(field.Name)} = {TypeNames.Variable(field.Name)}");
            code.Line($"return new {shape.Name} {{ {string.Join(", ", members)} }};");
        });
    }
}
