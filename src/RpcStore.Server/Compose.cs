using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using RpcStore.Contract;
using RpcStore.Core;
using RpcStore.Core.Blobs;
using RpcStore.Core.Blobs.Directory;
using RpcStore.Core.Blobs.Tar;
using RpcStore.Core.Flists.Registry;
using RpcStore.Core.Sites;
using RpcStore.Core.Transfers;
using RpcStore.Core.Uploads;
using RpcStore.JsonRpc;
using RpcStore.Server.Access;
using RpcStore.Server.Configuration;
using RpcStore.Server.Endpoints;
using RpcStore.Server.Endpoints.Tls;
using RpcStore.Server.Handlers;
using RpcStore.Server.Journaling;
using RpcStore.Server.Telemetry;
using RpcStore.Server.Web;
using RpcStore.Server.Web.Reference;
using RpcStore.Server.Web.Rfs;
using RpcStore.Server.Web.Sites;

namespace RpcStore.Server;

/// <summary>The whole server put together: the one place that knows all of its parts.</summary>
internal sealed class Compose : IAsyncDisposable
{
    private readonly IBlobStore store;
    private readonly Ledger ledger;
    private readonly FlistParts flists;
    private readonly ServerMetrics metrics;
    private readonly ServerTelemetry telemetry;
    private readonly TransferRegistry transfers;
    private readonly LiveOptions live;

    private Compose(DataDirectory data, Ledger ledger, IBlobStore store, FlistParts flists, WebApplication application, Parts parts)
    {
        this.ledger = ledger;
        this.flists = flists;
        Data = data;
        this.store = store;
        Application = application;
        Connections = parts.Connections;
        Listeners = parts.Listeners;
        transfers = parts.Transfers;
        live = parts.Options;
        AbortCalls = parts.AbortCalls;
        metrics = parts.Metrics;
        telemetry = parts.Telemetry;
        Certificate = parts.Certificate;
        Sites = parts.Sites;
    }

    /// <summary>What the server was told, with what it has taken over since.</summary>
    public ServerOptions Options => live.Current;

    /// <summary>Its data directory.</summary>
    public DataDirectory Data { get; }

    /// <summary>Kestrel and the routes.</summary>
    public WebApplication Application { get; }

    /// <summary>Every open connection.</summary>
    public ConnectionRegistry Connections { get; }

    /// <summary>Where it listens.</summary>
    public Listeners Listeners { get; }

    /// <summary>Cancels every call that runs.</summary>
    public CancellationTokenSource AbortCalls { get; }

    /// <summary>The certificate of endpoints with TLS; null when there is none.</summary>
    public CertificateSource? Certificate { get; }

    /// <summary>What serves sites.</summary>
    public SiteServing Sites { get; }

    /// <summary>The blobs.</summary>
    public IBlobStore Store => store;

    /// <summary>The record of every action.</summary>
    public Core.Journal.IJournal Journal => ledger.Journal;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Certificate?.Dispose();
        Connections.Dispose();
        await Sites.DisposeAsync();
        telemetry.Dispose();
        metrics.Dispose();
        await flists.DisposeAsync();
        await store.DisposeAsync();
        await ledger.DisposeAsync();
        Data.Dispose();
        AbortCalls.Dispose();
    }

    /// <summary>Takes over what may change while the server runs.</summary>
    public void Reload(ServerOptions next)
    {
        live.Reload(next);
        Connections.MaxConnections = Options.Limits.MaxConnections;
        transfers.MaxTransfers = Options.Limits.MaxTransfers;
        ledger.Reload(Options);
        Certificate?.Look();
    }

    /// <summary>Opens the data directory and puts everything together; nothing listens yet.</summary>
    public static async Task<Compose> CreateAsync(
        ServerOptions options, Action<ILoggingBuilder>? logging, TimeProvider time, CancellationToken cancellationToken)
    {
        var limits = options.Limits;
        var builder = WebHost.CreateBuilder(logging);
        var log = LoggerFactory.Create(logging ?? (static _ => { }));
        var data = DataDirectory.Open(options.DataDirectory);
        var certificate = CertificateSource.Open(options, data, log.CreateLogger<CertificateSource>(), time);

        var ledger = await Ledger.OpenAsync(data, options, log.CreateLogger<Ledger>(), time, cancellationToken);

        // Reads are verified, and what was found wrong is put aside; the empty blob is always here.
        var files = await DirectoryBlobStore.OpenAsync(data, limits.MaxBlobBytes, time, cancellationToken);
        var blobLog = log.CreateLogger<VerifyingBlobStore>();
        IBlobStore store = new EmptyBlobStore(new VerifyingBlobStore(files, corruption => blobLog.BlobCorrupt(corruption.Id, corruption.Actual)), time);

        var errors = new ErrorMapper(log.CreateLogger<ErrorMapper>());
        var metrics = new ServerMetrics();
        var journal = new ActionJournal(ledger.Journal, options.JournalScope, errors, metrics, time);
        var credentials = new RequestCredentials(ledger.Sessions, ledger.Logins.Passwords);
        var parts = new Parts(
            new ConnectionRegistry(limits, time),
            new Listeners(options.Listen, options.Inherited, certificate),
            errors,
            new CancellationTokenSource(),
            metrics,
            new ServerTelemetry(options.Telemetry, data.ServerId, ContractInfo.Version),
            certificate,
            new TransferRegistry(new TransferLimits(limits.MaxTransfers, limits.Transfer), time),
            new LiveOptions(options),
            new SiteServing(options, files, store, credentials, journal, errors, log, time));
        var transfers = parts.Transfers;
        var batches = new BatchLimits(limits.MaxBlobBytes, limits.MaxBatchEntries, limits.MaxBatchBytes);
        var download = new BatchDownload(new BatchExport(store));

        // What flists and uploaded files need is not removed.
        var references = new FlistReferences(ledger.Catalog);
        var retention = new BlobRetention(references, new UploadReferences(ledger.Catalog));
        var flists = await FlistParts.OpenAsync(
            data, ledger.Catalog, store, retention, limits.Flists, log.CreateLogger<FlistParts>(), time, cancellationToken);

        var sites = await SiteRegistry.OpenAsync(ledger.Catalog, parts.Sites.Reserved, time);
        parts.Sites.Follow(sites, flists.Registry);

        var operations = new BlobOperations(store, retention, limits.MaxInlineBlobBytes);
        var scrubber = new BlobScrubber(store, operations, transfers, e => parts.Errors.Map(e, "blobs.scrub"));

        var upload = new BatchUpload(new BatchIngest(store, batches), journal, data.SpoolPath);
        var methods = new RpcMethodTable(new MeasuredMethods(parts.Metrics).Measure(new GuardedMethods(journal, parts.Errors).Guard(ContractMethods.Create(
            new DiscoveryHandler(),
            new ServerHandler(new ServerInfoSource(data.ServerId, parts.Options, parts.Listeners), store, transfers, parts.Connections, time),
            new AuthHandler(ledger.Logins, ledger.Sessions),
            new AccountsHandler(ledger.Accounts),
            new BlobsHandler(store, operations, scrubber, new BlobCollector(store, retention, time), download, transfers, time),
            new TransfersHandler(transfers),
            new FlistsHandler(
                flists.Registry, flists.Uploader, new FlistVerifier(flists.Registry, ledger.Catalog, store, operations), transfers,
                limits.MaxInlineBlobBytes),
            new SitesHandler(sites),
            new JournalHandler(ledger.Journal, time)))));
        parts.Metrics.Observe(new ServerState(data.ServerId, ContractInfo.Version, store, parts.Connections, transfers, ledger.Sessions, ledger.Journal));
        var sessions = new SessionRunner(methods, limits, parts.Errors, time, parts.AbortCalls.Token);
        var http2 = new Http2Handoff();

        builder.UseListeners(
            options, parts.Listeners, url => new ConnectionDispatcher(parts.Connections, sessions, http2, url), http2, log, time);

        var application = builder.Build();
        application.UseSingleRequests();
        parts.Sites.Use(application);
        application.UseRouting();
        application.UseCrossOrigin();
        application.UseWebSockets();
        var guard = new RequestGuard(credentials, journal, parts.Errors);
        var routes = new ContractRoutes(application, guard, parts.Errors, log.CreateLogger<ContractRoutes>());
        new RpcRoutes(sessions).Map(routes);
        ReferenceRoute.Map(routes);
        new BlobRoutes(store, upload, download, batches, limits.Message, journal).Map(routes);
        var flistUpload = new FlistUpload(flists.Uploader, journal);
        var flistDownload = new FlistDownload(flists.Registry, store);
        new FlistRoutes(flists.Registry, flistUpload, flistDownload, store).Map(routes);
        new TransferRoutes(transfers, new TransferMoves(upload, download, flistUpload, flistDownload, flists.Registry), parts.Errors).Map(routes);
        new MetricsRoute(parts.Telemetry).Map(routes);
        new RfsParts(ledger, flists, store, retention, references, options, journal, time).Map(routes, flistUpload, flistDownload);
        routes.Complete();
        return new Compose(data, ledger, store, flists, application, parts);
    }

    /// <summary>What endpoints and routes share.</summary>
    private sealed record Parts(
        ConnectionRegistry Connections,
        Listeners Listeners,
        ErrorMapper Errors,
        CancellationTokenSource AbortCalls,
        ServerMetrics Metrics,
        ServerTelemetry Telemetry,
        CertificateSource? Certificate,
        TransferRegistry Transfers,
        LiveOptions Options,
        SiteServing Sites);
}
