using RpcStore.JsonRpc;
using RpcStore.Server.Access;
using RpcStore.Server.Endpoints;

namespace RpcStore.Server.Handlers;

/// <summary>What handlers ask of a call.</summary>
internal static class CallContextExtensions
{
    /// <summary>Who makes the call.</summary>
    public static Caller GetCaller(this CallContext context) => ((ServerConnection)context.Connection).Caller;

    /// <summary>The account that makes the call; the contract's access lets no guest come this far.</summary>
    public static string GetAccount(this CallContext context) =>
        context.GetCaller().Account ?? throw new InvalidOperationException("The method is open to guests and needs an account.");
}
