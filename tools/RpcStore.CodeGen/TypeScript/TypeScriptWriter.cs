using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.TypeScript;

/// <summary>Writes the contract in TypeScript: types, how they are read, errors, and the typed client.</summary>
public static class TypeScriptWriter
{
    /// <summary>The folder of the files, relative to the root of the repository.</summary>
    public const string Folder = "clients/typescript/src/generated";

    /// <summary>The folders that hold nothing but what is written here.</summary>
    public static IReadOnlyList<string> Folders { get; } = [Folder];

    /// <summary>Writes all files.</summary>
    /// <returns>Their texts by their paths, relative to the root of the repository.</returns>
    public static IEnumerable<(string Path, string Text)> Write(Contract contract)
    {
        foreach (var domain in contract.Domains)
        {
            if (domain.Types.Length > 0)
            {
                yield return ($"{Folder}/types/{domain.Name}.ts", TypesWriter.Write(domain, contract));
            }

            yield return ($"{Folder}/clients/{domain.Name}.ts", ClientWriter.Write(domain, contract));
        }

        yield return ($"{Folder}/clients.ts", ClientWriter.WriteAll(contract));
        yield return ($"{Folder}/contract.ts", InfoWriter.Write(contract));
        yield return ($"{Folder}/errors.ts", ErrorsWriter.Write(contract));
        yield return ($"{Folder}/index.ts", InfoWriter.WriteIndex(contract));
        yield return ($"{Folder}/shapes.ts", ShapesWriter.Write(contract));
    }
}
