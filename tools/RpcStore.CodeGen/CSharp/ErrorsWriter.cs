using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.CSharp;

/// <summary>Writes the error table: codes, names, and a method that makes each error.</summary>
internal static class ErrorsWriter
{
    /// <summary>One file with the codes as constants.</summary>
    public static string WriteCodes(Contract contract) =>
        WriteConstants(contract, "ErrorCodes", "The codes of the error table (spec/errors.md).", "int", error => error.Code.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>One file with the names as constants.</summary>
    public static string WriteNames(Contract contract) =>
        WriteConstants(contract, "ErrorNames", "The names of the error table (spec/errors.md), as `data.name` has them.", "string", error => DocText.Literal(error.Name));

    /// <summary>One file with the table, and a method for each error.</summary>
    public static string WriteErrors(Contract contract)
    {
        var code = new CodeWriter(CSharpWriter.ContractNamespace, "System.Collections.Immutable", "RpcStore.Digests", "RpcStore.JsonRpc");
        code.Doc("summary", "The error table (spec/errors.md), and the making of error objects whose `data` is as the table says.");
        code.Block("public static partial class ContractErrors", () =>
        {
            code.Doc("summary", "The errors in the order of the table.");
            code.Line("public static ImmutableArray<ContractError> All { get; } =");
            code.Line("[");
            code.Indented(() =>
            {
                foreach (var error in contract.Errors)
                {
                    code.Line($"new({DocText.Literal(error.Name)}, {error.Code}, {error.HttpStatus}, {DocText.Literal(error.Retry)}, {DocText.Literal(error.When)}),");
                }
            });
            code.Line("];");
            foreach (var error in contract.Errors)
            {
                code.Blank();
                WriteFactory(code, error);
            }
        });
        return code.ToString();
    }

    private static void WriteFactory(CodeWriter code, ContractError error)
    {
        code.Doc("summary", error.When);
        code.Doc("param name=\"message\"", "What was wrong and what to do, for a person.");
        foreach (var field in error.Data)
        {
            code.Doc($"param name=\"{TypeNames.Variable(field.Name)}\"", field.Description);
        }

        var parameters = error.Data.Select(field => $"{DataType(field.Type)}? {TypeNames.Variable(field.Name)} = null").Prepend("string message");
        code.Line($"public static RpcError {Identifiers.Pascal(error.Name)}({string.Join(", ", parameters)}) =>");
        var data = error.Data.Select(field => $".With(\"{field.Name}\", {TypeNames.Variable(field.Name)})");
        code.Indented(() => code.Line(
            $"new(ErrorCodes.{Identifiers.Pascal(error.Name)}, message, new ErrorData(ErrorNames.{Identifiers.Pascal(error.Name)}){string.Concat(data)}.Build());"));
    }

    private static string DataType(ContractType type) => type is EnumType ? "string" : TypeNames.Of(type);

    private static string WriteConstants(Contract contract, string name, string summary, string type, Func<ContractError, string> value)
    {
        var code = new CodeWriter(CSharpWriter.ContractNamespace);
        code.Doc("summary", summary);
        code.Block($"public static class {name}", () =>
        {
            foreach (var error in contract.Errors)
            {
                code.Doc("summary", error.When);
                code.Line($"public const {type} {Identifiers.Pascal(error.Name)} = {value(error)};");
                code.Blank();
            }
        });
        return code.ToString();
    }
}
