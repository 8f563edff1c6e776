namespace RpcStore.Core;

/// <summary>Work that is done again and again in the background.</summary>
internal static class PeriodicWork
{
    /// <summary>Does it at every interval, and once more when it is ended.</summary>
    /// <param name="interval">From one time to the next.</param>
    /// <param name="time">What the time is.</param>
    /// <param name="workAsync">The work.</param>
    /// <param name="failed">Told of a failure; the next interval tries again.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task RunAsync(
        TimeSpan interval, TimeProvider time, Func<Task> workAsync, Action<StoreException> failed, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        var isRunning = true;
        while (isRunning)
        {
            try
            {
                await timer.WaitForNextTickAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                isRunning = false;
            }

            try
            {
                await workAsync();
            }
            catch (StoreException e)
            {
                failed(e);
            }
        }
    }
}
