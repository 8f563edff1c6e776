using System.Buffers;
using Microsoft.AspNetCore.Http;
using RpcStore.Contract;
using RpcStore.JsonRpc;
using RpcStore.JsonRpc.Channels;
using RpcStore.Server.Endpoints;

namespace RpcStore.Server.Web;

/// <summary>JSON-RPC over HTTP: <c>POST /rpc</c>, WebSocket at <c>/rpc</c>, and the contract itself.</summary>
internal sealed class RpcRoutes(SessionRunner sessions)
{
    /// <summary>Maps the routes.</summary>
    public void Map(ContractRoutes routes)
    {
        routes.Map("POST", "/rpc", PostAsync);
        routes.Map("GET", "/rpc", UpgradeAsync);
        routes.Map("GET", "/openrpc.json", DocumentAsync);
    }

    private async Task PostAsync(HttpContext context)
    {
        var body = await ReadMessageAsync(context);
        var exchange = new ExchangeChannel(body);
        await sessions.ExchangeAsync(exchange, context.GetConnection(), context.RequestAborted);
        var reply = exchange.Reply;
        if (reply.IsEmpty)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = reply.Length;
        context.Response.BodyWriter.Write(reply.Span);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>The whole body; it is copied, because the exchange goes on while Kestrel's buffers are given back.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> ReadMessageAsync(HttpContext context)
    {
        var limit = sessions.Limits.MaxMessageBytes;
        context.AllowAnyBodySize();
        return context.Request.ContentLength > limit
            ? throw TooLarge(limit)
            : await context.Request.BodyReader.ReadWholeAsync(limit, sessions.Limits.Message, context.RequestAborted) ?? throw TooLarge(limit);
    }

    private static RpcException TooLarge(int limit) => new(ContractErrors.TooLarge(
        $"The message has more than {limit} bytes (maxMessageBytes).", "maxMessageBytes", limit));

    private async Task UpgradeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            throw new RpcException(ContractErrors.InvalidRequest(
                "GET /rpc is for WebSocket: send the upgrade of RFC 6455, or POST a JSON-RPC message.", "no WebSocket upgrade"));
        }

        var subprotocol = context.WebSockets.WebSocketRequestedProtocols.Contains("jsonrpc") ? "jsonrpc" : null;
        using var socket = await context.WebSockets.AcceptWebSocketAsync(subprotocol);
        await using var channel = new WebSocketChannel(socket, sessions.Limits.MaxMessageBytes);

        // The connection is the WebSocket's from now on, and whoever opened it acts on it.
        var tracked = context.GetTracked();
        tracked.Connection.Become(context.GetConnection());
        await sessions.RunAsync(channel, tracked, context.RequestAborted);
    }

    private static async Task DocumentAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = ContractInfo.OpenRpcText.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(ContractInfo.OpenRpcText, context.RequestAborted);
        }
    }
}
