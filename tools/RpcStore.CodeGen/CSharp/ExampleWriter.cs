using System.Text.Json.Nodes;
using RpcStore.CodeGen.Model;
using RpcStore.CodeGen.Reference;

namespace RpcStore.CodeGen.CSharp;

/// <summary>Writes the examples of the contract as calls of the C# client.</summary>
internal static class ExampleWriter
{
    /// <summary>The file that has the tests compile and run them, relative to the root of the repository.</summary>
    public const string Path = "tests/RpcStore.EndToEnd/Contract/ReferenceExamples.g.cs";

    /// <summary>Makes the client.</summary>
    public const string Opening = "await using var client = RpcStoreClient.Connect(\"unix:/run/rpcstore/rpcstore.sock\");";

    // The longest line that a call is written on.
    private const int Width = 110;

    /// <summary>The statements of an example.</summary>
    public static IEnumerable<string> Lines(Method method, Example example)
    {
        var given = method.Parameters.Where(parameter => example.Parameters.ContainsKey(parameter.Name)).ToArray();
        foreach (var line in given.Where(NeedsVariable).SelectMany(parameter => Declare(parameter, example.Parameters[parameter.Name]!)))
        {
            yield return line;
        }

        var arguments = given.OrderBy(IsNamed).Select(parameter => Argument(parameter, example.Parameters[parameter.Name]!)).ToArray();
        var call = $"var {Answer(method)} = await client.{Identifiers.Pascal(method.Domain)}.{MethodNames.Call(method)}(";
        if (call.Length + arguments.Sum(argument => argument.Length + 2) <= Width)
        {
            yield return $"{call}{string.Join(", ", arguments)});";
            yield break;
        }

        yield return call;
        foreach (var (place, argument) in arguments.Index())
        {
            yield return $"    {argument}{(place == arguments.Length - 1 ? ");" : ",")}";
        }
    }

    /// <summary>A class with a method for each example.</summary>
    public static string Write(Contract contract)
    {
        var code = new CodeWriter(
            "RpcStore.EndToEnd.Contract", "System.Globalization", "RpcStore.Client", "RpcStore.Contract", "RpcStore.Digests");
        var examples = ReferenceExamples.Of(contract);
        code.Doc("summary", "The examples of spec/reference.md in C#.");
        code.Block("internal static class ReferenceExamples", () =>
        {
            code.Doc("summary", "Each by its method and its place among the examples of the method; a call gives its result.");
            code.Line("public static IReadOnlyList<(string Method, int Place, Func<RpcStoreClient, Task<object>> Call)> All { get; } =");
            code.Line("[");
            code.Indented(() =>
            {
                foreach (var (method, place, _) in examples)
                {
                    code.Line($"({DocText.Literal(method.Name)}, {place}, {Name(method, place)}),");
                }
            });
            code.Line("];");
            code.Blank();
            code.Doc("summary", "How they begin.");
            code.Block("public static async Task OpenAsync()", () => code.Line(Opening));
            foreach (var (method, place, example) in examples)
            {
                code.Blank();
                code.Block($"private static async Task<object> {Name(method, place)}(RpcStoreClient client)", () =>
                {
                    foreach (var line in Lines(method, example).Append($"return {Answer(method)};"))
                    {
                        code.Line(line);
                    }
                });
            }
        });
        return code.ToString();
    }

    private static string Name(Method method, int place) => $"{Identifiers.Pascal(method.Name)}{place}Async";

    /// <summary>The variable that the answer is kept in: named like the result, where nothing else has the name.</summary>
    private static string Answer(Method method)
    {
        var name = TypeNames.Variable(method.Result.Name);
        return name == "client" || method.Parameters.Any(parameter => TypeNames.Variable(parameter.Name) == name) ? "answer" : name;
    }

    private static bool NeedsVariable(Field parameter) => parameter.Type is ArrayType or ProgressTokenType;

    private static IEnumerable<string> Declare(Field parameter, JsonNode value)
    {
        var name = TypeNames.Variable(parameter.Name);
        if (parameter.Type is ProgressTokenType progress)
        {
            return [$"var {name} = new Progress<{TypeNames.Of(progress.Value)}>(Console.WriteLine);"];
        }

        var item = ((ArrayType)parameter.Type).Item;
        var items = value.AsArray().Select(one => Expression(item, one!)).ToArray();
        var single = $"{TypeNames.Of(item)}[] {name} = [{string.Join(", ", items)}];";
        return single.Length <= Width
            ? [single]
            : [$"{TypeNames.Of(item)}[] {name} =", "[", .. items.Select(one => $"    {one},"), "];"];
    }

    private static string Argument(Field parameter, JsonNode value)
    {
        var name = TypeNames.Variable(parameter.Name);
        var expression = NeedsVariable(parameter) ? name : Expression(parameter.Type, value);
        return IsNamed(parameter) ? $"{name}: {expression}" : expression;
    }

    /// <summary>Whether an argument goes by name: those that may be left out, behind the others.</summary>
    private static bool IsNamed(Field parameter) => !parameter.Required && parameter.Type is not ProgressTokenType;

    private static string Expression(ContractType type, JsonNode value) => type switch
    {
        StringType => DocText.Literal(value.GetValue<string>()),
        EnumType choice => $"{choice.Name}.{Identifiers.Pascal(value.GetValue<string>())}",
        BlobIdType => $"BlobId.Parse({DocText.Literal(value.GetValue<string>())})",
        TimeType => $"DateTimeOffset.Parse({DocText.Literal(value.GetValue<string>())}, CultureInfo.InvariantCulture)",
        BytesType => Bytes(value.GetValue<string>()),
        IntegerType => TypeNames.Number(value.GetValue<long>()),
        BooleanType => value.GetValue<bool>() ? "true" : "false",
        ArrayType array => $"[{string.Join(", ", value.AsArray().Select(item => Expression(array.Item, item!)))}]",
        ObjectType shape => $"new {shape.Name} {{ {string.Join(", ", shape.Fields.Where(field => value[field.Name] is not null).Select(field =>
            $"{Identifiers.Pascal(field.Name)} = {Expression(field.Type, value[field.Name]!)}"))} }}",
        _ => throw new NotSupportedException($"{type.GetType().Name} has no example in C#"),
    };

    private static string Bytes(string base64) => TextLiteral.AsText(Convert.FromBase64String(base64)) is { } text
        ? $"{DocText.Literal(text)}u8.ToArray()"
        : $"Convert.FromBase64String({DocText.Literal(base64)})";
}
