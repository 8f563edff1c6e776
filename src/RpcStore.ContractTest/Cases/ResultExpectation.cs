using System.Text.Json;
using RpcStore.ContractTest.Document;
using RpcStore.ContractTest.Running;

namespace RpcStore.ContractTest.Cases;

/// <summary>The result of an example.</summary>
internal sealed class ResultExpectation(DocumentExample example) : IExpectation
{
    private readonly JsonElement expected = JsonSerializer.SerializeToElement(example.Result, CaseJson.Default.JsonNode);

    /// <inheritdoc/>
    public string Text => example.Match switch
    {
        ResultMatch.Varies => "a result with the members of " + Json,
        ResultMatch.Prefix => "a result that has " + Json,
        _ => "the result " + Json,
    };

    private string Json => expected.GetRawText();

    /// <inheritdoc/>
    public string? FindFault(Reply reply) => reply.Result switch
    {
        null => $"the answer is the error {reply.Error}",
        { } result when example.Match == ResultMatch.Same => JsonElement.DeepEquals(expected, result) ? null : "the result is another one",
        { } result when result.ValueKind != expected.ValueKind => $"the result is of the kind {result.ValueKind}, not {expected.ValueKind}",
        { } result => FindMember(result),
    };

    private string? FindMember(JsonElement result)
    {
        if (expected.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var member in expected.EnumerateObject())
        {
            if (!result.TryGetProperty(member.Name, out var value))
            {
                return $"the result has no member '{member.Name}'";
            }

            if (example.Match == ResultMatch.Prefix && !JsonElement.DeepEquals(member.Value, value))
            {
                return $"the member '{member.Name}' is {value.GetRawText()}";
            }
        }

        return null;
    }
}
