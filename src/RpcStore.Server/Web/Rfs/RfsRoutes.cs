using Microsoft.AspNetCore.Http;
using RpcStore.Contract;
using RpcStore.Core.Accounts.Logins;
using RpcStore.JsonRpc;
using RpcStore.Server.Access;
using RpcStore.Server.Journaling;

namespace RpcStore.Server.Web.Rfs;

/// <summary>Sign-in and health of the flist server, and what it does not do here (spec/flist-server.md, sections 2 and 6).</summary>
internal sealed class RfsRoutes(PasswordLogins passwords, TimeSpan patience, ActionJournal journal)
{
    // A name and a password of the greatest length, with every character written as \uXXXX, are 2 KiB.
    private const int SigninBytes = 16 << 10;

    private const string NoConversion =
        "This server has no docker daemon and converts no images. Run 'rfs docker' with this server as the store (-s server://...), "
        + "or upload a tar.gz of the file system with POST /flist/upload.";

    /// <summary>Maps the routes.</summary>
    public void Map(ContractRoutes routes)
    {
        routes.Map("GET", "/api/v1", context =>
            context.WriteJsonAsync(StatusCodes.Status200OK, new HealthAnswer("flist server is working"), RfsJson.Default.HealthAnswer));
        routes.Map("POST", "/api/v1/signin", SigninAsync);
        routes.Map("POST", "/api/v1/fl", RefuseConversionAsync);
        routes.Map("GET", "/api/v1/fl/{job}", _ => throw new RpcException(ContractErrors.NotFound("flist doesn't exist")));
    }

    private async Task SigninAsync(HttpContext context)
    {
        var request = await context.ReadJsonAsync(RfsJson.Default.SigninRequest, SigninBytes, "maxSigninBytes", patience);
        var address = context.GetConnection().RemoteHost ?? RequestCredentials.LocalAddress;
        var (token, session) = await passwords.LoginAsync(request.Username, request.Password, address, context.RequestAborted);
        var action = context.GetAction();
        (action.Account, action.SessionId) = (session.Account, session.Id);
        await journal.RecordAsync(action);
        context.Response.Headers.CacheControl = "no-store";
        await context.WriteJsonAsync(StatusCodes.Status201Created, new SigninAnswer(token), RfsJson.Default.SigninAnswer);
    }

    private static async Task RefuseConversionAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status501NotImplemented;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(NoConversion, context.RequestAborted);
    }
}
