using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using RpcStore.Contract.Connections;
using RpcStore.Server.Configuration;
using RpcStore.Server.Endpoints;

namespace RpcStore.Server;

/// <summary>A server that listens. Safe to use from any thread; stop or dispose it once.</summary>
public sealed class RpcStoreServer : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly Compose parts;

    private RpcStoreServer(WebApplication application, Compose parts)
    {
        this.application = application;
        this.parts = parts;
    }

    /// <summary>Where it listens, with the ports that the system picked.</summary>
    public IReadOnlyList<EndpointUrl> Endpoints => parts.Listeners.Endpoints;

    /// <summary>The data directory, as a full path.</summary>
    public string DataDirectory => parts.Data.Path;

    /// <summary>The name of the data directory for as long as it exists: 32 hex digits.</summary>
    public string ServerId => parts.Data.ServerId;

    /// <summary>The SHA-256 of the certificate that <c>tls://</c> endpoints use now, as 64 hex digits; null when there is none.</summary>
    public string? CertificateFingerprint => parts.Listeners.CertificateFingerprint;

    /// <summary>What it is made of.</summary>
    internal Compose Parts => parts;

    /// <summary>
    /// Takes over what may change while it runs (<see cref="ServerOptions.Reload"/>), and reads the certificate again: faults of
    /// that go to the log, and the one that was used before stays.
    /// </summary>
    /// <param name="options">All that it is told now.</param>
    public void Reload(ServerOptions options) => parts.Reload(options);

    /// <summary>Opens the data directory and listens.</summary>
    /// <param name="options">All that it is told.</param>
    /// <param name="logging">Where the log goes; null for nowhere.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="ServerStartException">It cannot start; the message says why and what to do.</exception>
    /// <exception cref="Core.StoreException">The data directory cannot be used; the message says why and what to do.</exception>
    public static async Task<RpcStoreServer> StartAsync(
        ServerOptions options, Action<ILoggingBuilder>? logging, CancellationToken cancellationToken)
    {
        var parts = await Compose.CreateAsync(options, logging, TimeProvider.System, cancellationToken);
        var application = parts.Application;
        try
        {
            await application.StartAsync(cancellationToken);
            return new RpcStoreServer(application, parts);
        }
        catch
        {
            await application.DisposeAsync();
            await parts.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Listens no more, reads no further call, lets what runs end within the grace of the configuration, and cancels the
    /// rest.
    /// </summary>
    /// <param name="hurry">Fires to cancel what runs at once.</param>
    public async Task StopAsync(CancellationToken hurry = default)
    {
        using var grace = CancellationTokenSource.CreateLinkedTokenSource(hurry);
        grace.CancelAfter(parts.Options.ShutdownGrace);
        using var abort = grace.Token.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), parts.AbortCalls);
        parts.Connections.StopAll();

        // Calls that are cancelled at the end of the grace still get their answer out before connections are aborted.
        using var farewell = new CancellationTokenSource();
        using var delay = grace.Token.UnsafeRegister(
            static state => ((CancellationTokenSource)state!).CancelAfter(TimeSpan.FromSeconds(2)), farewell);
        await application.StopAsync(farewell.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        await parts.DisposeAsync();
    }
}
