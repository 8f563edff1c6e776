using RpcStore.CodeGen.Model;
using RpcStore.CodeGen.Patterns;

namespace RpcStore.CodeGen.CSharp;

/// <summary>Writes patterns as code that reads a text forward once.</summary>
internal static class PatternsWriter
{
    /// <summary>One file with a test for each pattern that parameters have.</summary>
    public static string Write(Contract contract)
    {
        var sent = contract.Methods.SelectMany(method => method.Parameters).Select(parameter => parameter.Type)
            .Concat(contract.Routes.Select(route => route.Body).OfType<ContractType>());
        var code = new CodeWriter(CSharpWriter.ContractNamespace);
        code.Doc("summary", "The patterns of the contract as code: each reads a text forward once, in time that grows with the text alone.");
        code.Block("internal static class Patterns", () =>
        {
            foreach (var text in sent.SelectMany(TextsWithin).DistinctBy(text => text.Name).OrderBy(text => text.Name, StringComparer.Ordinal))
            {
                WriteTest(code, text.Name, text.Pattern!);
                code.Blank();
            }
        });
        return code.ToString();
    }

    private static IEnumerable<StringType> TextsWithin(ContractType type) => type switch
    {
        StringType { Pattern: not null } text => [text],
        ArrayType array => TextsWithin(array.Item),
        ObjectType shape => shape.Fields.SelectMany(field => TextsWithin(field.Type)),
        _ => [],
    };

    private static void WriteTest(CodeWriter code, string name, Pattern pattern)
    {
        code.Doc("summary", $"Whether a text matches `{pattern.Text}`.");
        code.Block($"public static bool Is{name}(ReadOnlySpan<char> text)", () =>
        {
            code.Line("var at = 0;");
            for (var i = 0; i < pattern.Items.Length; i++)
            {
                WriteItem(code, pattern.Items[i], i);
                code.Blank();
            }

            code.Line("return at == text.Length;");
        });
    }

    private static void WriteItem(CodeWriter code, PatternItem item, int number)
    {
        var tests = item.Unit.Select((set, offset) => Test(set, offset == 0 ? "text[at]" : $"text[at + {offset}]"));
        var stands = $"at + {item.Unit.Length} <= text.Length && {string.Join(" && ", tests)}";
        var advance = item.Unit.Length == 1 ? "at++;" : $"at += {item.Unit.Length};";
        switch (item)
        {
            case { Minimum: 1, Maximum: 1 }:
                code.Block($"if (!({stands}))", () => code.Line("return false;"));
                code.Blank();
                code.Line(advance);
                break;
            case { Minimum: 0, Maximum: 1 }:
                code.Block($"if ({stands})", () => code.Line(advance));
                break;
            case { Minimum: 0, Maximum: int.MaxValue }:
                code.Block($"while ({stands})", () => code.Line(advance));
                break;
            default:
                WriteCounted(code, item, $"count{number}", stands, advance);
                break;
        }
    }

    private static void WriteCounted(CodeWriter code, PatternItem item, string count, string stands, string advance)
    {
        code.Line($"var {count} = 0;");
        var limit = item.Maximum == int.MaxValue ? "" : $"{count} < {item.Maximum} && ";
        code.Block($"while ({limit}{stands})", () =>
        {
            code.Line(advance);
            code.Line($"{count}++;");
        });
        if (item.Minimum > 0)
        {
            code.Blank();
            code.Block($"if ({count} < {item.Minimum})", () => code.Line("return false;"));
        }
    }

    private static string Test(CharacterSet set, string character) =>
        $"{character} is {string.Join(" or ", set.Ranges.Select(range => range.First == range.Last ? Quote(range.First) : $"(>= {Quote(range.First)} and <= {Quote(range.Last)})"))}";

    private static string Quote(char c) => c is '\'' or '\\' ? $"'\\{c}'" : $"'{c}'";
}
