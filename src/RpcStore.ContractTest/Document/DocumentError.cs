using System.Text.Json.Nodes;

namespace RpcStore.ContractTest.Document;

/// <summary>An error of the document.</summary>
/// <param name="Name">Its name among the components, which is also what its <c>data.name</c> says.</param>
/// <param name="Code">Its code.</param>
/// <param name="Data">The <c>data</c> that the document declares: members that are in every answer. Null for none.</param>
/// <param name="Fields">What else <c>data</c> may have, by <c>x-errors</c>; null when the document does not say.</param>
internal sealed record DocumentError(string Name, long Code, JsonObject? Data, IReadOnlyList<string>? Fields)
{
    // What JSON-RPC keeps for itself; such an error can come from every method, whatever it declares.
    private const long FirstOfProtocol = -32999;
    private const long LastOfProtocol = -32000;

    /// <summary>Whether it is one of the protocol's own.</summary>
    public bool IsOfProtocol => Code is >= FirstOfProtocol and <= LastOfProtocol;

    /// <summary>Whether an error object is this one.</summary>
    public bool Fits(long code, string? name) => code == Code && (Data?["name"] is null || name == Name);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Code})";
}
