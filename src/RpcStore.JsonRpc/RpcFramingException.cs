namespace RpcStore.JsonRpc;

/// <summary>Received bytes break the framing of a channel.</summary>
/// <param name="error">What to tell the peer.</param>
/// <param name="canContinue">Whether messages can still be received after the broken bytes.</param>
public sealed class RpcFramingException(RpcError error, bool canContinue) : Exception(error.Message)
{
    /// <summary>What to tell the peer, with a null id.</summary>
    public RpcError Error { get; } = error;

    /// <summary>Whether the channel has passed over the broken bytes and can receive what follows.</summary>
    public bool CanContinue { get; } = canContinue;
}
