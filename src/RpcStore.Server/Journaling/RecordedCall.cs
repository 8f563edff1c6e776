using System.Text.Json.Serialization.Metadata;
using RpcStore.JsonRpc;

namespace RpcStore.Server.Journaling;

/// <summary>A call that is recorded. The reply of a change waits until the record is on the disk.</summary>
/// <param name="inner">The call.</param>
/// <param name="action">Its record.</param>
internal sealed class RecordedCall(CallContext inner, ActionRecord action) : CallContext
{
    private Action? reply;

    /// <summary>What will be recorded.</summary>
    public ActionRecord Action => action;

    /// <inheritdoc/>
    public override RpcConnection Connection => inner.Connection;

    /// <inheritdoc/>
    public override RpcMethod? Method => inner.Method;

    /// <inheritdoc/>
    public override CancellationToken CancellationToken => inner.CancellationToken;

    /// <inheritdoc/>
    public override void Reply<T>(T result, JsonTypeInfo<T> typeInfo)
    {
        if (action.Kind != JournalKind.Change)
        {
            inner.Reply(result, typeInfo);
            return;
        }

        Hold(() => inner.Reply(result, typeInfo));
    }

    /// <inheritdoc/>
    public override void ReplyRaw(ReadOnlySpan<byte> json)
    {
        if (action.Kind != JournalKind.Change)
        {
            inner.ReplyRaw(json);
            return;
        }

        var copy = json.ToArray();
        Hold(() => inner.ReplyRaw(copy));
    }

    /// <inheritdoc/>
    public override bool ReportProgress<T>(ProgressToken token, T value, JsonTypeInfo<T> typeInfo) =>
        reply is null && inner.ReportProgress(token, value, typeInfo);

    /// <summary>Sends the reply that was held back.</summary>
    public void Release() => reply?.Invoke();

    private void Hold(Action send) =>
        reply = reply is null ? send : throw new InvalidOperationException("The call is answered already.");
}
