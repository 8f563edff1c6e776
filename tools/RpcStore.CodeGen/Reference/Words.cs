using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.Reference;

/// <summary>Sentences and layouts that the reference has in Markdown and in HTML.</summary>
internal static class Words
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>JSON as people read it.</summary>
    public static string Pretty(JsonNode value) => value.ToJsonString(Layout);

    /// <summary>A call with its parameters, those in brackets that may be left out, and what it answers.</summary>
    public static string Signature(Method method)
    {
        var required = method.Parameters.Where(parameter => parameter.Required).Select(parameter => parameter.Name);
        var optional = method.Parameters.Where(parameter => !parameter.Required).Select(parameter => parameter.Name + "?");
        return $"{method.Name}({string.Join(", ", required.Concat(optional))}) → {TypeWords.Name(method.Result.Type)}";
    }

    /// <summary>Who may use a method or a route.</summary>
    public static string Access(string access) => access switch
    {
        "guest" => "everybody",
        "user" => "whoever has an account",
        _ => "admins",
    };

    /// <summary>What has to be known to try an example and to compare its answer, in Markdown of the contract's kind.</summary>
    public static string? Note(Example example)
    {
        string?[] sentences =
        [
            example.ShownOnly is { } reason ? $"{reason} So these values are shown, and not for pasting." : null,
            example.After is { } before ? Before(example, before) : null,
            example.ResultIsPrefix ? "The answer has more members than are shown."
                : example.ResultVaries && example.ShownOnly is null ? "Times, ids and counts in the answer vary." : null,
        ];
        return sentences.Any(sentence => sentence is not null) ? string.Join(' ', sentences.Where(sentence => sentence is not null)) : null;
    }

    private static string Before(Example example, EarlierCall before)
    {
        var isGiven = before.Bind is null || JsonNode.DeepEquals(before.Parameters[before.Bind], example.Parameters[before.Bind]);
        var bind = isGiven ? "" : $", whose answer has the `{before.Bind}`";
        return $"Before it comes `{ShellExample.Command(before.Method, before.Parameters)}`{bind}.";
    }
}
