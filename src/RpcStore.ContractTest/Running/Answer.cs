namespace RpcStore.ContractTest.Running;

/// <summary>What came of a call.</summary>
/// <param name="Sent">The text that was sent.</param>
/// <param name="Received">The text that came.</param>
/// <param name="Reply">The same, understood.</param>
internal sealed record Answer(ReadOnlyMemory<byte> Sent, ReadOnlyMemory<byte> Received, Reply Reply);
