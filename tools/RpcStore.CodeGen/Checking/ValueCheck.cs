using RpcStore.CodeGen.Sources;

namespace RpcStore.CodeGen.Checking;

/// <summary>Whether a value fits a type.</summary>
/// <param name="Pointer">Where inside the value it does not fit.</param>
/// <param name="Reason">Why it does not; null when it fits.</param>
public readonly record struct ValueCheck(string Pointer, string? Reason)
{
    /// <summary>The value fits.</summary>
    public static ValueCheck Fits => new("", null);

    /// <summary>Refuses the contract when the value does not fit.</summary>
    /// <param name="place">Where the value stands.</param>
    public void ThrowAt(Place place)
    {
        if (Reason is not null)
        {
            throw new ContractException(place with { Pointer = place.Pointer + Pointer }, Reason);
        }
    }

    internal ValueCheck Under(string name) => this with { Pointer = $"/{name}{Pointer}" };
}
