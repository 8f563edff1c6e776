namespace RpcStore.ContractTest.Reports;

/// <summary>How a case ended.</summary>
public enum Outcome
{
    /// <summary>As it has to.</summary>
    Passed,

    /// <summary>Otherwise.</summary>
    Failed,

    /// <summary>It was left out, which is never counted as passed.</summary>
    NotTried,
}
