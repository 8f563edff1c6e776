using RpcStore.ContractTest.Cases;
using RpcStore.ContractTest.Document;
using RpcStore.ContractTest.Reports;
using RpcStore.ContractTest.Validation;

namespace RpcStore.ContractTest.Running;

/// <summary>Tests a server against a document. Calls come one after another.</summary>
/// <param name="document">What the server should be.</param>
/// <param name="callers">Who calls.</param>
/// <param name="options">How.</param>
public sealed class ContractTestRun(ContractDocument document, Callers callers, ContractTestOptions options)
{
    // Calls of a method that may go without an answer before the others are left out.
    private const int MostFailures = 3;

    /// <summary>Runs it.</summary>
    /// <param name="cancellationToken">Ends it: nothing is reported.</param>
    /// <exception cref="ContractDocumentException">The document cannot be tested with.</exception>
    public async Task<ContractReport> RunAsync(CancellationToken cancellationToken)
    {
        var started = DateTimeOffset.UtcNow;
        var recording = new Recording(document);
        var runs = new Dictionary<DocumentMethod, IReadOnlyList<CaseRun>>();
        foreach (var (method, cases) in CasePlan.Make(document, options.PlaysChanges))
        {
            runs[method] = [.. cases.Select(test => new CaseRun(test))];
            await TryAsync(method, runs[method], recording, cancellationToken);
        }

        recording.Validate();
        var methods = document.Methods.Select(method => MethodReporter.Report(method, runs[method]));
        return new ContractReport(document.Title, started, DateTimeOffset.UtcNow - started, callers.Report(), [.. methods]);
    }

    private async Task TryAsync(DocumentMethod method, IReadOnlyList<CaseRun> runs, Recording recording, CancellationToken cancellationToken)
    {
        var failures = 0;
        foreach (var run in runs.Where(run => run.Test.Untried is null))
        {
            if (failures >= MostFailures)
            {
                run.Skip("the method did not answer before");
            }
            else if (FindCaller(run, out var why) is { } caller)
            {
                // One that keeps a call waiting would do so with each.
                failures += await run.TryAsync(document, caller, recording, cancellationToken) switch
                {
                    null => 0,
                    { IsTimeout: true } => MostFailures,
                    _ => 1,
                };
            }
            else
            {
                run.Skip(why);
            }
        }
    }

    private Caller? FindCaller(CaseRun run, out string why)
    {
        // What an example tells is what an admin sees; a wrong parameter is wrong for everybody who is let in.
        var isExample = run.Test.Kind is CaseKind.Example or CaseKind.Error;
        var role = run.Test.As ?? (isExample ? CallerRole.Admin : null);
        var caller = role is { } only ? callers.Find(only) : callers.FindBest(run.Test.Method.Access);
        why = caller is null ? callers.WhyAbsent(role ?? run.Test.Method.Access ?? CallerRole.Guest)
            : caller.Lost is { } lost ? $"{caller.Candidate.Name} calls no more: {lost}"
            : isExample && run.Test.Method.EndsSession && !caller.Candidate.OwnsSession ? $"it would end the session of {caller.Candidate.Name}"
            : "";
        return why.Length == 0 ? caller : null;
    }
}
