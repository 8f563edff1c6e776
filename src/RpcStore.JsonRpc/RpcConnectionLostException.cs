namespace RpcStore.JsonRpc;

/// <summary>
/// A call was not answered, or could not be made, because the connection has ended. Whether the peer ran the call is not
/// known.
/// </summary>
/// <param name="message">What ended it.</param>
/// <param name="innerException">
/// The failure of the transport, or an <see cref="RpcException"/> with what the peer said before it ended the connection.
/// </param>
public sealed class RpcConnectionLostException(string message, Exception? innerException = null)
    : IOException(message, innerException);
