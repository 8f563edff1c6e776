using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.TypeScript;

/// <summary>Writes what is known of the contract as a whole, and the file that gives everything on.</summary>
internal static class InfoWriter
{
    /// <summary>One file with the version and the methods.</summary>
    public static string Write(Contract contract)
    {
        var code = new CodeWriter();
        code.Doc("The version of the contract that this client was made from, as semver.org writes it.");
        code.Line($"export const contractVersion = {DocText.Literal(contract.Version)};");
        code.Blank();
        code.Doc("All methods, in the order of the document, with the least role that may call them.");
        code.Object(
            "export const contractMethods: Readonly<Record<string, \"guest\" | \"user\" | \"admin\">> = ",
            [.. contract.Methods.Select(method => $"{DocText.Literal(method.Name)}: {DocText.Literal(method.Access)}")],
            ";");
        return code.ToString();
    }

    /// <summary>One file that gives on what the others have.</summary>
    public static string WriteIndex(Contract contract)
    {
        var code = new CodeWriter();
        foreach (var domain in contract.Domains)
        {
            code.Line($"export * from \"./clients/{domain.Name}.js\";");
        }

        foreach (var domain in contract.Domains.Where(domain => domain.Types.Length > 0))
        {
            code.Line($"export type * from \"./types/{domain.Name}.js\";");
        }

        code.Line("export * from \"./clients.js\";");
        code.Line("export * from \"./contract.js\";");
        code.Line("export * from \"./errors.js\";");
        return code.ToString();
    }
}
