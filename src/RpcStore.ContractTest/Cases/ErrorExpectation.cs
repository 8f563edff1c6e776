using System.Text.Json;
using RpcStore.ContractTest.Document;
using RpcStore.ContractTest.Running;

namespace RpcStore.ContractTest.Cases;

/// <summary>An error.</summary>
/// <param name="error">Which.</param>
/// <param name="members">Members that its <c>data</c> must have with these values, where the document knows them.</param>
internal sealed class ErrorExpectation(DocumentError error, params (string Name, string Value)[] members) : IExpectation
{
    private readonly (string Name, string Value)[] told = [.. members.Where(member => error.Fields?.Contains(member.Name) == true)];

    /// <inheritdoc/>
    public string Text =>
        $"the error {error}" + (told.Length == 0 ? "" : " with " + string.Join(" and ", told.Select(member => $"data.{member.Name} \"{member.Value}\"")));

    /// <inheritdoc/>
    public string? FindFault(Reply reply)
    {
        if (reply.Error is not { } actual)
        {
            return "the call was answered with a result";
        }

        if (!error.Fits(actual.Code, actual.Name))
        {
            return $"the error is {actual}";
        }

        var wrong = told.Where(member => actual.FindText(member.Name) != member.Value).Select(member => member.Name).FirstOrDefault();
        return wrong is null ? null
            : actual.FindText(wrong) is { } text ? $"data.{wrong} is {JsonSerializer.Serialize(text, CaseJson.Default.String)}"
            : $"data has no {wrong}";
    }
}
