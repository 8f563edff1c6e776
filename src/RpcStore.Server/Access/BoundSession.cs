using RpcStore.Core.Accounts;
using RpcStore.Core.Accounts.Sessions;

namespace RpcStore.Server.Access;

/// <summary>
/// A session that a connection or a request acts in. Whether it still may, and as what, is asked anew for each call, so that
/// a session that was ended is worth nothing from the next call on. Safe to use from any thread.
/// </summary>
/// <param name="sessions">Knows whether the session is open.</param>
/// <param name="session">The session.</param>
internal sealed class BoundSession(SessionRegistry sessions, Session session)
{
    private Caller caller = ToCaller(session);

    /// <summary>The session.</summary>
    public Session Session => session;

    /// <summary>Who acts in it now: a guest when it has ended. Asking counts as using it.</summary>
    public Caller Caller
    {
        get
        {
            if (!sessions.Use(session))
            {
                return Caller.Guest;
            }

            var known = Volatile.Read(ref caller);
            if (known.Role != ToRole(session.Role))
            {
                known = ToCaller(session);
                Volatile.Write(ref caller, known);
            }

            return known;
        }
    }

    private static Caller ToCaller(Session session) => new(session.Account, ToRole(session.Role)) { Session = session };

    private static Role ToRole(AccountRole role) => role switch
    {
        AccountRole.User => Role.User,
        AccountRole.Admin => Role.Admin,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a role of an account."),
    };
}
