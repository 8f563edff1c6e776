using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.CSharp;

/// <summary>The names that are made from a method or a domain.</summary>
internal static class MethodNames
{
    /// <summary><c>blobs.has</c> → <c>HasAsync</c>.</summary>
    public static string Call(Method method) => Identifiers.Pascal(method.Verb) + "Async";

    /// <summary><c>blobs.has</c> → <c>BlobsHasParams</c>; methods without parameters share a type.</summary>
    public static string ParametersType(Method method) =>
        method.Parameters.Length == 0 ? "EmptyParams" : $"{Identifiers.Pascal(method.Name)}Params";

    /// <summary><c>blobs</c> → <c>IBlobsService</c>.</summary>
    public static string Service(Domain domain) => $"I{Identifiers.Pascal(domain.Name)}Service";

    /// <summary><c>blobs</c> → <c>BlobsMethods</c>.</summary>
    public static string Methods(Domain domain) => $"{Identifiers.Pascal(domain.Name)}Methods";

    /// <summary><c>blobs</c> → <c>BlobsClient</c>.</summary>
    public static string Client(Domain domain) => $"{Identifiers.Pascal(domain.Name)}Client";

    /// <summary><c>blobs</c> → <c>IBlobsClient</c>.</summary>
    public static string ClientInterface(Domain domain) => $"I{Client(domain)}";

    /// <summary>What a method's documentation says of its errors.</summary>
    public static void DocErrors(CodeWriter code, IEnumerable<ContractError> errors)
    {
        var listed = string.Join(" ", errors.Select(error => $"`{error.Name}`: {error.When}"));
        if (listed.Length > 0)
        {
            code.Doc("exception cref=\"RpcException\"", listed);
        }
    }
}
