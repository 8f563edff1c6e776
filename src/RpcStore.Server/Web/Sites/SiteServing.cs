using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using RpcStore.Contract;
using RpcStore.Core.Blobs;
using RpcStore.Core.Flists.Registry;
using RpcStore.Core.Flists.Serving;
using RpcStore.Core.Sites;
using RpcStore.Server.Access;
using RpcStore.Server.Configuration;
using RpcStore.Server.Endpoints;
using RpcStore.Server.Journaling;
using RpcStore.Server.Web.Sites.WebDav;

namespace RpcStore.Server.Web.Sites;

/// <summary>Everything that serves sites, put together. To be disposed before the journal and the store.</summary>
internal sealed class SiteServing : IAsyncDisposable
{
    private static readonly TimeSpan TrimInterval = TimeSpan.FromMinutes(1);

    private readonly SiteJournal journal;
    private readonly SiteMiddleware middleware;
    private readonly ITimer trimming;
    private PublishedSites? published;

    /// <summary>Puts it together; there are no sites yet.</summary>
    /// <param name="options">How much memory it may take, and how long a body may take to come.</param>
    /// <param name="files">Where the blobs are, read without verification: decoding a block verifies it.</param>
    /// <param name="store">The same blobs, verified.</param>
    /// <param name="credentials">Where tokens and passwords are known.</param>
    /// <param name="actions">Records who read what.</param>
    /// <param name="errors">Names what went wrong.</param>
    /// <param name="log">Makes loggers.</param>
    /// <param name="time">The clock.</param>
    public SiteServing(
        ServerOptions options,
        IBlobStore files,
        IBlobStore store,
        RequestCredentials credentials,
        ActionJournal actions,
        ErrorMapper errors,
        ILoggerFactory log,
        TimeProvider time)
    {
        var limits = options.SiteMemory;
        Reserved = SiteAddresses.Reserve(ContractInfo.Routes.Select(route => route.Path));
        Live = new LiveSites(Reserved);
        Blocks = new FlistBlocks(files, limits.MaxBlockBytes, store);
        journal = new SiteJournal(actions, log.CreateLogger<SiteJournal>(), time);
        middleware = new SiteMiddleware(
            Live,
            new SiteResources(limits.MaxPathBytes, time),
            new SiteContent(new SiteVariants(limits.MaxCompressedBytes)),
            new DavRequests(new PropFind(options.Limits.Message)),
            new SiteGuard(credentials),
            journal,
            errors,
            log.CreateLogger<SiteMiddleware>());
        trimming = time.CreateTimer(static live => ((LiveSites)live!).Trim(), Live, TrimInterval, TrimInterval);
    }

    /// <summary>The sites.</summary>
    public LiveSites Live { get; }

    /// <summary>Brings the blocks of flists.</summary>
    public FlistBlocks Blocks { get; }

    /// <summary>First segments of paths that are the server's own.</summary>
    public FrozenSet<string> Reserved { get; }

    /// <summary>Serves what is published, from now on. To be called once.</summary>
    public void Follow(SiteRegistry sites, FlistRegistry flists) => published = new PublishedSites(sites, flists, this);

    /// <summary>Serves sites before anything that is added behind it.</summary>
    public void Use(IApplicationBuilder application) =>
        application.Use((context, next) => middleware.InvokeAsync(context, next));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await trimming.DisposeAsync();
        await journal.DisposeAsync();
        published?.Dispose();
        Live.Dispose();
        Blocks.Dispose();
    }
}
