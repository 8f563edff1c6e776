using System.Text.Json.Serialization.Metadata;

namespace RpcStore.JsonRpc;

/// <summary>
/// JSON-RPC 2.0 over a channel: the only loop that reads, dispatches and writes. Both sides of a connection are one; a
/// client is a session whose table is empty.
/// </summary>
public sealed class RpcSession : IAsyncDisposable
{
    /// <summary>Makes the session; it owns the channel.</summary>
    public RpcSession(IMessageChannel channel, RpcMethodTable methods, RpcConnection connection, RpcSessionOptions options) => throw null!;

    /// <summary>Runs until the peer has ended and everything is answered, the transport fails, or it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => throw null!;

    /// <summary>Reads no further message; <see cref="RunAsync"/> ends when the running calls are answered.</summary>
    /// <param name="lastWord">Sent with a null id first, to tell the peer why; null for nothing.</param>
    public void Stop(RpcError? lastWord = null) => throw null!;

    /// <summary>Calls of the peer that run now.</summary>
    public int RunningCalls => throw null!;

    /// <summary>When a message was last received or a call last ended.</summary>
    public long LastActivity => throw null!;

    /// <summary>When the message began that is half received; 0 when there is none.</summary>
    public long PartialMessageSince => throw null!;

    /// <summary>What broke the transport.</summary>
    public Exception? TransportFailure => throw null!;

    /// <summary>Calls a method of the peer.</summary>
    public ValueTask<TResult> InvokeAsync<TParams, TResult>(string method, TParams parameters, JsonTypeInfo<TParams> parametersType, JsonTypeInfo<TResult> resultType, CancellationToken cancellationToken) => throw null!;

    /// <summary>Sends a notification.</summary>
    public ValueTask NotifyAsync<TParams>(string method, TParams parameters, JsonTypeInfo<TParams> parametersType, CancellationToken cancellationToken) => throw null!;

    /// <summary>Hands the progress to a handler.</summary>
    public IDisposable OnProgress<T>(ProgressToken token, JsonTypeInfo<T> type, Action<T> handler) => throw null!;

    /// <summary>Ends the session and the channel.</summary>
    public ValueTask DisposeAsync() => throw null!;
}
