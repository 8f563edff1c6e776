using System.Text.Json.Nodes;
using RpcStore.ContractTest.Document;

namespace RpcStore.ContractTest.Cases;

/// <summary>
/// Calls with one thing wrong about their parameters, made from the schemas: each has to be refused before anything is done.
/// </summary>
/// <param name="document">The document.</param>
internal sealed class ViolationCases(ContractDocument document)
{
    private const string NoSuchParameter = "no such parameter";

    private readonly SchemaViolations violations = new(document);

    /// <summary>Parameters that no method has.</summary>
    public static JsonObject Impossible(DocumentMethod method)
    {
        var name = NoSuchParameter;
        while (method.Parameters.Any(parameter => parameter.Name == name))
        {
            name += "!";
        }

        return new JsonObject { [name] = true };
    }

    /// <summary>The cases of a method; none when the document has no error for them.</summary>
    public IEnumerable<TestCase> Of(DocumentMethod method)
    {
        if (document.FindError("invalidParams") is not { } error)
        {
            return [];
        }

        return FindAll(method).Select(violation => new TestCase(
            method, CaseKind.InvalidParams, violation.Name, (JsonObject)violation.Value!, new ViolationExpectation(error, violation.Pointer))
        {
            Error = error,
            Untried = violation.Untried,
        });
    }

    private IEnumerable<Violation> FindAll(DocumentMethod method)
    {
        var right = method.RequiredParameters();
        foreach (var parameter in method.Parameters.Where(parameter => parameter.IsRequired))
        {
            var without = (JsonObject)right.DeepClone();
            without.Remove(parameter.Name);
            yield return new Violation($"{parameter.Name} is missing", "/" + SchemaViolations.Escape(parameter.Name), without);
        }

        var (unknown, value) = Impossible(method).Single();
        yield return new Violation("an unknown parameter", "/" + unknown, With(right, unknown, value));
        foreach (var parameter in method.Parameters)
        {
            var sample = method.Examples.Select(example => example.Parameters[parameter.Name]).FirstOrDefault(one => one is not null);
            foreach (var violation in violations.Find(parameter.Schema, sample))
            {
                yield return violation with
                {
                    Name = $"{parameter.Name}{violation.Pointer}: {violation.Name}",
                    Pointer = "/" + SchemaViolations.Escape(parameter.Name) + violation.Pointer,
                    Value = With(right, parameter.Name, violation.Value),
                };
            }
        }
    }

    private static JsonObject With(JsonObject right, string name, JsonNode? value)
    {
        var changed = (JsonObject)right.DeepClone();
        changed[name] = value?.DeepClone();
        return changed;
    }
}
