using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RpcStore.JsonRpc.Sessions;

/// <summary>A call that this side made and that is not answered yet.</summary>
internal abstract class OutgoingCall
{
    /// <summary>The id under which it was sent.</summary>
    public long Id { get; set; }

    /// <summary>Ends it with the text of a result.</summary>
    public abstract void Complete(ReadOnlySpan<byte> result);

    /// <summary>Ends it without one.</summary>
    public abstract void Fail(Exception exception);
}

/// <inheritdoc/>
internal sealed class OutgoingCall<T>(JsonTypeInfo<T> type) : OutgoingCall
{
    private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the call.</summary>
    public Task<T> Answer => answer.Task;

    /// <inheritdoc/>
    public override void Complete(ReadOnlySpan<byte> result)
    {
        try
        {
            answer.TrySetResult(JsonSerializer.Deserialize(result, type)!);
        }
        catch (Exception e)
        {
            // It is the caller who asked for a type that the result is not of.
            answer.TrySetException(e);
        }
    }

    /// <inheritdoc/>
    public override void Fail(Exception exception) => answer.TrySetException(exception);

    /// <summary>Ends it because the caller wants it no more.</summary>
    public void Cancel(CancellationToken cancellationToken) => answer.TrySetCanceled(cancellationToken);
}
