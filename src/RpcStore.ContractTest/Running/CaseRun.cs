using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using RpcStore.ContractTest.Cases;
using RpcStore.ContractTest.Document;
using RpcStore.ContractTest.Reports;
using RpcStore.ContractTest.Validation;

namespace RpcStore.ContractTest.Running;

/// <summary>One case while it is tried, and what came of it.</summary>
internal sealed class CaseRun
{
    // Enough to see what is meant; a report is not a copy of the conversation.
    private const int LongestText = 2000;

    private string? sent;
    private string? received;
    private Outcome outcome = Outcome.NotTried;
    private string? reason;
    private TimeSpan elapsed;

    /// <summary>Begins one.</summary>
    public CaseRun(TestCase test) => (Test, reason) = (test, test.Untried);

    /// <summary>The case. Once it was tried its parameters are gone: some are large.</summary>
    public TestCase Test { get; private set; }

    /// <summary>Whether it ended as it has to.</summary>
    public bool HasPassed => outcome == Outcome.Passed;

    /// <summary>Why it was not tried; null when it was.</summary>
    public string? WhyUntried => outcome == Outcome.NotTried ? reason : null;

    /// <summary>Leaves it out.</summary>
    public void Skip(string why) => (outcome, reason) = (Outcome.NotTried, why);

    /// <summary>Makes it fail, also when it had passed: what was recorded does not fit.</summary>
    public void Fail(string why) => (outcome, reason) = (Outcome.Failed, why);

    /// <summary>Tries it.</summary>
    /// <param name="document">The document.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="recording">Takes the answers.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What the method gave instead of an answer; null when it answered.</returns>
    public async Task<CallFailedException?> TryAsync(ContractDocument document, Caller caller, Recording recording, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            var parameters = (JsonObject)Test.Parameters.DeepClone();
            if (Test.Before is { } before && !await PrepareAsync(document, before, parameters, caller, recording, cancellationToken))
            {
                return null;
            }

            var answer = await CallAsync(caller, Test.Method.Name, parameters, cancellationToken);
            Judge(document, Test.Method, answer, recording);
            return null;
        }
        catch (CallFailedException e)
        {
            received = e.Received is { } text ? Shorten(text) : null;
            Fail(e.Message);
            return e;
        }
        finally
        {
            elapsed = watch.Elapsed;
            Test = Test with { Parameters = [] };
        }
    }

    /// <summary>What is told of it.</summary>
    public CaseReport Report() => new(Test.Kind, Test.Name, outcome, reason, elapsed)
    {
        Role = Test.As,
        Sent = sent,
        Received = received,
        Expected = Shorten(Test.Expectation.Text),
    };

    private static string Shorten(string text) =>
        text.Length <= LongestText ? text : $"{text.AsSpan(0, LongestText)}… ({text.Length} characters)";

    private Task<Answer> CallAsync(Caller caller, string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        var (id, message) = caller.Write(method, parameters);
        (sent, received) = (Shorten(Encoding.UTF8.GetString(message)), null);
        return caller.CallAsync(id, message, cancellationToken);
    }

    /// <summary>Makes the call that comes before, and takes over what the case needs of its result.</summary>
    private async Task<bool> PrepareAsync(
        ContractDocument document, DocumentCall before, JsonObject parameters, Caller caller, Recording recording, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(caller, before.Method, before.Parameters, cancellationToken);
        received = Shorten(Encoding.UTF8.GetString(answer.Received.Span));
        if (answer.Reply.Result is not { } result)
        {
            Fail($"{before.Method}, which comes before, is answered with the error {answer.Reply.Error}");
            return false;
        }

        Record(document, document.FindMethod(before.Method), answer, recording);
        if (before.Bind is { } name)
        {
            var made = JsonObject.Create(result) ?? [];
            if (!made.ContainsKey(name))
            {
                Fail($"the result of {before.Method}, which comes before, has no member '{name}'");
                return false;
            }

            parameters[name] = made[name]?.DeepClone();
        }

        return true;
    }

    private void Judge(ContractDocument document, DocumentMethod method, Answer answer, Recording recording)
    {
        received = Shorten(Encoding.UTF8.GetString(answer.Received.Span));
        if (answer.Reply.Error is { Name: "rateLimited" } && Test.Error?.Name != "rateLimited")
        {
            Skip("the server answered rateLimited; try again later");
        }
        else if (Test.Expectation.FindFault(answer.Reply) is { } fault)
        {
            Fail(fault);
        }
        else
        {
            (outcome, reason) = (Outcome.Passed, null);
            Record(document, method, answer, recording);
        }
    }

    private void Record(ContractDocument document, DocumentMethod? method, Answer answer, Recording recording)
    {
        var reply = answer.Reply;
        if (reply.Error is not { } actual)
        {
            recording.AddResult(this, method, answer.Received);
            return;
        }

        // An error of the protocol itself can come from every method.
        var declared = method?.Errors.Concat(document.Errors.Where(one => one.IsOfProtocol)) ?? document.Errors;
        if (declared.FirstOrDefault(one => one.Fits(actual.Code, actual.Name)) is { } error)
        {
            recording.AddError(this, error, answer.Received);
        }
        else
        {
            Fail($"the method does not declare the error {actual}");
        }
    }
}
