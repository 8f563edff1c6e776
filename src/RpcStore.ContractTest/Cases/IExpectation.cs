using RpcStore.ContractTest.Running;

namespace RpcStore.ContractTest.Cases;

/// <summary>What has to come of a call, beyond the schemas.</summary>
internal interface IExpectation
{
    /// <summary>It, for a person.</summary>
    string Text { get; }

    /// <summary>What is wrong with an answer; null when nothing is.</summary>
    string? FindFault(Reply reply);
}
