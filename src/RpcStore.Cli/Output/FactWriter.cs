using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RpcStore.Cli.Output;

/// <summary>Something that is known of one thing.</summary>
/// <param name="Name">Its name, as the contract has it.</param>
/// <param name="Plain">Its value for programs; null when there is none.</param>
/// <param name="Human">Its value for a person; null when it is the same.</param>
internal sealed record Fact(string Name, string? Plain, string? Human = null);

/// <summary>Prints what is known of one thing.</summary>
internal static class FactWriter
{
    /// <summary>Prints it: the object itself as JSON, or a line for each fact.</summary>
    public static void Write<T>(CommandOutput output, T thing, JsonTypeInfo<T> type, IEnumerable<Fact> facts)
    {
        if (output.Format == OutputFormat.Json)
        {
            output.Results.Write(JsonSerializer.Serialize(thing, type) + "\n");
            return;
        }

        var known = facts.Where(fact => fact.Plain is not null).ToArray();
        var width = known.Max(fact => fact.Name.Length);
        foreach (var fact in known)
        {
            output.Results.WriteLine(output.Format == OutputFormat.Plain
                ? $"{fact.Name}\t{Text.Printable(fact.Plain!)}"
                : $"{fact.Name.PadRight(width)}  {Text.Printable(fact.Human ?? fact.Plain!)}");
        }
    }
}
