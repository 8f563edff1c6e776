namespace RpcStore.Server.Endpoints;

/// <summary>The server cannot start; the message says what is wrong and what to do.</summary>
/// <param name="message">One or two sentences for a person.</param>
/// <param name="innerException">What led to it.</param>
public sealed class ServerStartException(string message, Exception? innerException = null) : Exception(message, innerException);
