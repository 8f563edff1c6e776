namespace RpcStore.ContractTest.Running;

/// <summary>How a server is tested. Immutable; change with <c>with</c>.</summary>
public sealed record ContractTestOptions
{
    /// <summary>How long an answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether methods that change the server are played too: for a fresh server that nobody else uses.</summary>
    public bool PlaysChanges { get; init; }
}
