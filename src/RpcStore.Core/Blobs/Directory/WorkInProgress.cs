namespace RpcStore.Core.Blobs.Directory;

/// <summary>
/// Changes of the directory that have begun: a store that is closed in their middle would leave to the next start what takes
/// them a moment to finish. Safe to use from any thread.
/// </summary>
internal sealed class WorkInProgress
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int running;
    private bool isClosing;

    /// <summary>Begins a change; <see cref="End"/> has to follow.</summary>
    /// <exception cref="ObjectDisposedException">The store is being closed.</exception>
    public void Begin()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isClosing, typeof(DirectoryBlobStore));
            running++;
        }
    }

    /// <summary>The change is done or given up.</summary>
    public void End()
    {
        lock (gate)
        {
            if (--running == 0 && isClosing)
            {
                ended.SetResult();
            }
        }
    }

    /// <summary>Lets no other change begin.</summary>
    /// <returns>A task that ends with the last one that runs; the same for everyone who asks.</returns>
    public Task CloseAsync()
    {
        lock (gate)
        {
            if (!isClosing && running == 0)
            {
                ended.SetResult();
            }

            isClosing = true;
            return ended.Task;
        }
    }
}
