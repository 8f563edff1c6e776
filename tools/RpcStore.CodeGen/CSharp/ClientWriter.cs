using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.CSharp;

/// <summary>Writes the client of a domain: a method for each method of the contract.</summary>
internal static class ClientWriter
{
    /// <summary>One file with the client.</summary>
    public static string Write(Domain domain)
    {
        var code = new CodeWriter("RpcStore.Client", "System.Text.Json", "RpcStore.Contract", "RpcStore.Digests", "RpcStore.JsonRpc");
        code.Doc("summary", $"Calls the methods of `{domain.Name}`. Calls may overlap, from any thread.");
        code.Doc("param name=\"invoker\"", "The connection.");
        code.Block($"public sealed class {MethodNames.Client(domain)}(IRpcInvoker invoker)", () =>
        {
            foreach (var method in domain.Methods)
            {
                WriteMethod(code, method, progress: null);
                code.Blank();
                if (method.Parameters.FirstOrDefault(parameter => parameter.Type is ProgressTokenType) is { } progress)
                {
                    WriteMethod(code, method, progress);
                    code.Blank();
                }
            }
        });
        return code.ToString();
    }

    private static void WriteMethod(CodeWriter code, Method method, Field? progress)
    {
        var parameters = method.Parameters.Where(parameter => parameter.Type is not ProgressTokenType).ToArray();
        WriteDocs(code, method, parameters, progress);
        var signature = parameters.Where(parameter => parameter.Required).Select(Declare)
            .Concat(progress is null ? [] : [$"IProgress<{ProgressValue(progress)}> {TypeNames.Variable(progress.Name)}"])
            .Concat(parameters.Where(parameter => !parameter.Required).Select(Declare))
            .Append("CancellationToken cancellationToken = default");
        code.Line($"public ValueTask<{TypeNames.Of(method.Result.Type)}> {MethodNames.Call(method)}({string.Join(", ", signature)}) =>");
        code.Indented(() =>
        {
            code.Line("invoker.InvokeAsync(");
            code.Indented(() => WriteArguments(code, method, parameters, progress));
        });
    }

    private static void WriteArguments(CodeWriter code, Method method, Field[] parameters, Field? progress)
    {
        var type = MethodNames.ParametersType(method);
        var members = parameters.Select(parameter => $"{Identifiers.Pascal(parameter.Name)} = {TypeNames.Variable(parameter.Name)}")
            .Concat(progress is null ? [] : [$"{Identifiers.Pascal(progress.Name)} = token"]);
        var made = method.Parameters.Length == 0 ? $"{type}.Instance" : $"new {type} {{ {string.Join(", ", members)} }}";
        code.Line($"\"{method.Name}\",");
        code.Line(progress is null ? $"{made}," : $"token => {made},");
        code.Line($"ContractJson.Default.{type},");
        code.Line($"ContractJson.Default.{TypeNames.Of(method.Result.Type)},");
        if (progress is not null)
        {
            code.Line($"{TypeNames.Variable(progress.Name)},");
            code.Line($"ContractJson.Default.{ProgressValue(progress)},");
        }

        code.Line("cancellationToken);");
    }

    private static void WriteDocs(CodeWriter code, Method method, Field[] parameters, Field? progress)
    {
        code.Doc("summary", method.Summary);
        foreach (var parameter in parameters.Where(parameter => parameter.Required))
        {
            code.Doc($"param name=\"{TypeNames.Variable(parameter.Name).TrimStart('@')}\"", parameter.Description);
        }

        if (progress is not null)
        {
            code.Doc($"param name=\"{TypeNames.Variable(progress.Name)}\"", "Gets what the server reports while the call runs.");
        }

        foreach (var parameter in parameters.Where(parameter => !parameter.Required))
        {
            var fallback = parameter.Default is null ? "" : $" `{parameter.Default.ToJsonString().Trim('"')}` when null.";
            code.Doc($"param name=\"{TypeNames.Variable(parameter.Name).TrimStart('@')}\"", parameter.Description + fallback);
        }

        code.Doc("param name=\"cancellationToken\"", "Cancels the call, on the server too.");
        MethodNames.DocErrors(code, method.Errors);
        code.Doc("remarks", method.Description);
    }

    private static string Declare(Field parameter) =>
        $"{TypeNames.OfField(parameter)} {TypeNames.Variable(parameter.Name)}{(parameter.Required ? "" : " = null")}";

    private static string ProgressValue(Field progress) => TypeNames.Of(((ProgressTokenType)progress.Type).Value);
}
