using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using RpcStore.Contract;
using RpcStore.Core;
using RpcStore.Core.Flists.Serving;
using RpcStore.Core.Sites;
using RpcStore.JsonRpc;
using RpcStore.Server.Endpoints;
using RpcStore.Server.Web.Sites.WebDav;

namespace RpcStore.Server.Web.Sites;

/// <summary>
/// Serves sites, before anything else looks at a request: who may read one, which file it is, and what goes wrong. What is for no
/// site goes on to the routes of the server.
/// </summary>
internal sealed class SiteMiddleware(
    LiveSites sites,
    SiteResources resources,
    SiteContent content,
    DavRequests dav,
    SiteGuard guard,
    SiteJournal journal,
    ErrorMapper errors,
    ILogger<SiteMiddleware> log)
{
    private const string GetAction = "GET site";
    private const string FirstPage = "/index.html";
    private const string NotFoundPage = "/404.html";
    private const string SpaVary = "Accept, Sec-Fetch-Mode";

    /// <summary>Serves a request for a site, and hands on any other.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var table = sites.Table;
        if (table.Count == 0)
        {
            return next(context);
        }

        var path = SitePath.Read(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (path.IsEmpty || table.Find(context.Request.Headers.Host.ToString(), path, out var prefixLength) is not { } site)
        {
            return next(context);
        }

        // A file that is asked for often needs no string and no query from here to its bytes.
        var tree = site.TryHold();
        var resource = tree is not null && IsRead(context.Request.Method) ? resources.Find(tree, path[prefixLength..]) : null;
        var request = new SiteRequest(context, site) { Path = resource is null ? (path.ToString(), prefixLength) : ("", 0) };
        return ServeAsync(request, tree, resource);
    }

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    private async Task ServeAsync(SiteRequest request, ServedFlist? tree, SiteResource? resource)
    {
        var context = request.Http;
        var connection = context.GetTracked().Connection;
        var action = GetAction;
        try
        {
            connection = await guard.IdentifyAsync(context);
            if ((SiteGuard.Check(request.Site, connection) ?? SiteGuard.CheckWorker(request.Site, context.Request.Headers)) is { } refusal)
            {
                throw new RpcException(refusal);
            }

            // Bytes of a session that ends are cut off in the middle, as if somebody cancelled them.
            var ended = connection.Caller.Session?.Ended ?? CancellationToken.None;
            await using var cut = ended.UnsafeRegister(static http => ((HttpContext)http!).Abort(), context);
            tree ??= await request.Site.OpenAsync(context.RequestAborted);
            if (resource is not null)
            {
                await content.WriteAsync(request, tree, resource, request.Site.CacheControl);
            }
            else if (IsRead(context.Request.Method))
            {
                await FindAsync(request, tree);
            }
            else
            {
                action = dav.NameOf(context.Request.Method);
                await dav.ServeAsync(request, tree);
            }

            journal.Count(action, request.Site, connection, request.BytesSent);
        }
        catch (Exception e)
        {
            var error = errors.Map(e, action);
            journal.Count(action, request.Site, connection, error, request.BytesSent);
            await AnswerAsync(context, action, e, error);
        }
        finally
        {
            tree?.Release();
        }
    }

    /// <summary>Answers with what is at a path that was not asked for lately.</summary>
    private async Task FindAsync(SiteRequest request, ServedFlist tree)
    {
        var (context, site) = (request.Http, request.Site);
        var (answer, resource) = await resources.LoadAsync(tree, site.Options.HasIndex, request.Below, context.RequestAborted);
        switch (answer.Kind)
        {
            case SiteAnswerKind.File:
                await content.WriteAsync(request, tree, resource!, site.CacheControl);
                break;
            case SiteAnswerKind.AddSlash:
                Redirect(context, request.Path.Text, site.CacheControl);
                break;
            case SiteAnswerKind.Listing:
                await SitePages.WriteListingAsync(
                    context, tree, answer.Node!, request.Path.Text, request.Below == "/", site.CacheControl);
                break;
            default:
                await MissAsync(request, tree);
                break;
        }
    }

    private static void Redirect(HttpContext context, string path, string cacheControl)
    {
        SiteHeaders.Protect(context.Response.Headers);
        context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        context.Response.Headers.CacheControl = cacheControl;
        context.Response.Headers.Location = SitePath.Encode(path) + "/" + context.Request.QueryString;
        context.Response.ContentLength = 0;
    }

    private async Task MissAsync(SiteRequest request, ServedFlist tree)
    {
        var (context, site) = (request.Http, request.Site);
        var cancellation = context.RequestAborted;
        var isSpa = site.Options.IsSpa;
        if (isSpa && IsNavigation(context.Request.Headers) && await resources.GetFileAsync(tree, FirstPage, cancellation) is { } first)
        {
            await content.WriteAsync(request, tree, first, site.CacheControl, vary: SpaVary);
        }
        else if (await resources.GetFileAsync(tree, NotFoundPage, cancellation) is { } page)
        {
            await content.WriteAsync(
                request, tree, page, site.CacheControl, StatusCodes.Status404NotFound, isSpa ? SpaVary : null);
        }
        else
        {
            await SitePages.WriteErrorAsync(
                context, StatusCodes.Status404NotFound, "Not found", "There is nothing at this address.");
        }
    }

    /// <summary>Whether a person goes to a page, rather than a page asking for a part of it.</summary>
    private static bool IsNavigation(IHeaderDictionary headers) => headers["Sec-Fetch-Mode"] is { Count: > 0 } mode
        ? mode == "navigate"
        : headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private async Task AnswerAsync(HttpContext context, string action, Exception exception, RpcError error)
    {
        if (exception is OperationCanceledException or ConnectionResetException or ConnectionAbortedException)
        {
            // The client is gone, or its session: there is nobody to answer.
            context.Abort();
            return;
        }

        if (context.Response.HasStarted)
        {
            // A part of an answer is out: only an abort keeps the client from taking it for the whole.
            log.AbortedMidway(action, error.Message);
            context.Abort();
            return;
        }

        // What is wrong with a flist is not the reader's fault, whatever it would be called elsewhere.
        var isReaders = exception is RpcException or BadHttpRequestException
            or StoreException { Fault: Fault.Unauthenticated or Fault.RateLimited };
        var status = ContractErrors.HttpStatusOf(error.Code);
        status = isReaders || status >= StatusCodes.Status500InternalServerError ? status : StatusCodes.Status500InternalServerError;
        context.Response.Clear();
        if (error.Data?["retryAfter"] is { } retryAfter)
        {
            context.Response.Headers.RetryAfter = retryAfter.GetValue<long>().ToString(CultureInfo.InvariantCulture);
        }

        if (status == StatusCodes.Status401Unauthorized)
        {
            SiteGuard.Challenge(context.Response);
        }

        await SitePages.WriteErrorAsync(context, status, TitleOf(status), error.Message);
    }

    private static string TitleOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "Bad request",
        StatusCodes.Status401Unauthorized => "Log in to read this",
        StatusCodes.Status403Forbidden => "Forbidden",
        StatusCodes.Status413PayloadTooLarge => "Too large",
        StatusCodes.Status429TooManyRequests => "Too many tries",
        StatusCodes.Status503ServiceUnavailable => "Not available now",
        _ => "This cannot be shown",
    };
}
