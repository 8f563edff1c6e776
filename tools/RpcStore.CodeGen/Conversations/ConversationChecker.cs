using System.Text.Json;
using System.Text.Json.Nodes;
using RpcStore.CodeGen.Checking;
using RpcStore.CodeGen.Model;
using RpcStore.CodeGen.Sources;

namespace RpcStore.CodeGen.Conversations;

/// <summary>
/// Holds conversations against the contract, without a server: every request gets the kind of answer that it must get,
/// results fit their schema, and errors are those that the method has.
/// </summary>
public sealed class ConversationChecker
{
    /// <summary>The folder of conversations about JSON-RPC itself.</summary>
    public const string ProtocolSubject = "protocol";

    private readonly Contract contract;
    private readonly Dictionary<string, Method> methods;
    private readonly Dictionary<string, string> samples = [];

    private ConversationChecker(Contract contract)
    {
        this.contract = contract;
        methods = contract.Methods.ToDictionary(method => method.Name);
    }

    /// <summary>Checks conversations, and that every method has one.</summary>
    /// <exception cref="ContractException">One does not fit the contract.</exception>
    public static void CheckAll(IReadOnlyList<Conversation> conversations, Contract contract)
    {
        foreach (var conversation in conversations)
        {
            new ConversationChecker(contract).Check(conversation);
        }

        if (contract.Methods.FirstOrDefault(method => conversations.All(conversation => conversation.Subject != method.Name)) is { } missing)
        {
            throw new ContractException(new Place($"{ConversationParser.Folder}/{missing.Name}", ""), "there is no conversation for this method");
        }
    }

    /// <summary>Checks one conversation.</summary>
    /// <exception cref="ContractException">It does not fit the contract.</exception>
    public static void Check(Conversation conversation, Contract contract) => new ConversationChecker(contract).Check(conversation);

    private void Check(Conversation conversation)
    {
        if (conversation.Subject != ProtocolSubject && !methods.ContainsKey(conversation.Subject))
        {
            throw new ContractException(new Place(conversation.Path, "L1"), $"there is no method \"{conversation.Subject}\"");
        }

        foreach (var exchange in conversation.Exchanges)
        {
            var answers = exchange.Answers.SelectMany(Members).ToList();
            foreach (var request in exchange.Requests)
            {
                CheckRequest(request, answers);
            }

            if (answers.Count > 0)
            {
                throw new ContractException(answers[0].Place, "answers no request of its exchange");
            }
        }
    }

    private static IEnumerable<(JsonObject Answer, Place Place)> Members(ConversationLine line) =>
        (ParseJson(line.Text) switch
        {
            JsonArray batch => batch.Select(member => member as JsonObject),
            JsonObject answer => [answer],
            _ => [null],
        }).Select(answer => (answer ?? throw new ContractException(line.Place, "an answer is a JSON object, or an array of them"), line.Place));

    private void CheckRequest(ConversationLine line, List<(JsonObject Answer, Place Place)> answers)
    {
        var request = ParseJson(FillSamples(line));
        if (request is JsonArray { Count: > 0 } batch)
        {
            foreach (var member in batch)
            {
                CheckCall(member, line.Place, answers);
            }
        }
        else
        {
            CheckCall(request, line.Place, answers);
        }
    }

    private void CheckCall(JsonNode? call, Place place, List<(JsonObject Answer, Place Place)> answers)
    {
        if (call is not JsonObject request || !IsRequest(request))
        {
            var (broken, brokenPlace) = Take("null", place, answers);
            CheckError(broken, brokenPlace, error => error is "parseError" or "invalidRequest", "parseError or invalidRequest");
            return;
        }

        if (!request.ContainsKey("id"))
        {
            return;
        }

        var (answer, answerPlace) = Take(request["id"]?.ToJsonString() ?? "null", place, answers);
        var name = request["method"]!.GetValue<string>();
        if (!methods.TryGetValue(name, out var method))
        {
            CheckError(answer, answerPlace, error => error == "methodNotFound", "methodNotFound");
        }
        else if (CheckParameters(request["params"], method).Reason is { } reason)
        {
            CheckError(answer, answerPlace, error => error == "invalidParams", $"invalidParams, because {reason}");
        }
        else if (answer.TryGetPropertyValue("result", out var result))
        {
            var check = ValueChecker.Check(SampleValue(result, answerPlace), method.Result.Type, allowFurther: true);
            (check.Reason is null ? check : check with { Reason = $"{check.Pointer} {check.Reason}", Pointer = "" }).ThrowAt(answerPlace);
        }
        else
        {
            // invalidParams too: a cursor that fits its schema may still be none that a server gave.
            CheckError(answer, answerPlace, error => method.Errors.Any(e => e.Name == error), $"a result, or an error that {name} lists");
        }
    }

    private void CheckError(JsonObject answer, Place place, Func<string, bool> allowed, string expectation)
    {
        var error = answer["error"] as JsonObject ?? throw new ContractException(place, $"must be {expectation}");
        var data = SampleValue(error["data"], place) as JsonObject;
        var name = data?["name"]?.GetValue<string>() ?? throw new ContractException(place, "an error has \"data\" with a \"name\"");
        data.Remove("name");
        if (!allowed(name))
        {
            throw new ContractException(place, $"is {name} and must be {expectation}");
        }

        var entry = contract.Errors.First(e => e.Name == name);
        if (error["code"]?.ToJsonString() != entry.Code.ToString(System.Globalization.CultureInfo.InvariantCulture))
        {
            throw new ContractException(place, $"the code of {name} is {entry.Code}");
        }

        if (error["message"]?.GetValue<string>() != "<text>")
        {
            throw new ContractException(place, "the message of an error is for people and may change: write \"<text>\"");
        }

        var check = ValueChecker.CheckFields(data, entry.Data, allowFurther: true);
        (check.Reason is null ? check : check with { Reason = $"data{check.Pointer} {check.Reason}", Pointer = "" }).ThrowAt(place);
    }

    private static ValueCheck CheckParameters(JsonNode? parameters, Method method)
    {
        if (parameters is not JsonArray positional)
        {
            return ValueChecker.CheckFields(parameters ?? new JsonObject(), method.Parameters);
        }

        if (positional.Count > method.Parameters.Length)
        {
            return new ValueCheck("", "there are too many parameters");
        }

        var named = new JsonObject();
        foreach (var (value, field) in positional.Zip(method.Parameters))
        {
            named.Add(field.Name, value?.DeepClone());
        }

        return ValueChecker.CheckFields(named, method.Parameters);
    }

    private static bool IsRequest(JsonObject request) =>
        request["jsonrpc"] is JsonValue version && version.ToJsonString() == "\"2.0\""
        && request["method"] is JsonValue method && method.GetValueKind() == JsonValueKind.String
        && (!request.TryGetPropertyValue("params", out var parameters) || parameters is JsonObject or JsonArray)
        && (!request.TryGetPropertyValue("id", out var id) || id is null || id.GetValueKind() is JsonValueKind.String or JsonValueKind.Number);

    private static (JsonObject Answer, Place Place) Take(string id, Place place, List<(JsonObject Answer, Place Place)> answers)
    {
        var index = answers.FindIndex(answer => answer.Answer.TryGetPropertyValue("id", out var value) && (value?.ToJsonString() ?? "null") == id);
        if (index < 0)
        {
            throw new ContractException(place, $"has no answer with the id {id}");
        }

        var taken = answers[index];
        answers.RemoveAt(index);
        if (taken.Answer["jsonrpc"]?.ToJsonString() != "\"2.0\"")
        {
            throw new ContractException(taken.Place, "an answer has \"jsonrpc\": \"2.0\"");
        }

        return taken;
    }

    private string FillSamples(ConversationLine request)
    {
        try
        {
            return Placeholders.Fill(request.Text, samples);
        }
        catch (FormatException e)
        {
            throw new ContractException(request.Place, e.Message);
        }
    }

    private JsonNode? SampleValue(JsonNode? value, Place place)
    {
        switch (value)
        {
            case JsonObject members:
                var sampled = new JsonObject();
                foreach (var (name, member) in members)
                {
                    sampled.Add(name, name == ValueChecker.FurtherMembers ? member?.DeepClone() : SampleValue(member, place));
                }

                return sampled;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => SampleValue(item, place))]);
            case JsonValue text when text.GetValueKind() == JsonValueKind.String:
                try
                {
                    return Placeholders.Sample(text.GetValue<string>(), samples);
                }
                catch (FormatException e)
                {
                    throw new ContractException(place, e.Message);
                }

            default:
                return value?.DeepClone();
        }
    }

    /// <summary>Of a member that is there twice the last counts, as in a server; conversations show that on purpose.</summary>
    private static JsonNode? ToNode(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var member in element.EnumerateObject())
                {
                    members[member.Name] = ToNode(member.Value);
                }

                return members;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(ToNode)]);
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(element.Clone());
        }
    }

    private static JsonNode? ParseJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return ToNode(document.RootElement);
        }
        catch (JsonException)
        {
            // Conversations send broken JSON on purpose; as an answer it is refused like any other that is no object.
            return null;
        }
    }
}
