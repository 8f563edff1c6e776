using RpcStore.Digests;
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

    /// <summary>Says which blobs a call deleted: the one, or how many of how many.</summary>
    public static void DescribeDeletion(this CallContext context, ReadOnlyMemory<BlobId> ids, int deleted)
    {
        if (context.GetAction() is { } action)
        {
            action.Subject = ids.Length == 1 ? ids.Span[0].ToString() : null;
            action.Detail = $"{deleted} of {ids.Length} deleted";
        }
    }

    /// <summary>Fires when the session of the caller has ended; never for a caller without one.</summary>
    public static CancellationToken GetSessionEnded(this CallContext context) => context.GetCaller().Session?.Ended ?? CancellationToken.None;

    /// <summary>The account that makes the call; the contract's access lets no guest come this far.</summary>
    public static string GetAccount(this CallContext context) =>
        context.GetCaller().Account ?? throw new InvalidOperationException("The method is open to guests and needs an account.");
}
