namespace RpcStore.Contract;

/// <summary>The parameters of a method that has none.</summary>
public sealed record EmptyParams
{
    /// <summary>The only value there is.</summary>
    public static EmptyParams Instance { get; } = new();
}
