using RpcStore.ContractTest.Cases;
using RpcStore.ContractTest.Document;

namespace RpcStore.ContractTest.Running;

/// <summary>All that is tried, in the order of the document; what ends the caller's session comes last.</summary>
internal static class CasePlan
{
    /// <summary>Makes the plan of a test.</summary>
    /// <exception cref="ContractDocumentException">A schema of the document says what no schema says.</exception>
    /// <remarks>The cases of a method are made when it is its turn: some are large.</remarks>
    public static IEnumerable<(DocumentMethod Method, IReadOnlyList<TestCase> Cases)> Make(ContractDocument document, bool playsChanges)
    {
        var violations = new ViolationCases(document);
        var examples = new ExampleCases(document, playsChanges);
        return document.Methods.OrderBy(method => method.EndsSession).Select(method => (method, MakeFor(method)));

        IReadOnlyList<TestCase> MakeFor(DocumentMethod method)
        {
            try
            {
                // Refusals first: they need nothing of what examples may change.
                return [.. AccessCases.Of(document, method), .. violations.Of(method), .. examples.Of(method)];
            }
            catch (Exception e) when (e is InvalidOperationException or FormatException or OverflowException)
            {
                throw new ContractDocumentException($"{method.Name}: {e.Message}");
            }
        }
    }
}
