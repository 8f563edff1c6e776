using Microsoft.AspNetCore.Http;
using RpcStore.Contract;
using RpcStore.Core;
using RpcStore.JsonRpc;
using RpcStore.Server.Access;
using RpcStore.Server.Endpoints;
using RpcStore.Server.Journaling;
using RpcStore.Server.Telemetry;

namespace RpcStore.Server.Web;

/// <summary>
/// Stands before every route of the contract: finds out who asks, lets in who may, ends what a session does when the session
/// ends, and records what was done.
/// </summary>
/// <param name="credentials">Where tokens and passwords are known.</param>
/// <param name="journal">Where it is recorded.</param>
/// <param name="errors">Names what went wrong.</param>
internal sealed class RequestGuard(RequestCredentials credentials, ActionJournal journal, ErrorMapper errors)
{
    /// <summary>Serves a request.</summary>
    /// <exception cref="Exception">What serving it threw; it is recorded.</exception>
    public async Task RunAsync(HttpContext context, ContractRoute route, string name, RequestDelegate serve)
    {
        var kind = ActionJournal.ToKind(route.Journal);
        Tracing.NameRequest(route.Method, route.Path);
        var tracked = context.GetTracked().Connection;
        context.Features.Set(tracked);
        BoundSession? session;
        try
        {
            session = await credentials.FindAsync(context, tracked.RemoteHost);
        }
        catch (Exception e) when (e is RpcException or StoreException)
        {
            await RefuseAsync(context, journal.Begin(name, kind, tracked, Caller.Guest), errors.Map(e, name));
            return;
        }

        var connection = tracked.ForRequest(session, CrossOrigin.IsOfAnotherSite(context.Request));
        context.Features.Set(connection);
        var caller = connection.Caller;
        var action = journal.Begin(name, kind, connection, caller);
        context.Features.Set(action);
        if (AccessPolicy.Check(route.Access, caller) is { } refusal)
        {
            await RefuseAsync(context, action, refusal);
            return;
        }

        if (journal.Refuse(kind) is { } failure)
        {
            await RefuseAsync(context, action, errors.Map(failure, name));
            return;
        }

        // Bytes of a session that ends are cut off in the middle, as if somebody cancelled them. A call is let end: it may be the
        // one that ends the session.
        var ended = kind == JournalKind.Query ? CancellationToken.None : caller.Session?.Ended ?? CancellationToken.None;
        await using var cut = ended.UnsafeRegister(static request => ((HttpContext)request!).Abort(), context);
        try
        {
            await serve(context);
        }
        catch (Exception e)
        {
            var error = await journal.RecordAsync(action, e);
            throw e is OperationCanceledException or IOException or RpcException or BadHttpRequestException ? e : new RpcException(error, e);
        }

        await journal.RecordAsync(action);
    }

    private async Task RefuseAsync(HttpContext context, ActionRecord action, RpcError refusal)
    {
        await journal.RecordAsync(action, refusal);
        if (refusal.Code == (int)ErrorCodes.Unauthenticated)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        await ErrorResponse.WriteAsync(context, refusal);
    }
}
