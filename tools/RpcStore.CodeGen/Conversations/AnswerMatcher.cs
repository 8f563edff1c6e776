using System.Text.Json;
using System.Text.RegularExpressions;
using RpcStore.CodeGen.Checking;

namespace RpcStore.CodeGen.Conversations;

/// <summary>
/// Holds the answers of a server against those that a conversation expects, and keeps what its placeholders were bound to.
/// One matcher plays one conversation.
/// </summary>
public sealed class AnswerMatcher
{
    private readonly Dictionary<string, string> bound = [];

    /// <summary>The text of a request with bound values filled in.</summary>
    /// <exception cref="FormatException">It names a value that no answer before has bound.</exception>
    public string Fill(ConversationLine request) => Placeholders.Fill(request.Text, bound);

    /// <summary>Holds all answers of an exchange against the expected ones, which may come in any order.</summary>
    /// <param name="expected">As the conversation has them.</param>
    /// <param name="actual">As the server sent them; its notifications are not among them.</param>
    /// <returns>Null when they match, else what does not.</returns>
    public string? Match(IReadOnlyList<ConversationLine> expected, IReadOnlyList<string> actual)
    {
        var left = actual.Select(text => JsonDocument.Parse(text).RootElement).ToList();
        foreach (var line in expected)
        {
            var wanted = JsonDocument.Parse(line.Text).RootElement;
            var index = left.FindIndex(candidate => IdOf(candidate) == IdOf(wanted));
            if (index < 0)
            {
                return $"{line.Place}: there is no answer with the id {IdOf(wanted)}; received: {string.Join("\n", actual)}";
            }

            if (MatchMessage(wanted, left[index]) is { } difference)
            {
                return $"{line.Place}: {difference}\nexpected: {line.Text}\nreceived: {left[index]}";
            }

            left.RemoveAt(index);
        }

        return left.Count == 0 ? null : $"there are {left.Count} answers too many: {string.Join("\n", left)}";
    }

    private string? MatchMessage(JsonElement expected, JsonElement actual)
    {
        if (expected.ValueKind != JsonValueKind.Array)
        {
            return MatchValue(expected, actual, "");
        }

        // A batch: its answers may come in any order as well.
        var left = actual.EnumerateArray().ToList();
        foreach (var member in expected.EnumerateArray())
        {
            var index = left.FindIndex(candidate => IdOf(candidate) == IdOf(member));
            if (index < 0)
            {
                return $"the batch has no answer with the id {IdOf(member)}";
            }

            if (MatchValue(member, left[index], "") is { } difference)
            {
                return difference;
            }

            left.RemoveAt(index);
        }

        return left.Count == 0 ? null : $"the batch has {left.Count} answers too many";
    }

    /// <summary>The id of an answer as it was sent, or for a batch those of its members in order.</summary>
    private static string IdOf(JsonElement message) => message.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(",", message.EnumerateArray().Select(IdOf).Order(StringComparer.Ordinal))}]",
        JsonValueKind.Object when message.TryGetProperty("id", out var id) => id.GetRawText(),
        _ => "none",
    };

    private string? MatchValue(JsonElement expected, JsonElement actual, string pointer) => expected.ValueKind switch
    {
        JsonValueKind.String => MatchText(expected.GetString()!, actual, pointer),
        JsonValueKind.Object => MatchObject(expected, actual, pointer),
        JsonValueKind.Array => MatchArray(expected, actual, pointer),
        _ => expected.GetRawText() == actual.GetRawText() ? null : $"{pointer} is {actual.GetRawText()} instead of {expected.GetRawText()}",
    };

    private string? MatchText(string expected, JsonElement actual, string pointer)
    {
        if (Placeholders.IsInteger(expected))
        {
            return actual.ValueKind == JsonValueKind.Number && actual.TryGetInt64(out _) ? null : $"{pointer} is {actual.GetRawText()}, no integer";
        }

        if (Placeholders.IsList(expected))
        {
            return actual.ValueKind == JsonValueKind.Array ? null : $"{pointer} is {actual.GetRawText()}, no array";
        }

        var regex = Placeholders.ToRegex(expected, bound, out var names);
        var match = actual.ValueKind == JsonValueKind.String ? Regex.Match(actual.GetString()!, regex) : System.Text.RegularExpressions.Match.Empty;
        for (var i = 0; i < names.Count && match.Success; i++)
        {
            bound[names[i]] = match.Groups[$"b{i}"].Value;
        }

        return match.Success ? null : $"{pointer} is {actual.GetRawText()} instead of \"{expected}\"";
    }

    private string? MatchObject(JsonElement expected, JsonElement actual, string pointer)
    {
        if (actual.ValueKind != JsonValueKind.Object)
        {
            return $"{pointer} is {actual.GetRawText()}, no object";
        }

        foreach (var member in expected.EnumerateObject().Where(member => member.Name != ValueChecker.FurtherMembers))
        {
            var difference = actual.TryGetProperty(member.Name, out var value)
                ? MatchValue(member.Value, value, $"{pointer}/{member.Name}")
                : $"{pointer}/{member.Name} is missing";
            if (difference is not null)
            {
                return difference;
            }
        }

        return expected.TryGetProperty(ValueChecker.FurtherMembers, out _)
            ? null
            : actual.EnumerateObject().Where(member => !expected.TryGetProperty(member.Name, out _))
                .Select(member => $"{pointer}/{member.Name} is there and not expected").FirstOrDefault();
    }

    private string? MatchArray(JsonElement expected, JsonElement actual, string pointer)
    {
        if (actual.ValueKind != JsonValueKind.Array || actual.GetArrayLength() != expected.GetArrayLength())
        {
            return $"{pointer} is {actual.GetRawText()}, no array of {expected.GetArrayLength()} items";
        }

        return expected.EnumerateArray().Zip(actual.EnumerateArray())
            .Select((pair, index) => MatchValue(pair.First, pair.Second, $"{pointer}/{index}"))
            .FirstOrDefault(difference => difference is not null);
    }
}
