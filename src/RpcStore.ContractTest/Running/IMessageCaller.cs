namespace RpcStore.ContractTest.Running;

/// <summary>
/// Carries messages to the server in the name of one caller. One message at a time; after a failure the next message goes over
/// a new connection, so that a late answer is nobody's.
/// </summary>
public interface IMessageCaller
{
    /// <summary>Sends a message, and gives back what answers it.</summary>
    /// <param name="message">The UTF-8 text of a request.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What came, whatever it is.</returns>
    /// <exception cref="CallerLostException">The server cannot be reached, or does not take the caller for who they are.</exception>
    /// <exception cref="IOException">The connection ended without an answer.</exception>
    /// <exception cref="InvalidDataException">What came is no message.</exception>
    ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);
}
