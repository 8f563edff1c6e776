namespace RpcStore.ContractTest.Running;

/// <summary>A call got no answer that is one.</summary>
/// <param name="message">What came instead.</param>
/// <param name="received">The text that came; null for none.</param>
/// <param name="innerException">What led to it.</param>
internal sealed class CallFailedException(string message, string? received = null, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>The text that came; null for none.</summary>
    public string? Received { get; } = received;

    /// <summary>Whether nothing came in time.</summary>
    public bool IsTimeout => InnerException is OperationCanceledException;
}
