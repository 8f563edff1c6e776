using RpcStore.ContractTest.Cases;
using RpcStore.ContractTest.Document;
using RpcStore.ContractTest.Reports;

namespace RpcStore.ContractTest.Running;

/// <summary>Adds up what came of a method, and names the declared errors that were not seen.</summary>
internal static class MethodReporter
{
    /// <summary>The report of a method.</summary>
    public static MethodReport Report(DocumentMethod method, IReadOnlyList<CaseRun> runs)
    {
        var provoked = method.Errors.Where(error => runs.Any(run => run.HasPassed && run.Test.Error?.Name == error.Name)).Select(error => error.Name);
        var unseen = method.Errors.ExceptBy(provoked, error => error.Name).ToArray();
        return new MethodReport(
            method.Name,
            method.Access?.ToString().ToLowerInvariant(),
            method.Journal,
            [.. provoked],
            [.. unseen.Select(error => error.Name)],
            [.. runs.Select(run => run.Report()), .. unseen.Select(error => ReportUnseen(error, runs))]);
    }

    /// <summary>An error that nothing provoked: a case that was not tried, and by no means one that passed.</summary>
    private static CaseReport ReportUnseen(DocumentError error, IReadOnlyList<CaseRun> runs)
    {
        var tries = runs.Where(run => run.Test.Error?.Name == error.Name).ToArray();
        var reason =
            tries.Any(run => run.WhyUntried is null) ? "what should provoke it failed"
            : tries.Select(run => run.WhyUntried).FirstOrDefault() is { } why ? "what would provoke it was not tried: " + why
            : error.Name is AccessCases.Unauthenticated or AccessCases.Forbidden ? "no refusal by role provokes it, and no example does"
            : "no example provokes it: it takes more than a call, or a fault of the server";
        return new CaseReport(CaseKind.Error, $"{error.Name}: not provoked", Outcome.NotTried, reason, TimeSpan.Zero);
    }
}
