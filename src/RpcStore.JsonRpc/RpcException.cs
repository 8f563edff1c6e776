namespace RpcStore.JsonRpc;

/// <summary>
/// A call ended with an error. A handler throws it to answer with that error; a client gets it when the answer is one.
/// </summary>
/// <param name="error">The error object of the answer.</param>
/// <param name="innerException">What led to it, for the log of this process; it is never sent.</param>
public sealed class RpcException(RpcError error, Exception? innerException = null) : Exception(error.Message, innerException)
{
    /// <summary>The error object of the answer.</summary>
    public RpcError Error { get; } = error;
}
