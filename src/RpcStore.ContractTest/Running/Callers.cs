using System.Text.Json;
using RpcStore.ContractTest.Document;
using RpcStore.ContractTest.Reports;

namespace RpcStore.ContractTest.Running;

/// <summary>Who calls in each role, as the server sees them; and why nobody does where nobody does.</summary>
public sealed class Callers
{
    private const string WhoAmI = "auth.whoami";

    private readonly Dictionary<CallerRole, Caller> present = [];
    private readonly Dictionary<CallerRole, string> absent = [];

    private Callers()
    {
    }

    /// <summary>
    /// Asks the server whom it takes each candidate for, with <c>auth.whoami</c> where the document has it: a connection over a
    /// local socket is an admin's, whatever it was meant to be. The first of a role is the one who calls.
    /// </summary>
    /// <param name="document">The document.</param>
    /// <param name="candidates">The candidates.</param>
    /// <param name="timeout">How long an answer may take.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CallerLostException">A candidate who claims no role, who is who runs the test, cannot call.</exception>
    public static async Task<Callers> FindAsync(
        ContractDocument document, IEnumerable<Candidate> candidates, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var callers = new Callers();
        foreach (var candidate in candidates)
        {
            var caller = new Caller(candidate, timeout);
            var role = await AskRoleAsync(document, caller, cancellationToken);
            if (caller.Lost is { } lost)
            {
                // Without the one who typed the command there is no server to test.
                callers.absent.TryAdd(candidate.Claim ?? throw new CallerLostException(lost, caller.LostBy), $"{candidate.Name}: {lost}");
            }
            else if (candidate.Claim is { } claim && claim != role)
            {
                callers.absent.TryAdd(claim, $"the server takes {candidate.Name} for the {Name(role)}");
            }
            else if (!callers.absent.ContainsKey(role))
            {
                // Not in the place of one who was named for the role and is somebody else.
                callers.present.TryAdd(role, caller);
            }
        }

        return callers;
    }

    /// <summary>Why there is nobody in a role; null when there is somebody.</summary>
    public string? FindAbsence(CallerRole role) => Find(role) is null ? WhyAbsent(role) : null;

    /// <summary>Says why there is nobody in a role, for reports.</summary>
    public void Explain(CallerRole role, string reason) => absent.TryAdd(role, reason);

    /// <summary>The caller of a role; null when there is none.</summary>
    internal Caller? Find(CallerRole role) => present.GetValueOrDefault(role);

    /// <summary>The caller who may do most; null when that is less than is needed.</summary>
    internal Caller? FindBest(CallerRole? needed) =>
        Enum.GetValues<CallerRole>().Reverse().Where(role => role >= (needed ?? CallerRole.Guest)).Select(Find).FirstOrDefault(caller => caller is not null);

    /// <summary>Why there is nobody in a role.</summary>
    internal string WhyAbsent(CallerRole role) => absent.GetValueOrDefault(role, $"there is no credential of a {Name(role)}");

    /// <summary>Who calls in each role, for reports.</summary>
    internal IReadOnlyList<RoleReport> Report() => [.. Enum.GetValues<CallerRole>().Select(role =>
        Find(role) is { } caller ? new RoleReport(role, caller.Candidate.Name, null) : new RoleReport(role, null, WhyAbsent(role)))];

    private static string Name(CallerRole role) => role.ToString().ToLowerInvariant();

    /// <summary>Whom the server takes a caller for; whom they claim to be, where it does not say.</summary>
    private static async Task<CallerRole> AskRoleAsync(ContractDocument document, Caller caller, CancellationToken cancellationToken)
    {
        var claim = caller.Candidate.Claim ?? CallerRole.Admin;
        if (document.FindMethod(WhoAmI) is not { } method)
        {
            return claim;
        }

        try
        {
            var answer = await caller.CallAsync(method.Name, [], cancellationToken);
            return answer.Reply.Result is { ValueKind: JsonValueKind.Object } result && result.TryGetProperty("role", out var role)
                && Enum.TryParse<CallerRole>(role.ToString(), ignoreCase: true, out var known)
                ? known
                : claim;
        }
        catch (CallFailedException)
        {
            // That the method does not answer is for its own cases to tell.
            return claim;
        }
    }
}
