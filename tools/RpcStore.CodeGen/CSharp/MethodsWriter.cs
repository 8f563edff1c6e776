using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.CSharp;

/// <summary>Writes the table of a domain's methods: each reads its parameters and calls the service.</summary>
internal static class MethodsWriter
{
    /// <summary>One file with the table of a domain.</summary>
    public static string Write(Domain domain)
    {
        var service = MethodNames.Service(domain);
        var code = new CodeWriter(
            CSharpWriter.ContractNamespace, "RpcStore.Contract.Parameters", "RpcStore.Digests", "RpcStore.JsonRpc");
        code.Doc("summary", $"Makes the methods of `{domain.Name}` callable: holds parameters against the contract, then asks the service.");
        code.Block($"public static class {MethodNames.Methods(domain)}", () =>
        {
            foreach (var method in domain.Methods.Where(method => method.Parameters.Length > 0))
            {
                code.Line($"private static readonly ParameterTable {Identifiers.Pascal(method.Verb)}Parameters = {ReadingWriter.Table(method.Parameters)};");
            }

            code.Blank();
            code.Doc("summary", "The methods, for the table of a session.");
            code.Doc("param name=\"service\"", "What they ask.");
            code.Block($"public static IReadOnlyList<RpcMethod> Create({service} service)", () =>
            {
                code.Line("ArgumentNullException.ThrowIfNull(service);");
                code.Line("return");
                code.Line("[");
                code.Indented(() =>
                {
                    foreach (var method in domain.Methods)
                    {
                        code.Line($"new(\"{method.Name}\", \"{method.Access}\", (parameters, context) => {Identifiers.Pascal(method.Verb)}(parameters, context, service)),");
                    }
                });
                code.Line("];");
            });
            foreach (var method in domain.Methods)
            {
                code.Blank();
                WriteHandler(code, method, service);
            }
        });
        return code.ToString();
    }

    /// <summary>One file with a table of all domains, so that a server that lacks one does not compile.</summary>
    public static string WriteAll(Contract contract)
    {
        var code = new CodeWriter(CSharpWriter.ContractNamespace, "RpcStore.JsonRpc");
        code.Doc("summary", "All methods of the contract.");
        code.Block("public static class ContractMethods", () =>
        {
            code.Doc("summary", "The methods of every domain, for the table of a session.");
            foreach (var domain in contract.Domains)
            {
                code.Doc($"param name=\"{TypeNames.Variable(domain.Name)}\"", $"What the methods of `{domain.Name}` ask.");
            }

            var services = contract.Domains.Select(domain => $"{MethodNames.Service(domain)} {TypeNames.Variable(domain.Name)}");
            code.Line($"public static IReadOnlyList<RpcMethod> Create({string.Join(", ", services)}) =>");
            code.Line("[");
            code.Indented(() =>
            {
                foreach (var domain in contract.Domains)
                {
                    code.Line($".. {MethodNames.Methods(domain)}.Create({TypeNames.Variable(domain.Name)}),");
                }
            });
            code.Line("];");
        });
        return code.ToString();
    }

    private static void WriteHandler(CodeWriter code, Method method, string service)
    {
        var verb = Identifiers.Pascal(method.Verb);
        code.Block($"private static ValueTask {verb}(ReadOnlySpan<byte> parameters, CallContext context, {service} service)", () =>
        {
            if (method.Parameters.Length == 0)
            {
                code.Line("ParameterReader.RefuseAny(parameters);");
            }
            else
            {
                ReadingWriter.WriteVariables(code, method.Parameters);
                code.Line("var reader = new ParameterReader(parameters);");
                code.Line($"var members = reader.BeginParameters({verb}Parameters);");
                ReadingWriter.WriteLoop(code, method.Parameters);
            }

            var arguments = method.Parameters.Select(parameter => TypeNames.Variable(parameter.Name)).Append("context");
            var call = $"service.{MethodNames.Call(method)}({string.Join(", ", arguments)})";
            code.Line(method.Result.Type is RawJsonType
                ? $"return RawReply.SendAsync(context, {call});"
                : $"return context.ReplyAsync({call}, ContractJson.Default.{TypeNames.Of(method.Result.Type)});");
        });
    }
}
