using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.Rust;

/// <summary>Writes the files that put modules together.</summary>
internal static class ModulesWriter
{
    /// <summary>The module of everything that is generated.</summary>
    public static string WriteRoot(Contract contract)
    {
        var code = new RustCode("The contract in Rust.");
        code.Line("pub mod calls;");
        code.Line("pub mod errors;");
        code.Line("pub mod types;");
        code.Blank();
        code.Doc("The version of the contract that this client was made from.");
        code.Line($"pub const CONTRACT_VERSION: &str = \"{contract.Version}\";");
        code.Blank();
        code.Doc("The methods of the contract, and who may call each: `guest`, `user` or `admin`.");
        code.Array("pub const METHODS: &[(&str, &str)] = &", [.. contract.Methods.Select(method => $"(\"{method.Name}\", \"{method.Access}\")")], ";");
        return code.ToString();
    }

    /// <summary>The module of the types.</summary>
    public static string WriteTypes(IReadOnlyList<Domain> domains)
    {
        var code = new RustCode("The types of the contract.");
        code.Line("use crate::wire::*;");
        WriteModules(code, domains);
        return code.ToString();
    }

    /// <summary>The module of the methods.</summary>
    public static string WriteCalls(Contract contract)
    {
        var code = new RustCode("The methods of the contract, a client for each domain.");
        code.Line("use super::types::*;");
        code.Line("use crate::wire::*;");
        WriteModules(code, contract.Domains);
        code.Blank();
        code.Block("impl Client {", () =>
        {
            foreach (var domain in contract.Domains)
            {
                code.Doc($"The methods of `{domain.Name}`.");
                code.Block($"pub fn {RustNames.Variable(domain.Name)}(&self) -> {RustNames.Client(domain)}<'_> {{", () =>
                    code.Line($"{RustNames.Client(domain)} {{ client: self }}"));
                code.Blank();
            }
        });
        return code.ToString();
    }

    private static void WriteModules(RustCode code, IEnumerable<Domain> domains)
    {
        var names = domains.Select(RustNames.Module).Order(StringComparer.Ordinal).ToArray();
        code.Blank();
        foreach (var name in names)
        {
            code.Line($"mod {name};");
        }

        code.Blank();
        foreach (var name in names)
        {
            code.Line($"pub use {name}::*;");
        }
    }
}
