using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using RpcStore.ContractTest.Document;

namespace RpcStore.ContractTest.Validation;

/// <summary>Holds a record against its schema, in one validation: the only place that knows the schema library.</summary>
internal static class RecordValidator
{
    // /answers/17/result/id
    private const int AnswerPart = 1;
    private const int MostFaults = 3;

    /// <summary>Validates.</summary>
    /// <param name="schema">As <see cref="RecordSchema.Compose"/> makes it.</param>
    /// <param name="record">The text of the record.</param>
    /// <returns>The answers that do not fit, by their place, and what is wrong with each.</returns>
    /// <exception cref="ContractDocumentException">A schema of the document is none.</exception>
    public static IReadOnlyDictionary<int, string> Validate(JsonObject schema, ReadOnlyMemory<byte> record)
    {
        using var instance = JsonDocument.Parse(record);
        var rules = Build(schema);
        return rules.Evaluate(instance.RootElement, NewOptions(OutputFormat.Flag)).IsValid
            ? new Dictionary<int, string>()
            : Explain(rules.Evaluate(instance.RootElement, NewOptions(OutputFormat.Hierarchical)));
    }

    private static EvaluationOptions NewOptions(OutputFormat format)
    {
        var options = new EvaluationOptions
        {
            OutputFormat = format,
            RequireFormatValidation = true,
            FormatRegistry = ContractFormats.Registry,
            Culture = CultureInfo.InvariantCulture,
        };
        options.IgnoreAllAnnotations();
        return options;
    }

    private static JsonSchema Build(JsonObject schema)
    {
        try
        {
            using var text = JsonDocument.Parse(schema.ToJsonString());
            return JsonSchema.Build(text.RootElement.Clone(), new BuildOptions { SchemaRegistry = new SchemaRegistry() });
        }
        catch (Exception e) when (e is JsonSchemaException or RefResolutionException or ArgumentException)
        {
            throw new ContractDocumentException($"a schema of the document is none: {e.Message}");
        }
    }

    private static Dictionary<int, string> Explain(EvaluationResults results)
    {
        var faults = new Dictionary<int, List<string>>();
        Collect(results, faults);
        return faults.ToDictionary(fault => fault.Key, fault => string.Join("; ", fault.Value.Distinct().Take(MostFaults)));
    }

    private static void Collect(EvaluationResults results, Dictionary<int, List<string>> faults)
    {
        if (results.IsValid)
        {
            return;
        }

        foreach (var (_, message) in results.Errors ?? new Dictionary<string, string>())
        {
            var place = results.InstanceLocation.ToString().Split('/').Skip(1).ToArray();
            if (place.Length > AnswerPart && int.TryParse(place[AnswerPart], CultureInfo.InvariantCulture, out var index))
            {
                faults.TryAdd(index, []);
                faults[index].Add($"/{string.Join('/', place.Skip(AnswerPart + 1))}: {message}");
            }
        }

        foreach (var detail in results.Details ?? [])
        {
            Collect(detail, faults);
        }
    }
}
