namespace RpcStore.CodeGen.Model;

/// <summary>Turns names on the wire into the words that languages build their names from.</summary>
public static class Identifiers
{
    /// <summary>
    /// <c>storedAt</c> → <c>StoredAt</c>, <c>blobs.has</c> → <c>BlobsHas</c>, <c>date-time</c> → <c>DateTime</c>, <c>GET</c> → <c>Get</c>.
    /// </summary>
    public static string Pascal(string name) => string.Concat(Words(name).Select(word =>
        char.ToUpperInvariant(word[0]) + (word.All(char.IsUpper) ? word[1..].ToLowerInvariant() : word[1..])));

    /// <summary><c>StoredAt</c> → <c>storedAt</c>.</summary>
    public static string Camel(string name)
    {
        var pascal = Pascal(name);
        return char.ToLowerInvariant(pascal[0]) + pascal[1..];
    }

    private static string[] Words(string name) => name.Split(['.', '-', '_', ' '], StringSplitOptions.RemoveEmptyEntries);
}
