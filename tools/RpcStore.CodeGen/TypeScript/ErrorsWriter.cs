using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.TypeScript;

/// <summary>Writes the error table: a class for each error, and what to make of one that a server sends.</summary>
internal static class ErrorsWriter
{
    /// <summary><c>notFound</c> → <c>NotFoundError</c>, <c>parseError</c> → <c>ParseError</c>.</summary>
    public static string ClassName(ContractError error) => $"{Stem(error)}Error";

    /// <summary>One file with the table.</summary>
    public static string Write(Contract contract)
    {
        var code = new CodeWriter();
        string[] used = [.. contract.Errors.SelectMany(error => error.Data).Select(field => TypeNames.NameWithin(field.Type, isParameter: false))];
        code.Imports(
        [
            ("../calls/errors.js", ["RpcError"], false),
            ("../calls/errors.js", ["ErrorEntry", "RpcErrorData"], true),
            ("../calls/values.js", used.Where(TypesWriter.RuntimeTypes.Contains), true),
            .. TypesWriter.FromDomains(contract, used, except: null, "./types/"),
        ]);
        foreach (var error in contract.Errors)
        {
            WriteClass(code, error);
        }

        code.Doc("The error table (spec/errors.md), in its order.");
        code.Block("export const errorTable: readonly ErrorEntry[] = [", () =>
        {
            foreach (var error in contract.Errors)
            {
                WriteEntry(code, error);
            }
        }, "];");
        return code.ToString();
    }

    private static void WriteClass(CodeWriter code, ContractError error)
    {
        var data = "RpcErrorData";
        if (error.Data.Length > 0)
        {
            data = $"{ClassName(error)}Data";
            code.Doc($"What comes with `{error.Name}`; each where it applies.");
            code.Block($"export interface {data} extends RpcErrorData {{", () =>
            {
                foreach (var field in error.Data)
                {
                    code.Doc(field.Description);
                    code.Line($"readonly {field.Name}?: {DataType(field.Type)};");
                }
            });
            code.Blank();
        }

        code.Doc($"`{error.Name}`, code {error.Code}: {error.When}");
        code.Line($"export class {ClassName(error)} extends RpcError<{data}> {{}}");
        code.Blank();
    }

    private static void WriteEntry(CodeWriter code, ContractError error)
    {
        code.Block("{", () =>
        {
            code.Line($"name: {DocText.Literal(error.Name)},");
            code.Line($"code: {error.Code},");
            code.Line($"httpStatus: {error.HttpStatus},");
            code.Line($"retry: {DocText.Literal(error.Retry)},");
            code.Line($"type: {ClassName(error)},");
            code.Object("data: ", [.. error.Data.Select(field => TypeNames.ShapeMember(field with { Required = false }))], ",");
        }, "},");
    }

    // The values of an enum in an error's data are for people: they have no name in the contract.
    private static string DataType(ContractType type) => type is EnumType ? "string" : TypeNames.Of(type);

    private static string Stem(ContractError error)
    {
        var name = Identifiers.Pascal(error.Name);
        return name.EndsWith("Error", StringComparison.Ordinal) ? name[..^"Error".Length] : name;
    }
}
