using System.Text.Json.Nodes;
using RpcStore.CodeGen.Model;
using RpcStore.CodeGen.Reference;

namespace RpcStore.CodeGen.TypeScript;

/// <summary>Writes the examples of the contract as calls of the TypeScript client, in shapes that prettier leaves alone.</summary>
internal static class ExampleWriter
{
    /// <summary>The file that has the package's tests compile them, relative to the root of the repository.</summary>
    public const string Path = "clients/typescript/test/reference.ts";

    /// <summary>Makes the client.</summary>
    public const string Opening = "const client = connect(\"unix:/run/rpcstore/rpcstore.sock\");";

    // In the file the examples are a step further in than in the reference.
    private const int Width = CodeWriter.Width - 2;

    /// <summary>The statements of an example.</summary>
    public static IEnumerable<string> Lines(Method method, Example example)
    {
        var given = method.Parameters.Where(parameter => example.Parameters.ContainsKey(parameter.Name)).ToArray();
        var required = given.Where(parameter => parameter.Required).ToArray();
        var options = given.Where(parameter => !parameter.Required).Select(parameter => Option(parameter, example.Parameters[parameter.Name]!)).ToArray();
        var declared = given.Where(parameter => NeedsVariable(parameter, example)).SelectMany(parameter => Declare(parameter, example.Parameters[parameter.Name]!));
        var arguments = required.Select(parameter => NeedsVariable(parameter, example)
            ? TypeNames.Variable(parameter)
            : Expression(parameter.Type, example.Parameters[parameter.Name]!)).ToArray();
        var answer = Answer(method);
        var head = $"const {answer} = await client.{Identifiers.Camel(method.Domain)}.{Identifiers.Camel(method.Verb)}(";
        return [.. declared, .. Call(head, arguments, options), $"console.log({answer});"];
    }

    /// <summary>A module with a function for each example.</summary>
    public static string Write(Contract contract)
    {
        var code = new CodeWriter();
        code.Line("import { connect, type RpcStoreClient } from \"../src/node.js\";");
        code.Blank();
        code.Doc("How the examples of spec/reference.md begin.");
        code.Block("export function open(): RpcStoreClient {", () =>
        {
            code.Line(Opening);
            code.Line("return client;");
        });
        foreach (var (method, place, example) in ReferenceExamples.Of(contract))
        {
            code.Blank();
            code.Block($"export async function {Identifiers.Camel(method.Name)}{place}(client: RpcStoreClient): Promise<void> {{", () =>
            {
                foreach (var line in Lines(method, example))
                {
                    code.Line(line);
                }
            });
        }

        return code.ToString();
    }

    private static IEnumerable<string> Call(string head, string[] arguments, string[] options)
    {
        string[] all = options.Length == 0 ? arguments : [.. arguments, $"{{ {string.Join(", ", options)} }}"];
        var single = $"{head}{string.Join(", ", all)});";
        if (single.Length <= Width)
        {
            return [single];
        }

        // What stands before the options stays beside the bracket where it fits; otherwise each argument has a line of its own.
        var before = head + string.Concat(arguments.Select(argument => argument + ", "));
        return options.Length > 0 && before.Length < Width
            ? [before + "{", .. options.Select(option => $"  {option},"), "});"]
            : [head, .. all.Select(argument => $"  {argument},"), ");"];
    }

    /// <summary>The variable that the answer is kept in: named like the result, where nothing else has the name.</summary>
    private static string Answer(Method method) =>
        method.Result.Name == "client" || method.Parameters.Any(parameter => parameter.Name == method.Result.Name)
            ? "answer"
            : TypeNames.Variable(method.Result);

    private static bool NeedsVariable(Field parameter, Example example) => parameter.Type switch
    {
        ArrayType => true,
        BytesType => TextLiteral.AsText(Convert.FromBase64String(example.Parameters[parameter.Name]!.GetValue<string>())) is null,
        _ => false,
    };

    private static IEnumerable<string> Declare(Field parameter, JsonNode value)
    {
        var name = TypeNames.Variable(parameter);
        if (parameter.Type is not ArrayType array)
        {
            var literal = DocText.Literal(value.GetValue<string>());
            var single = $"const base64 = {literal};";
            IEnumerable<string> text = single.Length <= Width ? [single] : ["const base64 =", $"  {literal};"];
            return [.. text, $"const {name} = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));"];
        }

        // Otherwise the compiler takes a word of an enum for any text.
        var exact = array.Item is EnumType or ObjectType ? " as const" : "";
        var items = value.AsArray().Select(item => Expression(array.Item, item!)).ToArray();
        var line = $"const {name} = [{string.Join(", ", items)}]{exact};";
        return line.Length <= Width ? [line] : [$"const {name} = [", .. items.Select(item => $"  {item},"), $"]{exact};"];
    }

    private static string Option(Field parameter, JsonNode value)
    {
        if (parameter.Type is ProgressTokenType)
        {
            return "onProgress: (value) => console.log(value)";
        }

        var name = TypeNames.Option(parameter);
        var expression = parameter.Type is ArrayType ? TypeNames.Variable(parameter) : Expression(parameter.Type, value);
        return name == expression ? name : $"{name}: {expression}";
    }

    private static string Expression(ContractType type, JsonNode value) => type switch
    {
        StringType or EnumType or BlobIdType or TimeType => DocText.Literal(value.GetValue<string>()),
        BytesType => Bytes(value.GetValue<string>()),
        IntegerType => Number(value.GetValue<long>()),
        BooleanType => value.GetValue<bool>() ? "true" : "false",
        ArrayType array => $"[{string.Join(", ", value.AsArray().Select(item => Expression(array.Item, item!)))}]",
        ObjectType shape => $"{{ {string.Join(", ", shape.Fields.Where(field => value[field.Name] is not null)
            .Select(field => $"{field.Name}: {Expression(field.Type, value[field.Name]!)}"))} }}",
        _ => throw new NotSupportedException($"{type.GetType().Name} has no example in TypeScript"),
    };

    private static string Bytes(string base64) => TextLiteral.AsText(Convert.FromBase64String(base64)) is { } text
        ? $"new TextEncoder().encode({DocText.Literal(text)})"
        : $"Uint8Array.from(atob({DocText.Literal(base64)}), (char) => char.charCodeAt(0))";

    private static string Number(long number) => Math.Abs((decimal)number) < (1L << 53) ? $"{number}" : $"{number}n";
}
