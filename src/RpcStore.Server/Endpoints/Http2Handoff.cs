using System.IO.Pipelines;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace RpcStore.Server.Endpoints;

/// <summary>
/// Gives connections that begin with the preface of HTTP/2 to an endpoint of Kestrel that speaks nothing else.
/// </summary>
/// <remarks>
/// On a connection without TLS Kestrel decides between HTTP/1.1 and HTTP/2 by the endpoint, not by the bytes; one that
/// allows both always takes HTTP/1.1. So there is a second endpoint, reachable from inside only: this transport "accepts"
/// the connections that the listeners hand over.
/// </remarks>
internal sealed class Http2Handoff : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    // A connection waits here only until Kestrel's accept loop comes around.
    private readonly Channel<HandedConnection> connections = Channel.CreateUnbounded<HandedConnection>();

    /// <summary>The address that Kestrel is told to listen on.</summary>
    public static EndPoint EndPoint { get; } = new InternalEndPoint();

    /// <summary>Hands a connection over and waits until HTTP/2 is done with it.</summary>
    public Task ServeAsync(ConnectionContext connection)
    {
        var handed = new HandedConnection(connection);
        if (!connections.Writer.TryWrite(handed))
        {
            connection.Abort();
            return Task.CompletedTask;
        }

        return handed.Completion;
    }

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => endpoint is InternalEndPoint;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new(new Listener(connections));

    private sealed class InternalEndPoint : EndPoint
    {
        public override string ToString() => "internal:http2";
    }

    private sealed class Listener(Channel<HandedConnection> connections) : IConnectionListener
    {
        public EndPoint EndPoint => Http2Handoff.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (await connections.Reader.WaitToReadAsync(cancellationToken))
            {
                if (connections.Reader.TryRead(out var connection))
                {
                    return connection;
                }
            }

            return null;
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            connections.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>
    /// The same connection for its second owner: Kestrel adds features and disposes it in the end, and the first owner must
    /// see neither.
    /// </summary>
    private sealed class HandedConnection(ConnectionContext inner) : ConnectionContext
    {
        private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Completion => completion.Task;

        public override string ConnectionId { get => inner.ConnectionId; set => inner.ConnectionId = value; }

        public override IFeatureCollection Features { get; } = new FeatureCollection(inner.Features);

        public override IDictionary<object, object?> Items { get => inner.Items; set => inner.Items = value; }

        public override IDuplexPipe Transport { get => inner.Transport; set => inner.Transport = value; }

        public override EndPoint? LocalEndPoint { get => inner.LocalEndPoint; set => inner.LocalEndPoint = value; }

        public override EndPoint? RemoteEndPoint { get => inner.RemoteEndPoint; set => inner.RemoteEndPoint = value; }

        public override CancellationToken ConnectionClosed
        {
            get => inner.ConnectionClosed;
            set => inner.ConnectionClosed = value;
        }

        public override void Abort(ConnectionAbortedException abortReason) => inner.Abort(abortReason);

        public override void Abort() => inner.Abort();

        public override ValueTask DisposeAsync()
        {
            completion.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }
}
