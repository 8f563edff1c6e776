using RpcStore.ContractTest.Document;
using RpcStore.ContractTest.Running;

namespace RpcStore.ContractTest.Cases;

/// <summary>The refusal of a parameter, which tells where it is and what is wrong with it, where the document says so.</summary>
/// <param name="error">The document's <c>invalidParams</c>.</param>
/// <param name="pointer">Where the fault is: a JSON Pointer into the parameters, by name.</param>
internal sealed class ViolationExpectation(DocumentError error, string pointer) : IExpectation
{
    private readonly ErrorExpectation refusal = new(error, ("pointer", pointer));

    /// <inheritdoc/>
    public string Text => refusal.Text;

    /// <inheritdoc/>
    public string? FindFault(Reply reply) =>
        refusal.FindFault(reply)
        ?? (error.Fields?.Contains("reason") == true && string.IsNullOrEmpty(reply.Error!.FindText("reason")) ? "data has no reason" : null);
}
