namespace RpcStore.ContractTest.Reports;

/// <summary>What came of a test.</summary>
/// <param name="Contract">The contract and its version.</param>
/// <param name="Started">When it began.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Roles">Who called in each role.</param>
/// <param name="Methods">The methods, in the order of the document.</param>
public sealed record ContractReport(
    string Contract, DateTimeOffset Started, TimeSpan Elapsed, IReadOnlyList<RoleReport> Roles, IReadOnlyList<MethodReport> Methods)
{
    /// <summary>Where the server is, for reports.</summary>
    public string Server { get; init; } = "";

    /// <summary>Whether nothing failed, and something passed.</summary>
    public bool HasPassed => Count(Outcome.Failed) == 0 && Count(Outcome.Passed) > 0;

    /// <summary>How many cases ended so.</summary>
    public int Count(Outcome outcome) => Methods.Sum(method => method.Count(outcome));
}
