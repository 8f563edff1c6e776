using System.Text.Json.Serialization.Metadata;

namespace RpcStore.JsonRpc;

/// <summary>One call that the peer made: who made it, whether it is still wanted, and where its result goes.</summary>
/// <remarks>
/// Handlers get it as a parameter; there is no ambient state. Its members may be used from any thread, until the task that
/// the handler returned has ended: then the session may use the object for another call.
/// </remarks>
public abstract class CallContext
{
    /// <summary>The other side.</summary>
    public abstract RpcConnection Connection { get; }

    /// <summary>The method that was called, for a log or a journal; null where nothing was looked up.</summary>
    public virtual RpcMethod? Method => null;

    /// <summary>
    /// Fires when the peer cancels the call, when the connection is gone, or when the session stops. Made when first asked
    /// for: a handler that answers at once and does not ask pays nothing.
    /// </summary>
    public abstract CancellationToken CancellationToken { get; }

    /// <summary>Answers the call. At most once; dropped when the call is a notification.</summary>
    /// <exception cref="InvalidOperationException">The call is answered already.</exception>
    public abstract void Reply<T>(T result, JsonTypeInfo<T> typeInfo);

    /// <summary>Answers the call with JSON text that is ready. At most once; dropped when the call is a notification.</summary>
    /// <exception cref="InvalidOperationException">The call is answered already.</exception>
    public abstract void ReplyRaw(ReadOnlySpan<byte> json);

    /// <summary>
    /// Sends a <c>$/progress</c> notification. Dropped when the call was answered, when the transport has no way back but
    /// the reply, or when earlier values still wait because the peer reads slowly.
    /// </summary>
    /// <returns>Whether it is on its way; false when it was dropped.</returns>
    public abstract bool ReportProgress<T>(ProgressToken token, T value, JsonTypeInfo<T> typeInfo);

    /// <summary>Answers the call when <paramref name="result"/> is there.</summary>
    public ValueTask ReplyAsync<T>(ValueTask<T> result, JsonTypeInfo<T> typeInfo)
    {
        if (result.IsCompletedSuccessfully)
        {
            Reply(result.Result, typeInfo);
            return ValueTask.CompletedTask;
        }

        return AwaitAndReply(result, typeInfo);
    }

    private async ValueTask AwaitAndReply<T>(ValueTask<T> result, JsonTypeInfo<T> typeInfo) =>
        Reply(await result.ConfigureAwait(false), typeInfo);
}
