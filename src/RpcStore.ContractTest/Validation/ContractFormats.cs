using System.Buffers.Text;
using System.Text.Json;
using Json.Schema;
using RpcStore.Digests;

namespace RpcStore.ContractTest.Validation;

/// <summary>The formats of the contract that JSON Schema does not have. <c>date-time</c> is the library's own.</summary>
internal static class ContractFormats
{
    /// <summary>All of them.</summary>
    public static FormatRegistry Registry { get; } = Register();

    private static FormatRegistry Register()
    {
        var registry = new FormatRegistry();
        registry.Register(new PredicateFormat("blob-id", element => IsText(element, text => BlobId.TryParse(text, out _))));
        registry.Register(new PredicateFormat("byte", element => IsText(element, IsBase64)));
        return registry;
    }

    // Base64 of RFC 4648 section 4: padded, and without the white space that the framework passes over.
    private static bool IsBase64(string text) => text.Length % 4 == 0 && !text.AsSpan().ContainsAny(" \t\r\n") && Base64.IsValid(text);

    // A format says something about strings only.
    private static bool IsText(JsonElement element, Predicate<string> test) =>
        element.ValueKind != JsonValueKind.String || test(element.GetString()!);
}
