namespace RpcStore.Core.Caching;

/// <summary>
/// Keeps what was asked for lately, up to a total cost. Entries leave in the order in which they came, except that one that was
/// asked for since it last was at the front goes to the back once more: a long run of things that are used once passes by what
/// is used often. Safe to use from any thread.
/// </summary>
/// <typeparam name="TKey">What an entry is found by.</typeparam>
/// <typeparam name="TValue">What is kept.</typeparam>
public class ShardedCache<TKey, TValue>
    where TKey : notnull
    where TValue : class
{
    private readonly IEqualityComparer<TKey> comparer;
    private readonly Shard[] shards;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="capacity">What all entries together may cost; 0 keeps nothing.</param>
    /// <param name="shardCapacity">What one lock should be responsible for, at the least; no entry may cost more than that.</param>
    /// <param name="comparer">Compares keys; with an alternate comparer keys can be asked for by spans.</param>
    public ShardedCache(long capacity, long shardCapacity, IEqualityComparer<TKey>? comparer = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        ArgumentOutOfRangeException.ThrowIfLessThan(shardCapacity, 1);
        this.comparer = comparer ?? EqualityComparer<TKey>.Default;

        // More than this many threads do not run at once.
        var count = (int)Math.Clamp(capacity / shardCapacity, 1, 64);
        shards = new Shard[count];
        for (var i = 0; i < count; i++)
        {
            shards[i] = new Shard(this.comparer, capacity / count);
        }
    }

    /// <summary>What all entries cost now.</summary>
    public long Cost => shards.Sum(shard => shard.Cost);

    /// <summary>How many entries there are.</summary>
    public int Count => shards.Sum(shard => shard.Count);

    /// <summary>Looks for an entry.</summary>
    /// <returns>Null when it is not kept.</returns>
    public TValue? Find(TKey key)
    {
        var shard = ShardOf(comparer.GetHashCode(key));
        lock (shard.Gate)
        {
            return shard.Entries.TryGetValue(key, out var entry) ? Use(entry) : null;
        }
    }

    /// <summary>Looks for an entry by something that its key could be made of.</summary>
    /// <exception cref="InvalidOperationException">The comparer of this cache does not know such keys.</exception>
    public TValue? Find<TAlternate>(TAlternate key)
        where TAlternate : notnull, allows ref struct
    {
        var shard = ShardOf(((IAlternateEqualityComparer<TAlternate, TKey>)comparer).GetHashCode(key));
        lock (shard.Gate)
        {
            return shard.Entries.GetAlternateLookup<TAlternate>().TryGetValue(key, out var entry) ? Use(entry) : null;
        }
    }

    /// <summary>Keeps a value, unless there is one under this key already or it costs more than may be kept.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">The value.</param>
    /// <param name="cost">What it costs, at least 1.</param>
    /// <returns>Whether it is kept now.</returns>
    public bool Add(TKey key, TValue value, long cost)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cost, 1);
        var shard = ShardOf(comparer.GetHashCode(key));
        List<TValue>? left = null;
        lock (shard.Gate)
        {
            if (cost > shard.Capacity || shard.Entries.ContainsKey(key))
            {
                return false;
            }

            var entry = new Entry(key, value, cost);
            OnKept(value);
            shard.Entries.Add(key, entry);
            shard.Order.Enqueue(entry);
            shard.Cost += cost;
            while (shard.Cost > shard.Capacity)
            {
                var oldest = shard.Order.Dequeue();
                if (oldest.WasUsed)
                {
                    oldest.WasUsed = false;
                    shard.Order.Enqueue(oldest);
                    continue;
                }

                shard.Entries.Remove(oldest.Key);
                shard.Cost -= oldest.Cost;
                (left ??= []).Add(oldest.Value);
            }
        }

        left?.ForEach(OnLeft);
        return true;
    }

    /// <summary>A value was found; called under the lock of its entry, so that it cannot leave meanwhile.</summary>
    protected virtual void OnFound(TValue value)
    {
    }

    /// <summary>A value is kept from now on; called under the lock of its entry.</summary>
    protected virtual void OnKept(TValue value)
    {
    }

    /// <summary>A value is not kept any more.</summary>
    protected virtual void OnLeft(TValue value)
    {
    }

    private TValue Use(Entry entry)
    {
        entry.WasUsed = true;
        OnFound(entry.Value);
        return entry.Value;
    }

    // The lower bits choose the bucket in the shard's dictionary.
    private Shard ShardOf(int hash) => shards[(int)(((uint)hash >> 16) % (uint)shards.Length)];

    private sealed class Shard(IEqualityComparer<TKey> comparer, long capacity)
    {
        public Lock Gate { get; } = new();

        public Dictionary<TKey, Entry> Entries { get; } = new(comparer);

        public Queue<Entry> Order { get; } = [];

        public long Capacity { get; } = capacity;

        public long Cost { get; set; }

        public int Count
        {
            get
            {
                lock (Gate)
                {
                    return Entries.Count;
                }
            }
        }
    }

    private sealed class Entry(TKey key, TValue value, long cost)
    {
        public TKey Key { get; } = key;

        public TValue Value { get; } = value;

        public long Cost { get; } = cost;

        public bool WasUsed { get; set; }
    }
}
