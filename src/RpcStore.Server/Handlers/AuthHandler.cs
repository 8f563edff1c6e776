using RpcStore.Contract;
using RpcStore.Core.Accounts.Logins;
using RpcStore.Core.Accounts.Sessions;
using RpcStore.JsonRpc;
using RpcStore.Server.Access;
using Challenge = RpcStore.Contract.Challenge;
using Session = RpcStore.Contract.Session;

namespace RpcStore.Server.Handlers;

/// <summary>The methods of <c>auth</c>.</summary>
internal sealed class AuthHandler(LoginService logins, SessionRegistry sessions) : IAuthService
{
    // What is told apart when somebody tries too often; all of the machine's own sockets are one.
    private const string LocalAddress = "local";

    /// <inheritdoc/>
    public ValueTask<Challenge> ChallengeAsync(string publicKey, CallContext context)
    {
        var challenge = logins.CreateChallenge(AccountWire.ReadKey(publicKey), AddressOf(context));
        return new(new Challenge { Nonce = challenge.Nonce, Text = challenge.Text, ExpiresAt = challenge.ExpiresAt });
    }

    /// <inheritdoc/>
    public async ValueTask<Login> LoginAsync(string publicKey, string nonce, string signature, CallContext context)
    {
        var key = AccountWire.ReadKey(publicKey);
        context.SetSubject(key.Fingerprint);
        var (token, session) = await logins.LoginAsync(key, nonce, signature, AddressOf(context), context.CancellationToken);
        if (context.GetAction() is { } action)
        {
            (action.Account, action.SessionId) = (session.Account, session.Id);
        }

        var caller = Bind(session, context).Caller;
        return new Login
        {
            Token = token,
            SessionId = session.Id,
            Account = session.Account,
            Role = AccountWire.ToWire(caller.Role),
            ExpiresAt = session.EndsAt,
        };
    }

    /// <inheritdoc/>
    public ValueTask<Identity> ResumeAsync(string token, CallContext context)
    {
        var session = sessions.Find(token) ?? throw new RpcException(BearerToken.Refuse());
        if (context.GetAction() is { } action)
        {
            (action.Account, action.SessionId) = (session.Account, session.Id);
        }

        return new(AccountWire.ToWire(Bind(session, context).Caller));
    }

    /// <inheritdoc/>
    public async ValueTask<Identity> LogoutAsync(CallContext context)
    {
        var connection = context.GetConnection();
        if (connection.Caller.Session is { } session)
        {
            await sessions.LogoutAsync(session);
        }

        connection.Unbind();
        return AccountWire.ToWire(connection.Caller);
    }

    /// <inheritdoc/>
    public ValueTask<Identity> WhoamiAsync(CallContext context) => new(AccountWire.ToWire(context.GetCaller()));

    /// <inheritdoc/>
    public ValueTask<SessionPage> SessionsAsync(string? account, bool all, string? cursor, long limit, CallContext context)
    {
        var caller = context.GetCaller();
        if ((all || (account is not null && account != caller.Account)) && caller.Role != Access.Role.Admin)
        {
            throw new RpcException(ContractErrors.Forbidden("Only an admin sees the sessions of others.", "admin"));
        }

        var (page, next) = sessions.List(all ? null : account ?? context.GetAccount(), (int)limit, cursor);
        return new(new SessionPage { Sessions = [.. page.Select(session => AccountWire.ToWire(session, caller.Session))], Cursor = next });
    }

    /// <inheritdoc/>
    public async ValueTask<Session> RevokeAsync(string id, CallContext context)
    {
        context.SetSubject(id);
        var caller = context.GetCaller();
        var ended = await sessions.RevokeAsync(id, caller.Role == Access.Role.Admin ? null : context.GetAccount());
        return AccountWire.ToWire(ended, caller.Session);
    }

    private BoundSession Bind(Core.Accounts.Sessions.Session session, CallContext context)
    {
        var bound = new BoundSession(sessions, session);
        if (context.GetConnection() is { IsBindable: true } connection)
        {
            connection.Bind(bound);
        }

        return bound;
    }

    private static string AddressOf(CallContext context) => context.GetConnection().RemoteHost ?? LocalAddress;
}
