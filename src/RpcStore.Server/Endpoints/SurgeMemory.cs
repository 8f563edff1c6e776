namespace RpcStore.Server.Endpoints;

/// <summary>
/// Gives memory back after many connections have gone: a server that then has little to do would allocate nothing for hours,
/// and so never collect what they left.
/// </summary>
internal sealed class SurgeMemory
{
    // Fewer leave some megabytes, which are not worth a pause.
    private const int Surge = 1000;

    private volatile int peak;
    private int before;

    /// <summary>A connection was opened. Safe to call from any thread.</summary>
    /// <param name="open">Connections open now.</param>
    public void Opened(int open)
    {
        // Of several at once a lower one may win: a few connections more or less are no other surge.
        if (open > peak)
        {
            peak = open;
        }
    }

    /// <summary>Collects once a surge has passed and no more of it are going. Called at intervals, by one caller at a time.</summary>
    /// <param name="open">Connections open now.</param>
    /// <returns>Whether it collected.</returns>
    public bool Observe(int open)
    {
        var isFalling = open < before;
        before = open;
        if (isFalling || peak - open < Surge)
        {
            return false;
        }

        peak = open;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return true;
    }
}
