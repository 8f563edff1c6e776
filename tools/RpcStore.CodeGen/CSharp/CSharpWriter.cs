using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.CSharp;

/// <summary>Writes the contract in C#: types, service and client interfaces, validation and dispatch, errors, and the typed client.</summary>
public static class CSharpWriter
{
    /// <summary>The namespace of what servers and clients share.</summary>
    internal const string ContractNamespace = "RpcStore.Contract";

    private const string ContractFolder = "src/RpcStore.Contract/Generated";
    private const string ClientFolder = "clients/csharp/RpcStore.Client/Generated";

    /// <summary>The folders that hold nothing but what is written here.</summary>
    public static IReadOnlyList<string> Folders { get; } = [ContractFolder, ClientFolder];

    /// <summary>Writes all files.</summary>
    /// <returns>Their texts by their paths, relative to the root of the repository.</returns>
    public static IEnumerable<(string Path, string Text)> Write(Contract contract)
    {
        foreach (var domain in contract.Domains)
        {
            var name = Identifiers.Pascal(domain.Name);
            var folder = $"{ContractFolder}/{name}";
            if (TypesWriter.WriteTypes(domain) is { } types)
            {
                yield return ($"{folder}/{name}Types.g.cs", types);
            }

            if (TypesWriter.WriteParameters(domain) is { } parameters)
            {
                yield return ($"{folder}/{name}Params.g.cs", parameters);
            }

            yield return ($"{folder}/{MethodNames.Service(domain)}.g.cs", ServiceWriter.Write(domain));
            yield return ($"{folder}/{MethodNames.Methods(domain)}.g.cs", MethodsWriter.Write(domain));
            yield return ($"{folder}/{MethodNames.ClientInterface(domain)}.g.cs", ClientInterfaceWriter.Write(domain));
            yield return ($"{ClientFolder}/{MethodNames.Client(domain)}.g.cs", ClientWriter.Write(domain));
        }

        yield return ($"{ContractFolder}/ContractErrors.g.cs", ErrorsWriter.WriteErrors(contract));
        yield return ($"{ContractFolder}/ContractInfo.g.cs", InfoWriter.WriteInfo(contract));
        yield return ($"{ContractFolder}/ContractJson.g.cs", InfoWriter.WriteJson(contract));
        yield return ($"{ContractFolder}/ContractMethods.g.cs", MethodsWriter.WriteAll(contract));
        yield return ($"{ContractFolder}/ErrorCodes.g.cs", ErrorsWriter.WriteCodes(contract));
        yield return ($"{ContractFolder}/ErrorNames.g.cs", ErrorsWriter.WriteNames(contract));
        yield return ($"{ContractFolder}/MethodNameTransforms.g.cs", ClientInterfaceWriter.WriteTransforms(contract));
        yield return ($"{ContractFolder}/Patterns.g.cs", PatternsWriter.Write(contract));
        yield return ($"{ContractFolder}/RequestDocuments.g.cs", DocumentsWriter.Write(contract));
    }
}
