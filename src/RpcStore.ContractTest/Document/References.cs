using System.Text.Json.Nodes;

namespace RpcStore.ContractTest.Document;

/// <summary>Follows the references of a document, which lead to places in the same document. Thread-safe.</summary>
/// <param name="root">The document.</param>
internal sealed class References(JsonObject root)
{
    // A reference may lead to a reference; more of them than this go in a circle.
    private const int LongestChain = 32;

    /// <summary>What a value stands for: itself, or what its <c>$ref</c> leads to.</summary>
    /// <exception cref="ContractDocumentException">It leads nowhere, into another document, or in a circle.</exception>
    public JsonNode? Resolve(JsonNode? node)
    {
        for (var step = 0; step < LongestChain; step++)
        {
            if (node is not JsonObject value || value["$ref"] is not JsonValue reference || !reference.TryGetValue(out string? pointer))
            {
                return node;
            }

            node = Find(pointer);
        }

        throw new ContractDocumentException($"{node!.GetPath()}: the reference goes in a circle");
    }

    /// <summary>Makes sure that the references in a schema lead to schemas of the document's components.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="seen">The names of components that were looked at.</param>
    /// <exception cref="ContractDocumentException">One does not.</exception>
    public void CheckSchema(JsonNode? schema, HashSet<string> seen)
    {
        switch (schema)
        {
            case JsonObject value:
                if (value["$ref"] is JsonValue reference && reference.TryGetValue(out string? pointer))
                {
                    CheckReference(pointer, seen);
                }

                foreach (var (_, member) in value)
                {
                    CheckSchema(member, seen);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    CheckSchema(item, seen);
                }

                break;
        }
    }

    private void CheckReference(string pointer, HashSet<string> seen)
    {
        const string Components = "#/components/schemas/";
        if (!pointer.StartsWith(Components, StringComparison.Ordinal))
        {
            throw new ContractDocumentException($"the reference '{pointer}' does not lead to a schema of the document's components");
        }

        if (seen.Add(pointer))
        {
            CheckSchema(Find(pointer), seen);
        }
    }

    private JsonNode Find(string pointer)
    {
        JsonNode? node = pointer.StartsWith('#') ? root : null;
        foreach (var part in Uri.UnescapeDataString(pointer).Split('/').Skip(1))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node = (node as JsonObject)?[name];
        }

        return node ?? throw new ContractDocumentException($"the reference '{pointer}' leads to nothing in the document");
    }
}
