using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.TypeScript;

/// <summary>Writes the client of a domain: a method for each method of the contract, with its options.</summary>
internal static class ClientWriter
{
    /// <summary><c>blobs</c> → <c>BlobsClient</c>.</summary>
    public static string ClassName(Domain domain) => $"{Identifiers.Pascal(domain.Name)}Client";

    /// <summary>One file with the client of a domain.</summary>
    public static string Write(Domain domain, Contract contract)
    {
        var code = new CodeWriter();
        WriteImports(code, domain, contract);
        foreach (var method in domain.Methods.Where(HasOptions))
        {
            WriteOptions(code, method);
        }

        code.Doc($"Calls the methods of `{domain.Name}`. Calls may overlap.");
        code.Block($"export class {ClassName(domain)} {{", () =>
        {
            code.Line("readonly #invoker: Invoker;");
            code.Blank();
            code.Doc("Makes a client.", "@param invoker - Carries the calls.");
            code.Block("constructor(invoker: Invoker) {", () => code.Line("this.#invoker = invoker;"));
            foreach (var method in domain.Methods)
            {
                code.Blank();
                WriteMethod(code, method);
            }
        });
        return code.ToString();
    }

    /// <summary>One file with the clients of all domains.</summary>
    public static string WriteAll(Contract contract)
    {
        var code = new CodeWriter();
        code.Imports(
        [
            ("../calls/invoker.js", ["Invoker"], true),
            .. contract.Domains.OrderBy(domain => domain.Name, StringComparer.Ordinal)
                .Select(domain => ($"./clients/{domain.Name}.js", (IEnumerable<string>)[ClassName(domain)], false)),
        ]);
        code.Doc("The methods of the contract, domain by domain.");
        code.Block("export class ContractClients {", () =>
        {
            foreach (var domain in contract.Domains)
            {
                code.Doc($"The methods of `{domain.Name}`.");
                code.Line($"readonly {Identifiers.Camel(domain.Name)}: {ClassName(domain)};");
            }

            code.Blank();
            code.Doc("Makes the clients.", "@param invoker - Carries the calls.");
            code.Block("constructor(invoker: Invoker) {", () =>
            {
                foreach (var domain in contract.Domains)
                {
                    code.Line($"this.{Identifiers.Camel(domain.Name)} = new {ClassName(domain)}(invoker);");
                }
            });
        });
        return code.ToString();
    }

    private static void WriteImports(CodeWriter code, Domain domain, Contract contract)
    {
        string[] used =
        [
            .. domain.Methods.SelectMany(method => method.Parameters).Select(parameter => parameter.Type is ProgressTokenType progress
                ? TypeNames.NameWithin(progress.Value, isParameter: false)
                : TypeNames.NameWithin(parameter.Type, isParameter: true)),
            .. domain.Methods.Select(method => TypeNames.NameWithin(method.Result.Type, isParameter: false)),
        ];
        var shapes = domain.Methods.Select(method => method.Result.Type)
            .Concat(domain.Methods.SelectMany(method => method.Parameters).Select(parameter => parameter.Type)
                .OfType<ProgressTokenType>().Select(progress => progress.Value))
            .OfType<ObjectType>().Select(TypeNames.ShapeName);
        code.Imports(
        [
            ("../../calls/invoker.js", ["CallOptions", "Invoker"], true),
            ("../../calls/values.js", used.Where(TypesWriter.RuntimeTypes.Contains), true),
            ("../shapes.js", shapes, false),
            .. TypesWriter.FromDomains(contract, used, except: null, "../types/"),
        ]);
    }

    private static bool HasOptions(Method method) => method.Parameters.Any(parameter => !parameter.Required);

    private static string OptionsType(Method method) => HasOptions(method) ? $"{Identifiers.Pascal(method.Name)}Options" : "CallOptions";

    private static Field? Progress(Method method) => method.Parameters.FirstOrDefault(parameter => parameter.Type is ProgressTokenType);

    private static void WriteOptions(CodeWriter code, Method method)
    {
        code.Doc($"What `{method.Name}` may be given beside what it must.");
        code.Block($"export interface {OptionsType(method)} extends CallOptions {{", () =>
        {
            foreach (var parameter in method.Parameters.Where(parameter => !parameter.Required))
            {
                if (parameter.Type is ProgressTokenType progress)
                {
                    code.Doc("Gets what the server reports while the call runs. Over HTTP there is nobody to report to.");
                    code.Line($"readonly onProgress?: ((value: {TypeNames.Of(progress.Value)}) => void) | undefined;");
                    continue;
                }

                var fallback = parameter.Default is null ? "" : $" `{parameter.Default.ToJsonString().Trim('"')}` when left out.";
                code.Doc(parameter.Description + fallback);
                code.Line($"readonly {TypeNames.Option(parameter)}?: {TypeNames.OfParameter(parameter.Type)} | undefined;");
            }
        });
        code.Blank();
    }

    private static void WriteMethod(CodeWriter code, Method method)
    {
        var required = method.Parameters.Where(parameter => parameter.Required).ToArray();
        WriteDocs(code, method, required);
        code.List(
            $"{Identifiers.Camel(method.Verb)}(",
            [.. required.Select(parameter => $"{TypeNames.Variable(parameter)}: {TypeNames.OfParameter(parameter.Type)}"), $"options?: {OptionsType(method)}"],
            $"): Promise<{TypeNames.Of(method.Result.Type)}> {{");
        code.Body(() =>
        {
            var progress = Progress(method);
            var sent = method.Parameters.Where(parameter => parameter != progress).ToArray();
            if (sent.Length > 0)
            {
                code.Object("const params = ", [.. sent.Select(parameter => Argument(parameter))], ";");
            }

            string[] arguments =
            [
                DocText.Literal(method.Name), sent.Length > 0 ? "params" : "{}", TypeNames.Shape(method.Result.Type), "options",
                .. progress is null ? [] : (string[])[DocText.Literal(progress.Name), TypeNames.Shape(((ProgressTokenType)progress.Type).Value), "options?.onProgress"],
            ];
            code.List("return this.#invoker.call(", arguments, ");");
        });
    }

    private static string Argument(Field parameter)
    {
        var value = parameter.Required ? TypeNames.Variable(parameter) : $"options?.{TypeNames.Option(parameter)}";
        return value == parameter.Name ? value : $"{parameter.Name}: {value}";
    }

    private static void WriteDocs(CodeWriter code, Method method, Field[] required) => code.Doc(
    [
        method.Summary,
        $"{method.Description} Access: `{method.Access}`.",
        .. required.Select(parameter => $"@param {TypeNames.Variable(parameter)} - {parameter.Description}"),
        $"@param options - {(HasOptions(method) ? "Optional parameters, and how" : "How")} to call.",
        .. method.Errors.Select(error => $"@throws {{@link {ErrorsWriter.ClassName(error)}}} {error.When}"),
    ]);
}
