namespace RpcStore.ContractTest.Cases;

/// <summary>What a case checks.</summary>
public enum CaseKind
{
    /// <summary>An example does what it says.</summary>
    Example,

    /// <summary>An error that is declared comes when an example says so.</summary>
    Error,

    /// <summary>A parameter that breaks its schema is refused.</summary>
    InvalidParams,

    /// <summary>A caller is let in or refused as <c>x-access</c> says.</summary>
    Access,
}
