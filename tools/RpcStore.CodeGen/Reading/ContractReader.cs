using System.Collections.Immutable;
using System.Text.Json.Nodes;
using RpcStore.CodeGen.Checking;
using RpcStore.CodeGen.Model;
using RpcStore.CodeGen.Sources;

namespace RpcStore.CodeGen.Reading;

/// <summary>Understands the authored contract, and refuses what is wrong or unsupported with its place.</summary>
public sealed class ContractReader
{
    private static readonly string[] AccessLevels = ["guest", "user", "admin"];
    private static readonly string[] JournalKinds = ["change", "read", "query"];

    private readonly SchemaReader schemas;
    private readonly Dictionary<string, SourceNode> components;
    private readonly ErrorTable errors;

    private ContractReader(ContractSource source)
    {
        components = GatherSchemas(source.Fragments);
        schemas = new SchemaReader(components);
        errors = ErrorTable.Read(source.Errors, schemas);
    }

    /// <summary>Reads the contract.</summary>
    /// <exception cref="ContractException">Something in it is wrong or not supported.</exception>
    public static Contract Read(ContractSource source)
    {
        var reader = new ContractReader(source);
        var info = source.Root.Get("info");
        var domains = source.Fragments.Select(reader.ReadDomain).ToImmutableArray();
        RefuseDuplicates(domains.SelectMany(domain => domain.Methods).Select(method => method.Name), source.Root, "method");
        var routes = source.Root.Get("x-routes").Items().Select(reader.ReadRoute).ToImmutableArray();
        return new Contract(info.Get("title").Text(), info.Get("version").Text(), domains, reader.errors.All, routes);
    }

    private static Dictionary<string, SourceNode> GatherSchemas(IReadOnlyList<SourceNode> fragments)
    {
        var gathered = new Dictionary<string, SourceNode>();
        foreach (var (name, schema) in fragments.SelectMany(fragment => fragment.Get("schemas").Members()))
        {
            if (!gathered.TryAdd(name, schema))
            {
                throw schema.Refuse($"the schema \"{name}\" is there twice; the other is at {gathered[name].Place}");
            }
        }

        return gathered;
    }

    private Domain ReadDomain(SourceNode fragment)
    {
        fragment.AllowOnly("methods", "schemas");
        var name = Path.GetFileNameWithoutExtension(fragment.Place.File);
        var methods = fragment.Get("methods").Items().Select(node => ReadMethod(name, node)).ToImmutableArray();
        var own = fragment.Get("schemas").Members()
            .ToImmutableSortedDictionary(member => member.Name, member => schemas.ReadComponent(member.Name, member.Node.Place), StringComparer.Ordinal);
        var types = fragment.Get("schemas").Members()
            .SelectMany(member => NamedWithin(own[member.Name], member.Name))
            .ToImmutableArray();
        RefuseDuplicates(types.Select(type => type is EnumType e ? e.Name : ((ObjectType)type).Name), fragment, "type");
        return new Domain(name, methods, types, own);
    }

    /// <summary>The types that a schema introduces: itself, and enums inside it that have no schema of their own.</summary>
    private IEnumerable<ContractType> NamedWithin(ContractType type, string schema) => type switch
    {
        EnumType choice when choice.Name == schema => [choice],
        ObjectType shape when shape.Name == schema =>
            shape.Fields.SelectMany(field => InnerNamed(field.Type)).Append(shape),
        _ => [],
    };

    private IEnumerable<ContractType> InnerNamed(ContractType type) => type switch
    {
        ArrayType array => InnerNamed(array.Item),
        EnumType choice when !components.ContainsKey(choice.Name) => [choice],
        ObjectType shape when !components.ContainsKey(shape.Name) => shape.Fields.SelectMany(field => InnerNamed(field.Type)).Append(shape),
        _ => [],
    };

    private Method ReadMethod(string domain, SourceNode node)
    {
        node.AllowOnly("name", "summary", "description", "tags", "x-access", "x-journal", "params", "result", "errors", "examples");
        var name = node.Get("name").Text().Split('.');
        if (name.Length != 2 || name[0] != domain || !name[1].All(char.IsAsciiLetter) || !char.IsAsciiLetterLower(name[1].FirstOrDefault()))
        {
            throw node.Get("name").Refuse($"a method of this fragment is named \"{domain}.verb\"");
        }

        var parameters = node.Get("params").Items().Select(p => ReadParameter(domain + "." + name[1], p)).ToImmutableArray();
        RefuseDuplicates(parameters.Select(p => p.Name), node.Get("params"), "parameter");
        if (parameters.SkipWhile(p => p.Required).Any(p => p.Required))
        {
            throw node.Get("params").Refuse("required parameters stand before optional ones");
        }

        var method = new Method(
            domain, name[1], node.Get("summary").Text(), node.Get("description").Text(), ReadAccess(node.Get("x-access")),
            ReadJournal(node.Get("x-journal")), parameters,
            ReadResult(domain + "." + name[1], node.Get("result")), errors.Resolve(node.Get("errors"), parameters.Length > 0), []);
        return method with { Examples = node.Get("examples").Items().Select(example => ReadExample(method, example)).ToImmutableArray() } is var whole
            && whole.Examples.Any(example => example.Error is null)
            ? whole
            : throw node.Get("examples").Refuse("there must be at least one example that ends with a result");
    }

    private Field ReadParameter(string method, SourceNode node)
    {
        node.AllowOnly("name", "required", "description", "schema", "x-progress");
        var field = schemas.ReadField(node.Get("name").Text(), node.Get("required").Flag(), node.Get("schema"), method, node.Get("description").Text());
        if (field.Type is ProgressTokenType)
        {
            return field.Required
                ? throw node.Refuse("a progress token is optional")
                : field with { Type = new ProgressTokenType(schemas.Read(node.Get("x-progress"), field.Name)) };
        }

        if (InnerNamed(field.Type).Any())
        {
            throw node.Get("schema").Refuse("enums and objects of parameters stand in \"schemas\", so that they have a name");
        }

        return field.Type is RawJsonType ? throw node.Get("schema").Refuse("raw JSON is not supported as a parameter") : field;
    }

    private Field ReadResult(string method, SourceNode node)
    {
        node.AllowOnly("name", "description", "schema");
        var name = node.Get("name").Text();
        var type = schemas.Read(node.Get("schema"), name);
        return type is RawJsonType || (type is ObjectType shape && components.ContainsKey(shape.Name))
            ? new Field(name, node.Find("description")?.Text() ?? $"The result of {method}.", true, type, null)
            : throw node.Get("schema").Refuse("a result is an object of \"schemas\", so that it can grow, or raw JSON");
    }

    private Example ReadExample(Method method, SourceNode node)
    {
        node.AllowOnly("name", "description", "params", "result", "x-error", "x-after", "x-result-varies", "x-result-is-prefix", "x-shown-only");
        var parameters = new JsonObject();
        foreach (var item in node.Get("params").Items())
        {
            item.AllowOnly("name", "value");
            parameters.Add(item.Get("name").Text(), item.Get("value").Value?.DeepClone());
        }

        ValueChecker.CheckFields(parameters, method.Parameters).ThrowAt(node.Get("params").Place);
        var isPrefix = node.Find("x-result-is-prefix")?.Flag() ?? false;
        if (node.Find("x-error") is { } error)
        {
            return method.Errors.Any(e => e.Name == error.Text())
                ? new Example(node.Get("name").Text(), parameters, null, error.Text(), isPrefix, node.Place)
                : throw error.Refuse($"{method.Name} does not raise \"{error.Text()}\"");
        }

        var result = node.Get("result");
        result.AllowOnly("name", "value");
        ValueChecker.Check(result.Get("value").Value, method.Result.Type).ThrowAt(result.Get("value").Place);
        return new Example(node.Get("name").Text(), parameters, result.Get("value").Value, null, isPrefix, node.Place)
        {
            ResultVaries = node.Find("x-result-varies")?.Flag() ?? false,
            ShownOnly = node.Find("x-shown-only")?.Text(),
            After = node.Find("x-after") is { } earlier ? ReadEarlierCall(earlier) : null,
        };
    }

    private static EarlierCall ReadEarlierCall(SourceNode node)
    {
        node.AllowOnly("method", "params", "bind");
        return new EarlierCall(
            node.Get("method").Text(),
            node.Get("params").Value as JsonObject ?? throw node.Get("params").Refuse("must be an object"),
            node.Find("bind")?.Text());
    }

    private Route ReadRoute(SourceNode node)
    {
        node.AllowOnly("method", "path", "access", "journal", "summary", "errors", "body", "result");
        return new Route(
            node.Get("method").Text(), node.Get("path").Text(), ReadAccess(node.Get("access")), ReadJournal(node.Get("journal")),
            node.Get("summary").Text(),
            ReadErrorForm(node.Find("errors")),
            ReadDocument(node.Find("body")), ReadDocument(node.Find("result")));
    }

    private ObjectType? ReadDocument(SourceNode? name) =>
        name is null ? null
        : schemas.ReadComponent(name.Text(), name.Place) as ObjectType ?? throw name.Refuse("must be an object of \"schemas\"");

    private static string ReadAccess(SourceNode node) =>
        AccessLevels.Contains(node.Text()) ? node.Text() : throw node.Refuse($"must be one of {string.Join(", ", AccessLevels)}");

    private static string ReadJournal(SourceNode node) =>
        JournalKinds.Contains(node.Text()) ? node.Text() : throw node.Refuse($"must be one of {string.Join(", ", JournalKinds)}");

    private static string ReadErrorForm(SourceNode? node) =>
        node is null ? "json"
        : node.Text() is "json" or "text" ? node.Text()
        : throw node.Refuse("must be one of json, text");

    private static void RefuseDuplicates(IEnumerable<string> names, SourceNode at, string what)
    {
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw at.Refuse($"the {what} \"{twice.Key}\" is there twice");
        }
    }
}
