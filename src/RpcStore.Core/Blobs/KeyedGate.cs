namespace RpcStore.Core.Blobs;

/// <summary>A lock for each key, made when it is asked for and forgotten when nobody wants it. Safe to use from any thread.</summary>
internal sealed class KeyedGate<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, Gate> gates = [];

    /// <summary>Waits for the lock of a key.</summary>
    /// <returns>Gives the lock back when disposed.</returns>
    public async ValueTask<IDisposable> EnterAsync(TKey key, CancellationToken cancellationToken)
    {
        Gate? gate;
        lock (gates)
        {
            if (!gates.TryGetValue(key, out gate))
            {
                gates[key] = gate = new Gate();
            }

            gate.Users++;
        }

        try
        {
            await gate.Semaphore.WaitAsync(cancellationToken);
        }
        catch
        {
            Forget(key, gate);
            throw;
        }

        return new Holder(this, key, gate);
    }

    private void Forget(TKey key, Gate gate)
    {
        lock (gates)
        {
            if (--gate.Users == 0)
            {
                gates.Remove(key);
            }
        }
    }

    private sealed class Gate
    {
        public SemaphoreSlim Semaphore { get; } = new(1, 1);

        public int Users { get; set; }
    }

    private sealed class Holder(KeyedGate<TKey> owner, TKey key, Gate gate) : IDisposable
    {
        public void Dispose()
        {
            gate.Semaphore.Release();
            owner.Forget(key, gate);
        }
    }
}
