namespace RpcStore.CodeGen.Sources;

/// <summary>The authored contract has something that is wrong or not supported.</summary>
/// <param name="place">Where it stands.</param>
/// <param name="reason">What is wrong with it, and where it helps, what would be right.</param>
public sealed class ContractException(Place place, string reason) : Exception($"{place}: {reason}")
{
    /// <summary>Where it stands.</summary>
    public Place Place { get; } = place;
}
