using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.CSharp;

/// <summary>Writes the client of a domain: what calls the methods over a connection of ours.</summary>
internal static class ClientWriter
{
    /// <summary>One file with the client.</summary>
    public static string Write(Domain domain)
    {
        var code = new CodeWriter("RpcStore.Client", "System.Text.Json", "RpcStore.Contract", "RpcStore.Digests", "RpcStore.JsonRpc");
        code.Line("/// <inheritdoc/>");
        code.Doc("param name=\"invoker\"", "The connection.");
        code.Block($"public sealed class {MethodNames.Client(domain)}(IRpcInvoker invoker) : {MethodNames.ClientInterface(domain)}", () =>
        {
            foreach (var method in domain.Methods)
            {
                code.Line("/// <inheritdoc/>");
                code.Line($"public {ClientInterfaceWriter.Signature(method)} =>");
                code.Indented(() => WriteCall(code, method));
                code.Blank();
            }
        });
        return code.ToString();
    }

    private static void WriteCall(CodeWriter code, Method method)
    {
        var progress = method.Parameters.FirstOrDefault(parameter => parameter.Type is ProgressTokenType);
        var type = MethodNames.ParametersType(method);
        var members = method.Parameters.Select(parameter =>
            $"{Identifiers.Pascal(parameter.Name)} = {(parameter == progress ? "token" : TypeNames.Variable(parameter.Name))}");
        var made = method.Parameters.Length == 0 ? $"{type}.Instance" : $"new {type} {{ {string.Join(", ", members)} }}";
        code.Line("invoker.InvokeAsync(");
        code.Indented(() =>
        {
            code.Line($"\"{method.Name}\",");
            code.Line(progress is null ? $"{made}," : $"token => {made},");
            code.Line($"ContractJson.Default.{type},");
            code.Line($"ContractJson.Default.{TypeNames.Of(method.Result.Type)},");
            if (progress is not null)
            {
                code.Line($"{TypeNames.Variable(progress.Name)},");
                code.Line($"ContractJson.Default.{TypeNames.Of(((ProgressTokenType)progress.Type).Value)},");
            }

            code.Line("cancellationToken);");
        });
    }
}
