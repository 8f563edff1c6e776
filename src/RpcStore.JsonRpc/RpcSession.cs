using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace RpcStore.JsonRpc;

/// <summary>
/// JSON-RPC 2.0 over a channel: the only loop that reads, dispatches and writes. Both sides of a connection are one; a
/// client is a session whose table is empty.
/// </summary>
public sealed class RpcSession : IAsyncDisposable
{
    public RpcSession(IMessageChannel channel, RpcMethodTable methods, RpcConnection connection, RpcSessionOptions options) => throw null!;

    /// <summary>Runs until the peer has ended and everything is answered, the transport fails, or it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => throw null!;

    /// <summary>Reads no further message; <see cref="RunAsync"/> ends when the running calls are answered.</summary>
    public void Stop() => throw null!;

    /// <summary>Calls of the peer that run now.</summary>
    public int RunningCalls => throw null!;

    /// <summary>Whether nothing was received and nothing ran since the time given (of the options' time provider's timestamp).</summary>
    public long LastActivity => throw null!;

    public ValueTask<TResult> InvokeAsync<TParams, TResult>(string method, TParams parameters, JsonTypeInfo<TParams> parametersType, JsonTypeInfo<TResult> resultType, CancellationToken cancellationToken) => throw null!;

    public ValueTask NotifyAsync<TParams>(string method, TParams parameters, JsonTypeInfo<TParams> parametersType, CancellationToken cancellationToken) => throw null!;

    public IDisposable OnProgress<T>(ProgressToken token, JsonTypeInfo<T> type, Action<T> handler) => throw null!;

    public ValueTask DisposeAsync() => throw null!;
}

/// <summary>The methods of a session, by name.</summary>
public sealed class RpcMethodTable
{
    public RpcMethodTable(IEnumerable<RpcMethod> methods) => throw null!;
    public static RpcMethodTable Empty { get; } = null!;
    public RpcMethod? Find(ReadOnlySpan<byte> utf8Name) => throw null!;
}
