using System.Text.Json.Nodes;
using RpcStore.ContractTest.Document;

namespace RpcStore.ContractTest.Cases;

/// <summary>One call, and what has to come of it.</summary>
/// <param name="Method">What is called.</param>
/// <param name="Kind">What it checks.</param>
/// <param name="Name">What it is called in reports; no other case of the method has the same.</param>
/// <param name="Parameters">The parameters.</param>
/// <param name="Expectation">What has to come.</param>
internal sealed record TestCase(DocumentMethod Method, CaseKind Kind, string Name, JsonObject Parameters, IExpectation Expectation)
{
    /// <summary>Who calls; null for the one who may do most.</summary>
    public CallerRole? As { get; init; }

    /// <summary>The call that comes first; null for none.</summary>
    public DocumentCall? Before { get; init; }

    /// <summary>Why it is not to be tried; null when it is.</summary>
    public string? Untried { get; init; }

    /// <summary>The error that has to come; null when it is a result, or when it may be either.</summary>
    public DocumentError? Error { get; init; }
}
