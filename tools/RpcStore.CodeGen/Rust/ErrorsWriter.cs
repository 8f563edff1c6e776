using System.Globalization;
using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.Rust;

/// <summary>Writes the error table: an enum of the errors, and what their data may have.</summary>
internal static class ErrorsWriter
{
    /// <summary>One file with both.</summary>
    public static string Write(Contract contract)
    {
        var code = new RustCode("The error table of the contract.");
        if (contract.Errors.SelectMany(error => error.Data).Any(field => field.Type is ObjectType or ArrayType { Item: ObjectType }))
        {
            code.Line("use super::types::*;");
        }

        code.Line("use crate::wire::*;");
        code.Blank();
        WriteKinds(code, contract);
        code.Blank();
        WriteTable(code, contract);
        code.Blank();
        WriteData(code, contract);
        return code.ToString();
    }

    private static void WriteKinds(RustCode code, Contract contract)
    {
        code.Doc("The errors of the contract.");
        code.Line("#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]");
        code.Line("#[non_exhaustive]");
        code.Block("pub enum ErrorKind {", () =>
        {
            foreach (var error in contract.Errors)
            {
                var data = error.Data.Length == 0 ? "" : $" `data` may have {string.Join(", ", error.Data.Select(field => $"`{RustNames.Variable(field.Name)}`"))}.";
                code.Doc(RustDoc.Escape(error.When), $"`{error.Name}`, code {error.Code}, HTTP status {error.HttpStatus}.{data}");
                code.Line($"{RustNames.Variant(error.Name)},");
            }

            code.Doc("An error that this version of the client does not know.");
            code.Line("Unknown,");
        });
    }

    private static void WriteTable(RustCode code, Contract contract) => code.Block("impl ErrorKind {", () =>
    {
        code.Doc("The errors in the order of the table.");
        code.Array("pub const ALL: &'static [Self] = &", [.. contract.Errors.Select(error => $"Self::{RustNames.Variant(error.Name)}")], ";");
        code.Blank();
        code.Doc("The name, as `data.name` has it; empty for an unknown error.");
        WriteMatch(code, "name", "&'static str", contract, error => $"\"{error.Name}\"", "\"\"");
        code.Blank();
        code.Doc("The code of JSON-RPC; 0 for an unknown error.");
        WriteMatch(code, "code", "i64", contract, error => error.Code.ToString(CultureInfo.InvariantCulture), "0");
        code.Blank();
        code.Doc("The status on HTTP routes; 0 for an unknown error.");
        WriteMatch(code, "http_status", "u16", contract, error => error.HttpStatus.ToString(CultureInfo.InvariantCulture), "0");
        code.Blank();
        code.Doc("Whether trying again can help.");
        WriteMatch(code, "retry", "Retry", contract, error => $"Retry::{Identifiers.Pascal(error.Retry)}", "Retry::Maybe");
    });

    private static void WriteMatch(RustCode code, string name, string type, Contract contract, Func<ContractError, string> value, string unknown) =>
        code.Block($"pub const fn {name}(self) -> {type} {{", () => code.Block("match self {", () =>
        {
            foreach (var error in contract.Errors)
            {
                code.Line($"Self::{RustNames.Variant(error.Name)} => {value(error)},");
            }

            code.Line($"Self::Unknown => {unknown},");
        }));

    private static void WriteData(RustCode code, Contract contract)
    {
        code.Doc("What an error's `data` may have beside its name; which error has what stands at [`ErrorKind`].");
        code.Line("#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]");
        code.Line("#[serde(default)]");
        code.Line("#[non_exhaustive]");
        code.Block("pub struct ErrorData {", () =>
        {
            foreach (var field in contract.Errors.SelectMany(error => error.Data).DistinctBy(field => field.Name))
            {
                // A choice that grows one day must not cost an older client the rest of the data.
                var type = field.Type is EnumType ? "String" : RustNames.TypeOf(field.Type);
                code.Doc(TypesWriter.Describe(field));
                TypesWriter.WriteSerde(code, field with { Required = false });
                code.Line($"pub {RustNames.Variable(field.Name)}: Option<{type}>,");
            }
        });
    }
}
