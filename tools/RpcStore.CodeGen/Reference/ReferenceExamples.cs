using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.Reference;

/// <summary>The examples that the reference shows: those that end with a result.</summary>
internal static class ReferenceExamples
{
    /// <summary>Those of a method, with their places.</summary>
    public static IEnumerable<(int Place, Example Example)> Of(Method method) =>
        method.Examples.Where(example => example.Result is not null).Index().Select(pair => (pair.Index, pair.Item));

    /// <summary>Those of all methods, in the order of the contract.</summary>
    public static IReadOnlyList<(Method Method, int Place, Example Example)> Of(Contract contract) =>
        [.. contract.Methods.SelectMany(method => Of(method).Select(one => (method, one.Place, one.Example)))];
}
