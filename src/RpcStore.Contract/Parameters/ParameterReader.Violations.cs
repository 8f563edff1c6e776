using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using RpcStore.JsonRpc;

namespace RpcStore.Contract.Parameters;

public ref partial struct ParameterReader
{
    /// <summary>Refuses the value that the reader stands on.</summary>
    /// <param name="reason">What it must be, as the end of a sentence that starts with its place.</param>
    /// <exception cref="RpcException">Always.</exception>
    [DoesNotReturn]
    public readonly void Throw(string reason) => ThrowAt(reader.TokenStartIndex, reason);

    [DoesNotReturn]
    private readonly void ThrowAt(long tokenStart, string reason) => throw Violation(PointerFinder.Find(json, tokenStart, positions), reason);

    [DoesNotReturn]
    private readonly void ThrowMissing(MemberCursor members)
    {
        var missing = members.Table.Names[BitOperations.TrailingZeroCount(~members.Met)];
        var pointer = json.IsEmpty ? "" : PointerFinder.Find(json, members.Start, positions);
        throw Violation($"{pointer}/{missing}", "is required");
    }

    private static RpcException Violation(string pointer, string reason) =>
        new(ContractErrors.InvalidParams(pointer.Length == 0 ? $"The parameters: {reason}." : $"{pointer} {reason}.", pointer, reason));
}
