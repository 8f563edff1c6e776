using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.CSharp;

/// <summary>Writes what is known of the contract as a whole, and the registration of its types with System.Text.Json.</summary>
internal static class InfoWriter
{
    /// <summary>One file with the version, the methods and the routes.</summary>
    public static string WriteInfo(Contract contract)
    {
        var code = new CodeWriter(CSharpWriter.ContractNamespace, "System.Collections.Immutable");
        code.Doc("summary", "The contract as a whole.");
        code.Block("public static partial class ContractInfo", () =>
        {
            code.Doc("summary", "The contract's version, as semver.org writes it.");
            code.Line($"public const string Version = {DocText.Literal(contract.Version)};");
            code.Blank();
            WriteList(code, "All methods, in the order of the document.", "ContractMethod", "Methods", contract.Methods.Select(method =>
                $"new({DocText.Literal(method.Name)}, {DocText.Literal(method.Access)}, {DocText.Literal(method.Journal)}, {DocText.Literal(method.Summary)}),"));
            code.Blank();
            WriteList(code, "All HTTP routes, in the order of the document.", "ContractRoute", "Routes", contract.Routes.Select(route =>
                $"new({DocText.Literal(route.Method)}, {DocText.Literal(route.Path)}, {DocText.Literal(route.Access)}, {DocText.Literal(route.Journal)}, {DocText.Literal(route.Summary)}, {DocText.Literal(route.Errors)}),"));
        });
        return code.ToString();
    }

    /// <summary>One file with the serializer context of all types.</summary>
    public static string WriteJson(Contract contract)
    {
        var types = contract.NamedTypes.Select(TypeNames.Of)
            .Concat(contract.Methods.Select(MethodNames.ParametersType))
            .Append("JsonElement")
            .Distinct();
        var code = new CodeWriter(
            CSharpWriter.ContractNamespace, "System.Text.Json", "System.Text.Json.Serialization", "RpcStore.Contract.Json", "RpcStore.Digests");
        code.Doc("summary", "How the types of the contract are written and read as JSON: without reflection, null members left out.");
        code.Line("[JsonSourceGenerationOptions(");
        code.Indented(() =>
        {
            code.Line("DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,");
            code.Line("Converters = [typeof(BlobIdJsonConverter), typeof(BlobIdsJsonConverter), typeof(TimeJsonConverter), typeof(ProgressTokenJsonConverter)])]");
        });
        foreach (var type in types)
        {
            code.Line($"[JsonSerializable(typeof({type}))]");
        }

        code.Line("public sealed partial class ContractJson : JsonSerializerContext;");
        return code.ToString();
    }

    private static void WriteList(CodeWriter code, string summary, string type, string name, IEnumerable<string> items)
    {
        code.Doc("summary", summary);
        code.Line($"public static ImmutableArray<{type}> {name} {{ get; }} =");
        code.Line("[");
        code.Indented(() =>
        {
            foreach (var item in items)
            {
                code.Line(item);
            }
        });
        code.Line("];");
    }
}
