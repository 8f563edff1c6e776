using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.Rust;

/// <summary>Tells which objects a client makes, and does not only get.</summary>
internal static class InputTypes
{
    /// <summary>The names of the objects in parameters and in bodies of HTTP routes.</summary>
    public static IReadOnlySet<string> Of(Contract contract) =>
        contract.Methods.SelectMany(method => method.Parameters).Select(parameter => parameter.Type)
            .Concat(contract.Routes.Select(route => route.Body).OfType<ContractType>())
            .SelectMany(Within)
            .ToHashSet();

    private static IEnumerable<string> Within(ContractType type) => type switch
    {
        ArrayType array => Within(array.Item),
        ObjectType shape => shape.Fields.SelectMany(field => Within(field.Type)).Append(shape.Name),
        _ => [],
    };
}
