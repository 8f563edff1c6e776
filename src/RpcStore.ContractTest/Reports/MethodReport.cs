namespace RpcStore.ContractTest.Reports;

/// <summary>What came of a method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Access">Who may call it, by the document; null when it does not say.</param>
/// <param name="Journal"><c>query</c>, <c>read</c> or <c>change</c>, by the document; null when it does not say.</param>
/// <param name="ErrorsProvoked">The declared errors that came when they had to.</param>
/// <param name="ErrorsNotProvoked">The declared errors that did not: nothing is known of them.</param>
/// <param name="Cases">The cases; every error that was not provoked is one that was not tried.</param>
public sealed record MethodReport(
    string Name,
    string? Access,
    string? Journal,
    IReadOnlyList<string> ErrorsProvoked,
    IReadOnlyList<string> ErrorsNotProvoked,
    IReadOnlyList<CaseReport> Cases)
{
    /// <summary>How many cases ended so.</summary>
    public int Count(Outcome outcome) => Cases.Count(one => one.Outcome == outcome);
}
