using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace RpcStore.JsonRpc.Sessions;

/// <summary>Objects that wait to be used again, at most a number of them. Thread-safe.</summary>
internal sealed class BoundedPool<T>(int capacity)
    where T : class
{
    private readonly ConcurrentQueue<T> others = new();
    private T? first;
    private int count;

    /// <summary>Takes one if there is any.</summary>
    public bool TryTake([NotNullWhen(true)] out T? item)
    {
        item = Volatile.Read(ref first);
        if (item is not null && Interlocked.CompareExchange(ref first, null, item) == item)
        {
            return true;
        }

        if (!others.TryDequeue(out item))
        {
            return false;
        }

        Interlocked.Decrement(ref count);
        return true;
    }

    /// <summary>Keeps one unless the pool is full.</summary>
    public bool TryKeep(T item)
    {
        if (Volatile.Read(ref first) is null && Interlocked.CompareExchange(ref first, item, null) is null)
        {
            return true;
        }

        if (Interlocked.Increment(ref count) > capacity)
        {
            Interlocked.Decrement(ref count);
            return false;
        }

        others.Enqueue(item);
        return true;
    }
}
