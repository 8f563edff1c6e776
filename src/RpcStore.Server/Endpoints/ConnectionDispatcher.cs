using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using RpcStore.Contract.Connections;
using RpcStore.JsonRpc.Channels;
using RpcStore.Server.Access;

namespace RpcStore.Server.Endpoints;

/// <summary>
/// Stands before HTTP on every endpoint: looks at the first bytes of a connection and either serves JSON-RPC on it or hands
/// it on (spec/connections.md, section 2).
/// </summary>
internal sealed class ConnectionDispatcher(
    ConnectionRegistry registry, SessionRunner sessions, Http2Handoff http2, EndpointUrl endpoint)
{
    /// <summary>Serves one connection until its end.</summary>
    /// <param name="transport">The connection.</param>
    /// <param name="http1">Serves HTTP/1.1 on it.</param>
    public async Task ServeAsync(ConnectionContext transport, ConnectionDelegate http1)
    {
        var connection = Identify(transport);
        var tracked = registry.TryOpen(transport, connection);
        if (tracked is null)
        {
            await RefuseAsync(transport);
            return;
        }

        transport.Features.Set(tracked);
        try
        {
            switch (await DetectAsync(transport, tracked))
            {
                case ConnectionProtocol.JsonStream:
                    await sessions.RunAsync(transport, tracked, new JsonStreamFraming(sessions.Limits.MaxMessageBytes));
                    break;
                case ConnectionProtocol.HeaderDelimited:
                    await sessions.RunAsync(transport, tracked, new HeaderFraming(sessions.Limits.MaxMessageBytes));
                    break;
                case ConnectionProtocol.Http2 when CanHandOverHttp2(transport):
                    tracked.HandToHttp();
                    await http2.ServeAsync(transport);
                    break;
                case ConnectionProtocol.Http1 or ConnectionProtocol.Http2:
                    tracked.HandToHttp();
                    await http1(transport);
                    break;
                default:
                    break;
            }
        }
        finally
        {
            registry.Close(tracked);
        }
    }

    // Inside TLS Kestrel itself chooses by what the handshake agreed on. HTTP/2 is a conversation of many requests, which
    // an endpoint for single ones refuses: the HTTP/1.1 of Kestrel says so in a way that both understand.
    private bool CanHandOverHttp2(ConnectionContext transport) =>
        !endpoint.IsSingle && transport.Features.Get<ITlsHandshakeFeature>() is null;

    private ServerConnection Identify(ConnectionContext transport)
    {
        var socket = transport.Features.Get<IConnectionSocketFeature>()?.Socket;
        if (socket?.AddressFamily == AddressFamily.Unix)
        {
            return new ServerConnection(endpoint, null, PeerCredentials.Identify(socket));
        }

        return new ServerConnection(endpoint, (transport.RemoteEndPoint as IPEndPoint)?.ToString(), Caller.Guest);
    }

    /// <summary>Waits for enough bytes to decide. Takes none of them.</summary>
    /// <returns>Undecided when the connection ended, or the server stops, before that.</returns>
    private static async ValueTask<ConnectionProtocol> DetectAsync(ConnectionContext transport, TrackedConnection? tracked)
    {
        var input = transport.Transport.Input;
        while (true)
        {
            ReadResult result;
            try
            {
                result = await input.ReadAsync();
            }
            catch (Exception e) when (e is ConnectionResetException or ConnectionAbortedException)
            {
                // Gone before it said anything: as if it had never come, and no error of the server's.
                return ConnectionProtocol.Undecided;
            }

            var protocol = FirstBytes.Detect(result.Buffer);
            if (protocol == ConnectionProtocol.Undecided && result is { IsCompleted: false, IsCanceled: false })
            {
                // White space is examined and stays, so that it counts as part of the message.
                input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                if (tracked is not null)
                {
                    tracked.HasSentBytes |= !result.Buffer.IsEmpty;
                }

                continue;
            }

            input.AdvanceTo(result.Buffer.Start);
            var undecided = protocol == ConnectionProtocol.Undecided;

            // The beginning of a word and then the end: HTTP says best what is wrong with it.
            return undecided && result.IsCompleted && !result.Buffer.IsEmpty ? ConnectionProtocol.Http1 : protocol;
        }
    }

    /// <summary>Tells a connection over the limit, in the protocol that it speaks, that it is one too many.</summary>
    private static async Task RefuseAsync(ConnectionContext transport)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        using var abort = patience.Token.Register(static state => ((ConnectionContext)state!).Abort(), transport);
        var message = await DetectAsync(transport, tracked: null) switch
        {
            ConnectionProtocol.JsonStream => Refusal.JsonStream,
            ConnectionProtocol.HeaderDelimited => Refusal.HeaderDelimited,
            ConnectionProtocol.Undecided => default,
            _ => Refusal.Http,
        };
        if (!message.IsEmpty)
        {
            await transport.Transport.Output.WriteAsync(message);
        }
    }
}
