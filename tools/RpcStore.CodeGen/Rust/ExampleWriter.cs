using System.Text.Json.Nodes;
using RpcStore.CodeGen.Model;
using RpcStore.CodeGen.Reference;

namespace RpcStore.CodeGen.Rust;

/// <summary>Writes the examples of the contract as calls of the Rust client, in shapes that rustfmt leaves alone.</summary>
internal static class ExampleWriter
{
    /// <summary>The file that has the crate's tests compile them, relative to the root of the repository.</summary>
    public const string Path = "clients/rust/tests/reference.rs";

    /// <summary>Makes the client.</summary>
    public const string Opening = "let client = Client::connect(\"unix:/run/rpcstore/rpcstore.sock\").await?;";

    // The longest chain of calls that rustfmt keeps on one line, and the longest argument that is written inside a call: with a
    // few of them a call stays below the width at which rustfmt breaks it.
    private const int ChainWidth = 60;
    private const int ArgumentWidth = 24;

    // In the file the examples are a step further in than in the reference.
    private const int Width = RustCode.Width - 4;

    /// <summary>The statements of an example.</summary>
    public static IEnumerable<string> Lines(Method method, Example example)
    {
        var given = method.Parameters.Where(parameter => example.Parameters.ContainsKey(parameter.Name)).ToArray();
        var declared = given.Where(parameter => NeedsVariable(parameter, example)).SelectMany(parameter => Declare(parameter, example.Parameters[parameter.Name]!));
        var required = given.Where(parameter => parameter.Required).Select(parameter => Argument(parameter, example));
        string[] chain =
        [
            $".{RustNames.Variable(method.Domain)}()",
            $".{RustNames.Variable(method.Verb)}({string.Join(", ", required)})",
            .. given.Where(parameter => !parameter.Required).Select(parameter => $".{RustNames.Setter(parameter.Name)}({Argument(parameter, example)})"),
            ".await?",
        ];
        var answer = Answer(method);
        var single = "client" + string.Concat(chain);
        IEnumerable<string> call = single.Length <= ChainWidth
            ? [$"let {answer} = {single};"]
            : [$"let {answer} = client", .. chain[..^1].Select(link => $"    {link}"), $"    {chain[^1]};"];
        return [.. declared, .. call, $"println!(\"{{{answer}:?}}\");"];
    }

    /// <summary>A test target with a function for each example: one compilation for all of them.</summary>
    public static string Write(Contract contract)
    {
        var code = new RustCode("The examples of spec/reference.md: that they compile is the test.");
        code.Line("#![allow(dead_code)]");
        code.Blank();
        code.Line("use rpcstore_client::types::*;");
        code.Line("use rpcstore_client::{Base64, BlobId, Client};");
        code.Blank();
        code.Line("type Outcome = Result<(), Box<dyn std::error::Error>>;");
        code.Blank();
        code.Block("async fn open() -> Outcome {", () =>
        {
            code.Line(Opening);
            code.Line("drop(client);");
            code.Line("Ok(())");
        });
        foreach (var (method, place, example) in ReferenceExamples.Of(contract))
        {
            code.Blank();
            code.Block($"async fn {RustNames.Variable($"{method.Name}_{place}")}(client: &Client) -> Outcome {{", () =>
            {
                foreach (var line in Lines(method, example).Append("Ok(())"))
                {
                    code.Line(line);
                }
            });
        }

        return code.ToString();
    }

    /// <summary>The variable that the answer is kept in: named like the result, where nothing else has the name.</summary>
    private static string Answer(Method method)
    {
        var name = RustNames.Variable(method.Result.Name);
        return name == "client" || name.StartsWith("r#", StringComparison.Ordinal) || method.Parameters.Any(parameter => RustNames.Variable(parameter.Name) == name)
            ? "answer"
            : name;
    }

    private static bool NeedsVariable(Field parameter, Example example) => parameter.Type switch
    {
        ArrayType => true,
        ProgressTokenType => false,
        _ => Expression(parameter.Type, example.Parameters[parameter.Name]!).Length > ArgumentWidth,
    };

    private static IEnumerable<string> Declare(Field parameter, JsonNode value)
    {
        var name = RustNames.Variable(parameter.Name);
        if (parameter.Type is not ArrayType array)
        {
            var expression = Expression(parameter.Type, value);
            var type = expression.EndsWith(".parse()?", StringComparison.Ordinal) ? $": {RustNames.TypeOf(parameter.Type)}" : "";
            return Let($"let {name}{type} =", expression);
        }

        var items = value.AsArray().Select(item => Item(array.Item, item!)).ToArray();
        var head = $"let {name}: [{RustNames.TypeOf(array.Item)}; {items.Length}] =";
        var content = string.Join(", ", items);
        return items.Length == 1 || content.Length <= RustCode.ArrayWidth
            ? Let(head, $"[{content}]")
            : [head + " [", .. items.Select(item => $"    {item},"), "];"];
    }

    /// <summary>A statement, in two lines where that lets it fit; what fits nowhere rustfmt leaves alone.</summary>
    private static string[] Let(string head, string expression) =>
        head.Length + expression.Length + 2 > Width && expression.Length + 5 <= Width
            ? [head, $"    {expression};"]
            : [$"{head} {expression};"];

    private static string Argument(Field parameter, Example example)
    {
        var name = RustNames.Variable(parameter.Name);
        return parameter.Type switch
        {
            ProgressTokenType => "|value| println!(\"{value:?}\")",
            ArrayType { Item: BlobIdType } => $"&{name}",
            _ => NeedsVariable(parameter, example) ? name : Expression(parameter.Type, example.Parameters[parameter.Name]!),
        };
    }

    private static string Expression(ContractType type, JsonNode value) => type switch
    {
        StringType => Literal(value.GetValue<string>()),
        EnumType choice => $"{choice.Name}::{RustNames.Variant(value.GetValue<string>())}",
        BlobIdType or TimeType => $"{Literal(value.GetValue<string>())}.parse()?",
        BytesType => TextLiteral.AsText(Convert.FromBase64String(value.GetValue<string>())) is { } text
            ? Literal(text)
            : $"{Literal(value.GetValue<string>())}.parse()?",
        IntegerType => $"{value.GetValue<long>()}",
        BooleanType => value.GetValue<bool>() ? "true" : "false",
        ArrayType array => $"vec![{string.Join(", ", value.AsArray().Select(item => Item(array.Item, item!)))}]",
        ObjectType shape when shape.Fields.All(field => field.Required || value[field.Name] is null) =>
            $"{shape.Name}::new({string.Join(", ", shape.Fields.Where(field => field.Required).Select(field => Expression(field.Type, value[field.Name]!)))})",
        _ => throw new NotSupportedException($"{type.GetType().Name} has no example in Rust"),
    };

    /// <summary>A value in a list, whose type must be exact; an argument by itself may be whatever can become it.</summary>
    private static string Item(ContractType type, JsonNode value) => (type, Expression(type, value)) switch
    {
        (StringType, var literal) => $"{literal}.into()",
        (BytesType, ['"', .., '"'] literal) => $"Base64::new({literal})",
        (_, var expression) => expression,
    };

    private static string Literal(string text) => $"\"{TextLiteral.Escape(text, @"\u{{{0}}}")}\"";
}
