using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.CSharp;

/// <summary>Writes the interface of a domain that a server implements.</summary>
internal static class ServiceWriter
{
    /// <summary>One file with the interface.</summary>
    public static string Write(Domain domain)
    {
        var code = new CodeWriter(CSharpWriter.ContractNamespace, "RpcStore.Digests", "RpcStore.JsonRpc");
        code.Doc("summary", $"The methods of `{domain.Name}`, for a server to implement.");
        code.Doc("remarks", "Parameters have been held against the contract before a method is called. Calls overlap, from any thread.");
        code.Block($"public interface {MethodNames.Service(domain)}", () =>
        {
            foreach (var method in domain.Methods)
            {
                WriteMethod(code, method);
                code.Blank();
            }
        });
        return code.ToString();
    }

    private static void WriteMethod(CodeWriter code, Method method)
    {
        code.Doc("summary", method.Summary);
        foreach (var parameter in method.Parameters)
        {
            code.Doc($"param name=\"{TypeNames.Variable(parameter.Name).TrimStart('@')}\"", Describe(parameter));
        }

        code.Doc("param name=\"context\"", "The call.");
        if (method.Result.Type is RawJsonType)
        {
            code.Doc("returns", $"{method.Result.Description} As JSON text on one line, in UTF-8.");
        }

        MethodNames.DocErrors(code, method.Errors.Where(error => error.Name is not ("invalidParams" or "unauthenticated" or "forbidden")));
        code.Doc("remarks", $"{method.Description} Access: `{method.Access}`.");
        var parameters = method.Parameters
            .Select(parameter => $"{TypeNames.OfServiceParameter(parameter)} {TypeNames.Variable(parameter.Name)}")
            .Append("CallContext context");
        code.Line($"{ReturnType(method)} {MethodNames.Call(method)}({string.Join(", ", parameters)});");
    }

    private static string ReturnType(Method method) =>
        method.Result.Type is RawJsonType ? "ValueTask<ReadOnlyMemory<byte>>" : $"ValueTask<{TypeNames.Of(method.Result.Type)}>";

    private static string Describe(Field parameter) => parameter switch
    {
        { Type: ProgressTokenType } => "Reports to the caller while the call runs, not after; null when the caller does not ask for it.",
        { Required: false, Default: null } => $"{parameter.Description} Null when left out.",
        _ => parameter.Description,
    };
}
