using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using RpcStore.Contract;
using RpcStore.Server.Endpoints;

namespace RpcStore.Server.Web;

/// <summary>
/// Maps the routes of the contract to code. Each is guarded by the access that the contract gives it, and answers with the
/// contract's errors; a route that the contract does not have, or that nothing serves, keeps the server from starting.
/// </summary>
internal sealed class ContractRoutes(
    IEndpointRouteBuilder endpoints, RequestGuard guard, ErrorMapper errors, ILogger<ContractRoutes> log)
{
    private readonly Dictionary<(string Method, string Path), ContractRoute> open =
        ContractInfo.Routes.ToDictionary(route => (route.Method, route.Path));

    /// <summary>Serves one route.</summary>
    /// <param name="method">The HTTP method; GET serves HEAD too.</param>
    /// <param name="path">The path as the contract writes it.</param>
    /// <param name="serve">Serves a request of a caller who may.</param>
    /// <param name="pattern">The path as the router takes it, where that says more; the same otherwise.</param>
    /// <param name="access">Who may use it by what the server was told; what the contract says otherwise.</param>
    public void Map(string method, string path, RequestDelegate serve, string? pattern = null, string? access = null)
    {
        if (!open.Remove((method, path), out var route))
        {
            throw new InvalidOperationException($"The contract has no route {method} {path}, or it is mapped twice.");
        }

        string[] methods = method == HttpMethods.Get ? [HttpMethods.Get, HttpMethods.Head] : [method];
        var guarded = access is null ? route : route with { Access = access };
        endpoints.MapMethods(pattern ?? path, methods, context => GuardAsync(context, guarded, serve));
    }

    /// <summary>Checks that every route of the contract is served.</summary>
    public void Complete()
    {
        if (open.Count > 0)
        {
            throw new InvalidOperationException($"Nothing serves {string.Join(", ", open.Keys)}.");
        }
    }

    private async Task GuardAsync(HttpContext context, ContractRoute route, RequestDelegate serve)
    {
        var action = $"{route.Method} {route.Path}";
        context.Features.Set(route);
        try
        {
            await guard.RunAsync(context, route, action, serve);
        }
        catch (OperationCanceledException e) when (context.RequestAborted.IsCancellationRequested || e.CancellationToken == context.RequestAborted)
        {
            // The client is gone: there is nobody to answer.
        }
        catch (ConnectionResetException)
        {
            // Likewise, found out while its body was read; without this Kestrel would try to read the rest and complain.
            context.Abort();
        }
        catch (Exception e)
        {
            if (e is BadHttpRequestException && HttpProtocol.IsHttp11(context.Request.Protocol))
            {
                // Where the next request would begin is not known.
                context.Response.OnStarting(() =>
                {
                    context.Response.Headers.Connection = "close";
                    return Task.CompletedTask;
                });
            }

            await AnswerAsync(context, action, e);
        }
    }

    private Task AnswerAsync(HttpContext context, string action, Exception exception)
    {
        var error = errors.Map(exception, action);
        if (!context.Response.HasStarted)
        {
            context.Response.Clear();
            return ErrorResponse.WriteAsync(context, error);
        }

        // A part of an answer is out: only an abort keeps the client from taking it for the whole.
        log.AbortedMidway(action, error.Message);
        context.Abort();
        return Task.CompletedTask;
    }
}
