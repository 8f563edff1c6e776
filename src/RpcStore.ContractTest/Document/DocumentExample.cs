using System.Text.Json.Nodes;

namespace RpcStore.ContractTest.Document;

/// <summary>An example of a method, with what tells how to play it (tools/RpcStore.CodeGen/README.md).</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Parameters">The parameters by name.</param>
/// <param name="Result">The result as it says; null when it ends with an error.</param>
/// <param name="Error">The error that it ends with; null when it has a result.</param>
/// <param name="After">The call that comes before; null for none.</param>
/// <param name="Match">How much of the result has to be the same.</param>
/// <param name="ShownOnly">Why a call alone does not play it; null when it does.</param>
internal sealed record DocumentExample(
    string Name, JsonObject Parameters, JsonNode? Result, DocumentError? Error, DocumentCall? After, ResultMatch Match, string? ShownOnly);

/// <summary>The call that an example needs first.</summary>
/// <param name="Method">The method.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Bind">The member of its result that takes the place of the parameter of this name; null for none.</param>
internal sealed record DocumentCall(string Method, JsonObject Parameters, string? Bind);

/// <summary>How much of a result has to be as an example says.</summary>
internal enum ResultMatch
{
    /// <summary>All of it.</summary>
    Same,

    /// <summary>The members of the example are there, with other values.</summary>
    Varies,

    /// <summary>The members of the example are there with its values, and others beside them.</summary>
    Prefix,
}
