using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.Rust;

/// <summary>Writes the contract in Rust, formatted as rustfmt does: types, parameters, errors, and the typed client.</summary>
public static class RustWriter
{
    private const string Folder = "clients/rust/src/generated";

    /// <summary>The folders that hold nothing but what is written here.</summary>
    public static IReadOnlyList<string> Folders { get; } = [Folder];

    /// <summary>Writes all files.</summary>
    /// <returns>Their texts by their paths, relative to the root of the repository.</returns>
    public static IEnumerable<(string Path, string Text)> Write(Contract contract) =>
        WriteModule(contract).Select(file => ($"{Folder}/{file.Path}", file.Text));

    /// <summary>Writes all files, by their paths inside the module that they make up.</summary>
    public static IEnumerable<(string Path, string Text)> WriteModule(Contract contract)
    {
        var inputs = InputTypes.Of(contract);
        var typed = contract.Domains.Where(domain => domain.Types.Length > 0).ToArray();
        foreach (var domain in typed)
        {
            yield return ($"types/{RustNames.Module(domain)}.rs", TypesWriter.Write(domain, inputs));
        }

        foreach (var domain in contract.Domains)
        {
            yield return ($"calls/{RustNames.Module(domain)}.rs", CallsWriter.Write(domain));
        }

        yield return ("types/mod.rs", ModulesWriter.WriteTypes(typed));
        yield return ("calls/mod.rs", ModulesWriter.WriteCalls(contract));
        yield return ("errors.rs", ErrorsWriter.Write(contract));
        yield return ("mod.rs", ModulesWriter.WriteRoot(contract));
    }
}
