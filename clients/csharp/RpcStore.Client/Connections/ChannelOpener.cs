using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using RpcStore.Client.Http;
using RpcStore.Contract;
using RpcStore.Contract.Connections;
using RpcStore.JsonRpc;
using RpcStore.JsonRpc.Channels;

namespace RpcStore.Client.Connections;

/// <summary>Opens a new connection for JSON-RPC: a JSON stream over a socket, or a WebSocket.</summary>
internal sealed class ChannelOpener(EndpointDialer dialer, ServerHttp http, RpcStoreClientOptions options)
{
    /// <summary>Opens a connection.</summary>
    /// <exception cref="CannotConnectException">No server was reached.</exception>
    /// <exception cref="RpcException">The token of a WebSocket is not accepted.</exception>
    public ValueTask<IMessageChannel> OpenAsync(CancellationToken cancellationToken) =>
        dialer.Endpoint.Scheme == EndpointScheme.WebSocket ? OpenWebSocketAsync(cancellationToken) : OpenStreamAsync(cancellationToken);

    private async ValueTask<IMessageChannel> OpenStreamAsync(CancellationToken cancellationToken)
    {
        var stream = await dialer.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var pipe = new StreamPipe(PipeReader.Create(stream), PipeWriter.Create(stream));
        return new PipeChannel(pipe, new JsonStreamFraming(options.MaxMessageBytes), options.TimeProvider);
    }

    private async ValueTask<IMessageChannel> OpenWebSocketAsync(CancellationToken cancellationToken)
    {
        var token = await http.GetTokenAsync(cancellationToken).ConfigureAwait(false);
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.CollectHttpResponseDetails = true;
            if (token is not null)
            {
                socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            }

            await socket.ConnectAsync(new Uri($"ws://{dialer.HttpAuthority}/rpc"), http.Client, cancellationToken).ConfigureAwait(false);
            return new WebSocketChannel(socket, options.MaxMessageBytes, options.TimeProvider);
        }
        catch (WebSocketException e)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            if (status == HttpStatusCode.Unauthorized)
            {
                throw http.Explain(new RpcException(ContractErrors.Unauthenticated("The server does not accept the token."), e));
            }

            throw FindCause(e) ?? new CannotConnectException(dialer.Endpoint, $"it does not speak WebSocket ({e.Message})", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static CannotConnectException? FindCause(Exception? e)
    {
        while (e is not (null or CannotConnectException))
        {
            e = e.InnerException;
        }

        return (CannotConnectException?)e;
    }

    private sealed record StreamPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
