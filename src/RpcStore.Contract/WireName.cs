namespace RpcStore.Contract;

/// <summary>The names that methods have on the wire.</summary>
public static class WireName
{
    private const string Suffix = "Async";

    /// <summary>What a method of a client interface is called: <c>blobs</c>, <c>HasAsync</c> → <c>blobs.has</c>.</summary>
    /// <param name="domain">The domain of the interface.</param>
    /// <param name="name">The method's name in C#, with or without <c>Async</c> at its end.</param>
    public static string Of(string domain, string name)
    {
        var verb = name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;
        return $"{domain}.{char.ToLowerInvariant(verb[0])}{verb[1..]}";
    }
}
