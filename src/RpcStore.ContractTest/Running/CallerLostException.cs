namespace RpcStore.ContractTest.Running;

/// <summary>A caller can call no more: the server cannot be reached, or their credential is worth nothing any more.</summary>
/// <param name="message">Why.</param>
/// <param name="innerException">What led to it.</param>
public sealed class CallerLostException(string message, Exception? innerException = null) : IOException(message, innerException);
