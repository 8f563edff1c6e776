namespace RpcStore.ContractTest.Document;

/// <summary>Who calls: each may do what those before it may. As <c>x-access</c> and <c>auth.whoami</c> name them.</summary>
public enum CallerRole
{
    /// <summary>Somebody without credentials.</summary>
    Guest,

    /// <summary>An account that reads.</summary>
    User,

    /// <summary>An account that also changes and manages.</summary>
    Admin,
}
