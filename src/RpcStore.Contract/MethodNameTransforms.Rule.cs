namespace RpcStore.Contract;

public static partial class MethodNameTransforms
{
    private const string Suffix = "Async";

    private static string ToWire(string domain, string name)
    {
        var verb = name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;
        return $"{domain}.{char.ToLowerInvariant(verb[0])}{verb[1..]}";
    }
}
