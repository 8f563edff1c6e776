using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace RpcStore.JsonRpc.Sessions;

/// <summary>Makes calls to the peer. Thread-safe.</summary>
internal sealed class CallSender(Outbox outbox, OutgoingCalls outgoing, RpcSessionOptions options)
{
    /// <inheritdoc cref="RpcSession.InvokeAsync"/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<TResult> InvokeAsync<TParams, TResult>(
        string method,
        TParams parameters,
        JsonTypeInfo<TParams> parametersType,
        JsonTypeInfo<TResult> resultType,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await outbox.WaitForRoomAsync(options.MaxUnsentBytes, cancellationToken);
        var call = outgoing.Add(resultType);
        try
        {
            Post(call.Id, method, parameters, parametersType);
        }
        catch
        {
            outgoing.Remove(call.Id);
            throw;
        }

        using var cancellation = cancellationToken.CanBeCanceled
            ? cancellationToken.UnsafeRegister(Cancel<TResult>, (this, call))
            : default;
        return await call.Answer;
    }

    /// <inheritdoc cref="RpcSession.NotifyAsync"/>
    public async ValueTask NotifyAsync<TParams>(
        string method, TParams parameters, JsonTypeInfo<TParams> parametersType, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await outbox.WaitForRoomAsync(options.MaxUnsentBytes, cancellationToken);
        outgoing.ThrowIfClosed();
        Post(id: null, method, parameters, parametersType);
    }

    private static void Cancel<TResult>(object? state, CancellationToken cancellationToken)
    {
        var (sender, call) = ((CallSender, OutgoingCall<TResult>))state!;
        if (sender.TryForget(call))
        {
            call.Cancel(cancellationToken);
        }
    }

    /// <summary>Tells the peer that the answer is not wanted any more, unless it is there.</summary>
    private bool TryForget(OutgoingCall call)
    {
        if (!outgoing.Remove(call.Id))
        {
            return false;
        }

        var buffer = MessageBuffer.Rent();
        MessageText.WriteCancel(buffer, call.Id);
        buffer.EndMessage();
        outbox.Post(buffer, promptly: false);
        return true;
    }

    private void Post<TParams>(long? id, string method, TParams parameters, JsonTypeInfo<TParams> type)
    {
        var buffer = MessageBuffer.Rent();
        try
        {
            MessageText.BeginCall(buffer, id, method);
            MessageText.WriteParameters(buffer, parameters, type);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }

        MessageText.End(buffer);
        buffer.EndMessage();

        // One call alone is sent at once; among many, the next callers are about to post as well.
        outbox.Post(buffer, promptly: outgoing.Count <= 1);
    }
}
