using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace RpcStore.Server.Endpoints.Tls;

/// <summary>
/// Ends a TLS connection as RFC 8446, section 6.1 asks: with <c>close_notify</c>, by which the peer knows that nothing was cut
/// off. Kestrel and its stream end without it.
/// </summary>
internal static class TlsFarewell
{
    // Two dozen bytes, which only a peer that reads nothing keeps waiting.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Serves a connection inside TLS, and says that it ends.</summary>
    public static async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        await next(connection);

        // One that was aborted, or whose peer has gone, must not seem to have ended well.
        if (connection.Features.Get<ISslStreamFeature>() is not { SslStream: var stream } || connection.ConnectionClosed.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await stream.ShutdownAsync().WaitAsync(Patience);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or NotSupportedException or TimeoutException)
        {
            // The peer has gone, does not read, or sees an answer that is still being written cut off, which is the truth.
        }
    }
}
