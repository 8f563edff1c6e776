using RpcStore.Core;

namespace RpcStore.Server.Web;

/// <summary>
/// The body of a request for those who give up reading in the middle: a read is only ended by the request itself. Kestrel can
/// neither read on nor answer properly after a read that was cancelled.
/// </summary>
/// <param name="body">The body; not disposed.</param>
/// <param name="requestEnded">Ends reads.</param>
internal sealed class BodyStream(Stream body, CancellationToken requestEnded) : ForwardStream
{
    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<int>(cancellationToken)
            : body.ReadAsync(buffer, requestEnded);
}
