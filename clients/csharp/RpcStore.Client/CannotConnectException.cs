using RpcStore.Contract.Connections;

namespace RpcStore.Client;

/// <summary>No server was reached, so nothing was asked of one. The message says why, and what to do.</summary>
/// <param name="endpoint">Where the server should have been.</param>
/// <param name="reason">What went wrong, as the middle of a sentence, and what to do.</param>
/// <param name="innerException">What led to it.</param>
public sealed class CannotConnectException(EndpointUrl endpoint, string reason, Exception? innerException = null)
    : IOException($"cannot connect to {endpoint}: {reason}.", innerException)
{
    /// <summary>Where the server should have been.</summary>
    public EndpointUrl Endpoint { get; } = endpoint;
}
