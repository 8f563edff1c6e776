using RpcStore.JsonRpc;
using RpcStore.Server.Access;
using RpcStore.Server.Endpoints;
using RpcStore.Server.Journaling;

namespace RpcStore.Server.Handlers;

/// <summary>What handlers ask of a call.</summary>
internal static class CallContextExtensions
{
    /// <summary>Who makes the call.</summary>
    public static Caller GetCaller(this CallContext context) => ((ServerConnection)context.Connection).Caller;

    /// <summary>The connection that the call came in on.</summary>
    public static ServerConnection GetConnection(this CallContext context) => (ServerConnection)context.Connection;

    /// <summary>The record of the call; null where it is none that is recorded.</summary>
    public static ActionRecord? GetAction(this CallContext context) => (context as RecordedCall)?.Action;

    /// <summary>Says what the call is about.</summary>
    public static void SetSubject(this CallContext context, string subject)
    {
        if (context.GetAction() is { } action)
        {
            action.Subject = subject;
        }
    }

    /// <summary>The account that makes the call; the contract's access lets no guest come this far.</summary>
    public static string GetAccount(this CallContext context) =>
        context.GetCaller().Account ?? throw new InvalidOperationException("The method is open to guests and needs an account.");
}
