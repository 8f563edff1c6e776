using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.TypeScript;

/// <summary>Writes the data types of a domain: interfaces, and unions of strings that stay open.</summary>
internal static class TypesWriter
{
    /// <summary>The names that come from the runtime.</summary>
    public static readonly string[] RuntimeTypes = ["BlobId", "JsonObject", "Timestamp"];

    /// <summary>One file with the types of a domain.</summary>
    public static string Write(Domain domain, Contract contract)
    {
        var code = new CodeWriter();
        var shapes = domain.Types.OfType<ObjectType>().ToArray();
        string[] used = [.. shapes.SelectMany(shape => shape.Fields).Select(field => TypeNames.NameWithin(field.Type, isParameter: false))];
        var values = domain.Types.OfType<EnumType>().Any() ? ["UnknownValue"] : Array.Empty<string>();
        code.Imports([("../../calls/values.js", used.Where(RuntimeTypes.Contains).Concat(values), true), .. FromDomains(contract, used, domain, "./")]);
        foreach (var type in domain.Types)
        {
            if (type is EnumType choice)
            {
                WriteEnum(code, choice);
            }
            else
            {
                WriteObject(code, (ObjectType)type);
            }
        }

        return code.ToString();
    }

    /// <summary>The imports of types from the files of their domains.</summary>
    public static IEnumerable<(string Module, IEnumerable<string> Names, bool TypesOnly)> FromDomains(
        Contract contract, IReadOnlyCollection<string> used, Domain? except, string folder) =>
        contract.Domains.Where(domain => domain.Name != except?.Name)
            .OrderBy(domain => domain.Name, StringComparer.Ordinal)
            .Select(domain => ($"{folder}{domain.Name}.js", NamesOf(domain).Intersect(used), true));

    private static IEnumerable<string> NamesOf(Domain domain) =>
        domain.Types.SelectMany(type => type is EnumType choice ? [choice.Name, TypeNames.KnownValues(choice)] : (string[])[TypeNames.Of(type)]);

    private static void WriteObject(CodeWriter code, ObjectType shape)
    {
        code.Doc(shape.Description);
        code.Block($"export interface {shape.Name} {{", () =>
        {
            foreach (var field in shape.Fields)
            {
                code.Doc(Describe(field));
                code.Line($"readonly {field.Name}{(field.Required ? "" : "?")}: {TypeNames.Of(field.Type)};");
            }
        });
        code.Blank();
    }

    private static void WriteEnum(CodeWriter code, EnumType choice)
    {
        var known = TypeNames.KnownValues(choice);
        code.Doc($"The values of `{choice.Name}` that this version knows. {choice.Description}");
        code.Union(known, [.. choice.Values.Select(DocText.Literal)]);
        code.Blank();
        code.Doc($"{choice.Description} A newer server may send a value that is not known here.");
        code.Line($"export type {choice.Name} = {known} | UnknownValue;");
        code.Blank();
    }

    private static string Describe(Field field) =>
        field.Default is null ? field.Description : $"{field.Description} `{field.Default.ToJsonString().Trim('"')}` when absent.";
}
