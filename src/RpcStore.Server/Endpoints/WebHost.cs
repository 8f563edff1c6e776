using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RpcStore.Contract.Connections;
using RpcStore.Server.Configuration;
using RpcStore.Server.Endpoints.Overlay;
using RpcStore.Server.Web;

namespace RpcStore.Server.Endpoints;

/// <summary>Kestrel with the transports of this server, and with nothing that it does not need.</summary>
internal static class WebHost
{
    /// <summary>
    /// Bytes that may wait for a connection: enough for the next part of a batch to be read and verified while the one before
    /// is sent. What a receiver that does not read can cost.
    /// </summary>
    private const long MaxUnsentBytes = 512 << 10;

    /// <summary>Begins to build it.</summary>
    public static WebApplicationBuilder CreateBuilder(Action<ILoggingBuilder>? logging)
    {
        // Nothing is taken from files or variables of the host that happen to lie around: what the server is told comes
        // through its options.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "RpcStore" });
        builder.Services.AddRoutingCore();

        // What keeps the server from starting is thrown to whoever starts it, who says it better.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        if (logging is not null)
        {
            logging(builder.Logging);
        }

        return builder;
    }

    /// <summary>Has it listen.</summary>
    /// <param name="builder">What is built.</param>
    /// <param name="options">What the server was told.</param>
    /// <param name="listeners">Where.</param>
    /// <param name="dispatcher">What becomes of a connection, by the URL of the endpoint that it came to.</param>
    /// <param name="http2">Takes connections that speak HTTP/2.</param>
    /// <param name="log">Makes loggers.</param>
    /// <param name="time">The clock.</param>
    public static void UseListeners(
        this WebApplicationBuilder builder,
        ServerOptions options,
        Listeners listeners,
        Func<EndpointUrl, ConnectionDispatcher> dispatcher,
        Http2Handoff http2,
        ILoggerFactory log,
        TimeProvider time)
    {
        builder.WebHost.UseKestrelCore().UseSockets(sockets => sockets.CreateBoundListenSocket = endPoint => ListeningSocket.Bind(endPoint, options.SocketMode));
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, TransportMemory>();
        builder.Services.Configure<RouteOptions>(routes => routes.SetParameterPolicy<HexConstraint>(HexConstraint.Name));

        // Behind the transport for sockets, which is only registered where there is none yet.
        builder.Services.AddSingleton<IConnectionListenerFactory>(http2);
        builder.Services.AddSingleton<IConnectionListenerFactory>(services => new OverlayTransport(
            () => services.GetServices<IConnectionListenerFactory>().OfType<SocketTransportFactory>().Single(),
            OverlayTransport.FindAddresses,
            log.CreateLogger<OverlayTransport>(),
            time));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            ConfigureLimits(kestrel, options.Limits);
            listeners.Configure(kestrel, (url, connection, http1) => dispatcher(url).ServeAsync(connection, http1));
        });
    }

    private static void ConfigureLimits(KestrelServerOptions kestrel, ServerLimits limits)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowAlternateSchemes = true;
        kestrel.Limits.KeepAliveTimeout = limits.ConnectionIdle;
        kestrel.Limits.RequestHeadersTimeout = limits.Message;
        kestrel.Limits.MaxRequestBodySize = limits.MaxMessageBytes;

        // Slow is no fault; a body that is read whole has the limit of a message, and of peers that are gone the kernel tells.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MaxResponseBufferSize = MaxUnsentBytes;
        kestrel.Limits.Http2.MaxStreamsPerConnection = limits.MaxConcurrentCalls;
    }
}
