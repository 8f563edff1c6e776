using RpcStore.ContractTest.Cases;
using RpcStore.ContractTest.Document;

namespace RpcStore.ContractTest.Reports;

/// <summary>What came of a case.</summary>
/// <param name="Kind">What it checks.</param>
/// <param name="Name">Its name, of which a method has no other.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">What is wrong, or why it was not tried; null when it passed.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record CaseReport(CaseKind Kind, string Name, Outcome Outcome, string? Reason, TimeSpan Elapsed)
{
    /// <summary>Who called; null for the one who may do most.</summary>
    public CallerRole? Role { get; init; }

    /// <summary>The last message that was sent, its start when it is long; null for none.</summary>
    public string? Sent { get; init; }

    /// <summary>What came, its start when it is long; null for nothing.</summary>
    public string? Received { get; init; }

    /// <summary>What was expected; null for a case that is none.</summary>
    public string? Expected { get; init; }
}
