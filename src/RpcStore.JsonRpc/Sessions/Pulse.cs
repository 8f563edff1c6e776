namespace RpcStore.JsonRpc.Sessions;

/// <summary>Wakes those who wait for a change of something guarded by a lock; both members are called under that lock.</summary>
internal struct Pulse
{
    private TaskCompletionSource? next;

    /// <summary>Ends at the next <see cref="Fire"/>.</summary>
    public Task Next() => (next ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Wakes all who wait.</summary>
    public void Fire()
    {
        next?.SetResult();
        next = null;
    }
}
