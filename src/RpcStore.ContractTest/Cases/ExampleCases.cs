using RpcStore.ContractTest.Document;

namespace RpcStore.ContractTest.Cases;

/// <summary>The examples of a method, those that end with an error among them.</summary>
/// <param name="document">The document.</param>
/// <param name="playsChanges">Whether the server may be changed.</param>
internal sealed class ExampleCases(ContractDocument document, bool playsChanges)
{
    /// <summary>The cases of a method.</summary>
    public IEnumerable<TestCase> Of(DocumentMethod method) => method.Examples.Select(example => new TestCase(
        method,
        example.Error is null ? CaseKind.Example : CaseKind.Error,
        example.Error is null ? example.Name : $"{example.Error.Name}: {example.Name}",
        example.Parameters,
        example.Error is null ? new ResultExpectation(example) : new ErrorExpectation(example.Error))
    {
        Before = example.After,
        Error = example.Error,
        Untried = example.ShownOnly is { } reason ? "it takes more than a call: " + reason : playsChanges ? null : FindChange(method, example.After),
    });

    private string? FindChange(DocumentMethod method, DocumentCall? before) =>
        method.ChangesServer ? "it changes the server"
        : before is not null && document.FindMethod(before.Method)?.ChangesServer != false ? $"it needs {before.Method}, which changes the server"
        : null;
}
