using RpcStore.JsonRpc;

namespace RpcStore.Contract.Parameters;

/// <summary>Answers calls with JSON text that is ready.</summary>
internal static class RawReply
{
    /// <summary>Answers when the text is there.</summary>
    public static ValueTask SendAsync(CallContext context, ValueTask<ReadOnlyMemory<byte>> json)
    {
        if (json.IsCompletedSuccessfully)
        {
            context.ReplyRaw(json.Result.Span);
            return ValueTask.CompletedTask;
        }

        return AwaitAndSend(context, json);
    }

    private static async ValueTask AwaitAndSend(CallContext context, ValueTask<ReadOnlyMemory<byte>> json) =>
        context.ReplyRaw((await json.ConfigureAwait(false)).Span);
}
