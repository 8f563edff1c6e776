using System.Collections.Frozen;

namespace RpcStore.Contract;

public static partial class ContractErrors
{
    /// <summary>The row of a code, or null when the table has none.</summary>
    public static ContractError? Find(int code) => Lookup.ByCode.GetValueOrDefault(code);

    /// <summary>The HTTP status that a JSON-RPC code has on routes; 500 for a code that the table does not have.</summary>
    public static int HttpStatusOf(int code) => Find(code)?.HttpStatus ?? 500;

    /// <summary>A class of its own: the order in which the parts of a partial class set their fields is not defined.</summary>
    private static class Lookup
    {
        public static readonly FrozenDictionary<int, ContractError> ByCode = All.ToFrozenDictionary(error => error.Code);
    }
}
