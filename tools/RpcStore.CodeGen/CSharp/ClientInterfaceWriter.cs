using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.CSharp;

/// <summary>
/// Writes the interface of a domain that clients call: one method a method of the contract, its parameters in the order of the
/// contract, a cancellation token last. A library that makes proxies of interfaces can implement it as well as our own client.
/// </summary>
internal static class ClientInterfaceWriter
{
    /// <summary>One file with the interface.</summary>
    public static string Write(Domain domain)
    {
        var code = new CodeWriter(CSharpWriter.ContractNamespace, "System.Text.Json", "RpcStore.Digests", "RpcStore.JsonRpc");
        code.Doc("summary", $"Calls the methods of `{domain.Name}`. Calls may overlap, from any thread.");
        code.Line($"/// <seealso cref=\"MethodNameTransforms.{Identifiers.Pascal(domain.Name)}\"/>");
        code.Block($"public interface {MethodNames.ClientInterface(domain)}", () =>
        {
            foreach (var method in domain.Methods)
            {
                WriteDocs(code, method);
                code.Line($"{Signature(method)};");
                code.Blank();
            }
        });
        return code.ToString();
    }

    /// <summary>One file with what turns the names of the methods into those of the contract.</summary>
    public static string WriteTransforms(Contract contract)
    {
        var code = new CodeWriter(CSharpWriter.ContractNamespace);
        code.Doc("summary", "How the methods of the client interfaces are called on the wire, for libraries that make proxies of interfaces.");
        code.Doc("remarks",
            "The rule: without `Async` at the end, its first letter in lower case, behind the domain and a dot. "
            + "With StreamJsonRpc: `new JsonRpcProxyOptions { MethodNameTransform = MethodNameTransforms.Blobs }`.");
        code.Block("public static class MethodNameTransforms", () =>
        {
            foreach (var domain in contract.Domains)
            {
                var first = domain.Methods[0];
                code.Doc("summary", $"For `{MethodNames.ClientInterface(domain)}`: `{MethodNames.Call(first)}` → `{first.Name}`.");
                code.Doc("param name=\"name\"", "The method's name in C#.");
                code.Line($"public static string {Identifiers.Pascal(domain.Name)}(string name) => WireName.Of(\"{domain.Name}\", name);");
                code.Blank();
            }
        });
        return code.ToString();
    }

    /// <summary>A method with its parameters, as interface and client declare it.</summary>
    public static string Signature(Method method)
    {
        var parameters = method.Parameters.Select(Declare).Append("CancellationToken cancellationToken = default");
        return $"ValueTask<{TypeNames.Of(method.Result.Type)}> {MethodNames.Call(method)}({string.Join(", ", parameters)})";
    }

    private static string Declare(Field parameter)
    {
        var type = parameter.Type is ProgressTokenType ? TypeNames.OfServiceParameter(parameter) : TypeNames.OfField(parameter);
        return $"{type} {TypeNames.Variable(parameter.Name)}{(parameter.Required ? "" : " = null")}";
    }

    private static void WriteDocs(CodeWriter code, Method method)
    {
        code.Doc("summary", method.Summary);
        foreach (var parameter in method.Parameters)
        {
            code.Doc($"param name=\"{TypeNames.Variable(parameter.Name).TrimStart('@')}\"", Describe(parameter));
        }

        code.Doc("param name=\"cancellationToken\"", "Cancels the call, on the server too.");
        MethodNames.DocErrors(code, method.Errors);
        code.Doc("remarks", method.Description);
    }

    private static string Describe(Field parameter) => parameter switch
    {
        { Type: ProgressTokenType } => "Gets what the server reports while the call runs; null for nothing.",
        { Default: { } fallback } => $"{parameter.Description} `{fallback.ToJsonString().Trim('"')}` when null.",
        _ => parameter.Description,
    };
}
