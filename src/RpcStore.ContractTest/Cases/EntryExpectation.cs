using RpcStore.ContractTest.Running;

namespace RpcStore.ContractTest.Cases;

/// <summary>To be let in: whatever is answered, it is no refusal of the caller.</summary>
internal sealed class EntryExpectation : IExpectation
{
    /// <inheritdoc/>
    public string Text => "to be let in: the parameters are refused, not the caller";

    /// <inheritdoc/>
    public string? FindFault(Reply reply) =>
        reply.Error is { Name: AccessCases.Unauthenticated or AccessCases.Forbidden } refusal ? $"the caller is refused: {refusal}" : null;
}
