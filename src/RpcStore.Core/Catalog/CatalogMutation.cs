namespace RpcStore.Core.Catalog;

/// <summary>A change that waits for the writer, and then for the commit that makes it durable.</summary>
internal abstract class CatalogMutation
{
    private Exception? failure;

    /// <summary>Makes the change; what it throws undoes it and is kept for whoever waits.</summary>
    /// <returns>False when it was undone by the caller's own doing or mistake, so that the rest of the group may go on.</returns>
    public bool TryRun(CatalogSession session)
    {
        try
        {
            Run(session);
            return true;
        }
        catch (Exception e)
        {
            failure = e;
            return false;
        }
    }

    /// <summary>Why it was undone; null when it was not.</summary>
    public Exception? Failure => failure;

    /// <summary>Takes it out of the queue.</summary>
    /// <returns>False when nobody waits for it any more.</returns>
    public abstract bool TryStart();

    /// <summary>The commit is durable: tells the result, or its own failure.</summary>
    public abstract void Complete();

    /// <summary>The commit failed: tells its own failure, or that.</summary>
    public abstract void Fail(Exception commitFailure);

    /// <summary>Makes the change and keeps the result.</summary>
    protected abstract void Run(CatalogSession session);
}

/// <summary>A change that has a result.</summary>
internal sealed class CatalogMutation<T>(Func<CatalogSession, T> change, CancellationToken cancellationToken) : CatalogMutation
{
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    /// <summary>Ends when it is durable, or did not happen.</summary>
    public Task<T> Task => completion.Task;

    /// <inheritdoc/>
    public override bool TryStart()
    {
        if (!cancellationToken.IsCancellationRequested)
        {
            return true;
        }

        completion.SetCanceled(cancellationToken);
        return false;
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        if (Failure is null)
        {
            completion.SetResult(result!);
        }
        else
        {
            completion.SetException(Failure);
        }
    }

    /// <inheritdoc/>
    public override void Fail(Exception commitFailure) => completion.SetException(Failure ?? commitFailure);

    /// <inheritdoc/>
    protected override void Run(CatalogSession session) => result = change(session);
}
