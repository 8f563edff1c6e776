using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RpcStore.CodeGen.Conversations;

/// <summary>
/// The placeholders of conversations: what each matches, and a value that stands for it while a conversation is checked
/// without a server. They stand inside JSON strings; spec/vectors/README.md lists them.
/// </summary>
public static partial class Placeholders
{
    private static readonly string Token43 = new('A', 43);

    /// <summary>Whether a string as a whole stands for an integer.</summary>
    public static bool IsInteger(string text) => text == "<integer>";

    /// <summary>Whether a string as a whole stands for an array of anything.</summary>
    public static bool IsList(string text) => text == "<list>";

    /// <summary>The regular expression that a string with placeholders stands for.</summary>
    /// <param name="text">The string.</param>
    /// <param name="bound">Values that earlier placeholders were bound to.</param>
    /// <param name="names">The names that this string binds, in the order of the groups <c>b0</c>, <c>b1</c>, ….</param>
    /// <exception cref="FormatException">A placeholder is unknown.</exception>
    public static string ToRegex(string text, IReadOnlyDictionary<string, string> bound, out IReadOnlyList<string> names)
    {
        var binds = new List<string>();
        var regex = Replace(text, Regex.Escape, (name, kind) =>
        {
            if (name is null)
            {
                return bound.TryGetValue(kind, out var value) ? Regex.Escape(value) : $"(?:{PatternOf(kind)})";
            }

            binds.Add(name);
            return $"(?<b{binds.Count - 1}>{PatternOf(kind)})";
        });
        names = binds;
        return $@"\A{regex}\z";
    }

    /// <summary>Fills in what placeholders were bound to.</summary>
    /// <param name="text">The text of a request.</param>
    /// <param name="bound">The values by name.</param>
    /// <exception cref="FormatException">A name is not bound.</exception>
    public static string Fill(string text, IReadOnlyDictionary<string, string> bound) =>
        Replace(text, literal => literal, (name, kind) =>
            name is null && bound.TryGetValue(kind, out var value) ? value : throw new FormatException($"<{kind}> is not bound by an answer before"));

    /// <summary>An example of what a string with placeholders stands for, and of what it binds.</summary>
    /// <param name="text">The string.</param>
    /// <param name="bound">The values by name; names that this string binds are added.</param>
    /// <exception cref="FormatException">A placeholder is unknown.</exception>
    public static JsonNode Sample(string text, IDictionary<string, string> bound) =>
        IsInteger(text) ? JsonValue.Create(1)
        : IsList(text) ? new JsonArray()
        : JsonValue.Create(Replace(text, literal => literal, (name, kind) =>
        {
            if (name is null && bound.TryGetValue(kind, out var value))
            {
                return value;
            }

            var sample = SampleOf(kind);
            if (name is not null)
            {
                bound[name] = sample;
            }

            return sample;
        }));

    private static string Replace(string text, Func<string, string> literal, Func<string?, string, string> placeholder)
    {
        var result = "";
        var at = 0;
        foreach (Match match in Placeholder().Matches(text))
        {
            var name = match.Groups["name"].Success ? match.Groups["name"].Value : null;
            result += literal(text[at..match.Index]) + placeholder(name, match.Groups["kind"].Value);
            at = match.Index + match.Length;
        }

        return result + literal(text[at..]);
    }

    private static string PatternOf(string kind) => kind switch
    {
        "text" => "(?s:.+)",
        "time" => @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z",
        "token" => "[A-Za-z0-9_-]+",
        ['h', 'e', 'x', .. var digits] when int.TryParse(digits, out var count) => $"[0-9a-f]{{{count}}}",
        _ when kind.Contains('|') => string.Join('|', kind.Split('|').Select(Regex.Escape)),
        _ => throw new FormatException($"<{kind}> is no placeholder, and no answer before has bound it"),
    };

    private static string SampleOf(string kind) => kind switch
    {
        "text" => "text",
        "time" => "2026-11-21T09:00:00Z",
        "token" => Token43,
        ['h', 'e', 'x', .. var digits] when int.TryParse(digits, out var count) => new string('0', count),
        _ when kind.Contains('|') => kind.Split('|')[0],
        _ => throw new FormatException($"<{kind}> is no placeholder, and no answer before has bound it"),
    };

    [GeneratedRegex("<(?:(?<name>[a-z][A-Za-z0-9]*)=)?(?<kind>[A-Za-z0-9|]+)>")]
    private static partial Regex Placeholder();
}
