using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RpcStore.ContractTest.Cases;

/// <summary>Strings that break the rules for a string: too short, too long, not like the pattern, not of the format.</summary>
internal static class TextViolations
{
    // One of them breaks nearly every pattern.
    private static readonly string[] Odd = ["!", " ", "A", "a", "é", "-", "", "0", "~/.:", new('a', 300)];

    private static readonly Dictionary<string, string[]> Formats = new()
    {
        ["date-time"] = ["yesterday", "2026-11-21", "2026-13-21T09:00:00Z"],
        ["byte"] = ["!", "aGk", "aGk=\n"],
        ["blob-id"] = ["no blob id", new('0', 63)],
    };

    /// <summary>The violations of a string's rules.</summary>
    public static IEnumerable<Violation> Of(JsonObject rules)
    {
        if ((int?)rules["minLength"] is > 0 and var min)
        {
            yield return new Violation("is too short", "", Repeat(min - 1));
        }

        if ((int?)rules["maxLength"] is { } max)
        {
            yield return max < SchemaViolations.LongestValue
                ? new Violation("is too long", "", Repeat(max + 1))
                : new Violation("is too long", "", null, $"it would take more than {max} characters");
        }

        if ((string?)rules["pattern"] is { } pattern)
        {
            yield return FindOdd(pattern, (int?)rules["minLength"] ?? 0, (int?)rules["maxLength"] ?? int.MaxValue) is { } odd
                ? new Violation("is not like the pattern", "", odd)
                : new Violation("is not like the pattern", "", null, $"nothing was found that {pattern} does not match");
        }

        foreach (var text in Formats.GetValueOrDefault((string?)rules["format"] ?? "", []))
        {
            yield return new Violation($"is not of the format {(string?)rules["format"]} ({JsonValue.Create(text).ToJsonString()})", "", text);
        }
    }

    private static string Repeat(int count) => new('a', count);

    private static string? FindOdd(string pattern, int min, int max)
    {
        try
        {
            // In time that grows with the text alone, whatever the pattern is.
            var test = new Regex(pattern, RegexOptions.NonBacktracking);
            return Odd.FirstOrDefault(text => text.Length >= min && text.Length <= max && !test.IsMatch(text));
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException)
        {
            return null;
        }
    }
}
