using Microsoft.AspNetCore.Connections;
using RpcStore.JsonRpc;
using RpcStore.JsonRpc.Channels;
using RpcStore.Server.Configuration;

namespace RpcStore.Server.Endpoints;

/// <summary>Runs JSON-RPC sessions on whatever carries them, all with the same methods and limits.</summary>
internal sealed class SessionRunner
{
    private readonly RpcMethodTable methods;
    private readonly RpcSessionOptions options;
    private readonly TimeProvider time;
    private readonly CancellationToken abort;

    /// <param name="methods">Every method of the contract.</param>
    /// <param name="limits">What the sessions allow.</param>
    /// <param name="errors">Turns exceptions of handlers into errors.</param>
    /// <param name="time">Measures time.</param>
    /// <param name="abort">Fires when the grace for what runs is over.</param>
    public SessionRunner(
        RpcMethodTable methods, ServerLimits limits, ErrorMapper errors, TimeProvider time, CancellationToken abort)
    {
        this.methods = methods;
        this.time = time;
        this.abort = abort;
        Limits = limits;
        options = new RpcSessionOptions
        {
            MaxBatchCalls = limits.MaxBatchCalls,
            MaxConcurrentCalls = limits.MaxConcurrentCalls,
            MaxMessageDepth = limits.MaxMessageDepth,
            MapException = (exception, context) => errors.Map(exception, context.Method?.Name ?? "a call"),
            TimeProvider = time,
        };
    }

    /// <summary>The limits that channels have to keep.</summary>
    public ServerLimits Limits { get; }

    /// <summary>Serves JSON-RPC on a connection that speaks it without HTTP, until its end.</summary>
    public async Task RunAsync(ConnectionContext transport, TrackedConnection tracked, MessageFraming framing)
    {
        await using var channel = new PipeChannel(transport.Transport, framing, time);
        await RunAsync(channel, tracked, CancellationToken.None);
    }

    /// <summary>Serves JSON-RPC on a channel until its end.</summary>
    public async Task RunAsync(IMessageChannel channel, TrackedConnection tracked, CancellationToken cancellationToken)
    {
        var single = tracked.Connection.Endpoint.IsSingle ? new SingleMessageChannel(channel) : null;
        await using var session = new RpcSession(single ?? channel, methods, tracked.Connection, options);
        if (single is not null)
        {
            single.Received = () => session.Stop();
        }

        tracked.Attach(session);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(abort, cancellationToken);
        await session.RunAsync(ended.Token);
    }

    /// <summary>Answers one message, as HTTP POST carries it.</summary>
    public async Task ExchangeAsync(IMessageChannel channel, ServerConnection connection, CancellationToken cancellationToken)
    {
        await using var session = new RpcSession(channel, methods, connection, options);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(abort, cancellationToken);
        await session.RunAsync(ended.Token);
    }
}
