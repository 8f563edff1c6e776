using System.Text.Json.Nodes;

namespace RpcStore.ContractTest.Document;

/// <summary>
/// An OpenRPC document, understood as far as it is tested. It may be any version of the contract, and any other contract that
/// is told in the same way: what it is comes from the document alone.
/// </summary>
public sealed class ContractDocument
{
    private readonly Dictionary<string, DocumentMethod> byName;

    private ContractDocument(JsonObject root, IReadOnlyList<DocumentMethod> methods, IReadOnlyList<DocumentError> errors)
    {
        Root = root;
        Methods = methods;
        Errors = errors;
        byName = methods.ToDictionary(method => method.Name);
    }

    /// <summary>What the contract is called, and its version.</summary>
    public string Title => $"{(string?)Root["info"]?["title"] ?? "?"} {(string?)Root["info"]?["version"] ?? "?"}";

    internal JsonObject Root { get; }

    internal IReadOnlyList<DocumentMethod> Methods { get; }

    /// <summary>All errors of the components: also those that no method declares, which are the protocol's.</summary>
    internal IReadOnlyList<DocumentError> Errors { get; }

    /// <summary>Understands a document.</summary>
    /// <param name="document">The JSON.</param>
    /// <exception cref="ContractDocumentException">It is no document that a server can be tested with; the message says why.</exception>
    public static ContractDocument Read(JsonNode? document)
    {
        try
        {
            return new DocumentReader(document as JsonObject ?? throw new ContractDocumentException("it is no JSON object")).Read();
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentException)
        {
            // A value of another kind than OpenRPC has there.
            throw new ContractDocumentException($"it is no OpenRPC document: {e.Message}");
        }
    }

    /// <summary>A method by its name; null when there is none.</summary>
    internal DocumentMethod? FindMethod(string name) => byName.GetValueOrDefault(name);

    /// <summary>An error by its name; null when there is none.</summary>
    internal DocumentError? FindError(string name) => Errors.FirstOrDefault(error => error.Name == name);

    internal static ContractDocument Create(JsonObject root, IReadOnlyList<DocumentMethod> methods, IReadOnlyList<DocumentError> errors) =>
        methods.GroupBy(method => method.Name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new ContractDocumentException($"the method '{twice.Key}' is there twice")
            : new(root, methods, errors);
}
