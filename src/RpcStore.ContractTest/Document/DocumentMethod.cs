using System.Text.Json.Nodes;

namespace RpcStore.ContractTest.Document;

/// <summary>A method, as the document tells it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Access">Who may call it; null when the document does not say.</param>
/// <param name="Journal"><c>query</c>, <c>read</c> or <c>change</c>; null when the document does not say.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Result">The schema of its result; null for any.</param>
/// <param name="Errors">The errors that it declares.</param>
/// <param name="Examples">Those that end with a result, then those that end with an error.</param>
internal sealed record DocumentMethod(
    string Name,
    CallerRole? Access,
    string? Journal,
    IReadOnlyList<DocumentParameter> Parameters,
    JsonNode? Result,
    IReadOnlyList<DocumentError> Errors,
    IReadOnlyList<DocumentExample> Examples)
{
    /// <summary>Whether a call may change the server; one of which it is not known may.</summary>
    public bool ChangesServer => Journal is not ("query" or "read");

    /// <summary>Whether a call ends the session that it is made in: after it, the caller is nobody.</summary>
    public bool EndsSession => Name == "auth.logout";

    /// <summary>Parameters that have to be given, with values that fit: of an example that names what is not there, if one does.</summary>
    public JsonObject RequiredParameters()
    {
        // Should a server not see what is wrong beside them, it finds nothing that it could do.
        var example = Examples.OrderBy(one => one.Error switch { null => 2, { IsOfProtocol: true } => 3, _ => one.After is null ? 0 : 1 }).FirstOrDefault();
        var needed = Parameters.Where(parameter => parameter.IsRequired && example?.Parameters.ContainsKey(parameter.Name) == true);
        return new JsonObject(needed.Select(parameter => KeyValuePair.Create(parameter.Name, example!.Parameters[parameter.Name]?.DeepClone())));
    }
}
