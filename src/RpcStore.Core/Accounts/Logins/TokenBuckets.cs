namespace RpcStore.Core.Accounts.Logins;

/// <summary>
/// Token buckets by name, in bounded memory: a bucket that is full again is forgotten, and when there are too many that are
/// not, those who come share one. Safe to use from any thread.
/// </summary>
/// <param name="limit">What each bucket allows.</param>
/// <param name="maxBuckets">Buckets that are remembered.</param>
/// <param name="time">Its monotonic clock counts.</param>
internal sealed class TokenBuckets(RateLimit limit, int maxBuckets, TimeProvider time)
{
    private const string Shared = "";

    private readonly Lock gate = new();
    private readonly Dictionary<string, Bucket> buckets = [];
    private readonly long start = time.GetTimestamp();
    private TimeSpan lastSweep = TimeSpan.MinValue;

    /// <summary>Buckets that are remembered now.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return buckets.Count;
            }
        }
    }

    /// <summary>Takes a token.</summary>
    /// <param name="name">From whose bucket.</param>
    /// <returns>Null when there was one, otherwise the time until there will be.</returns>
    public TimeSpan? TryTake(string name)
    {
        lock (gate)
        {
            var now = time.GetElapsedTime(start);
            name = Place(name, now);
            var tokens = Tokens(name, now);
            if (tokens < 1)
            {
                return (1 - tokens) * limit.Interval;
            }

            buckets[name] = new Bucket(tokens - 1, now);
            return null;
        }
    }

    /// <summary>Gives a token back that was taken and shall not count.</summary>
    public void GiveBack(string name)
    {
        lock (gate)
        {
            var now = time.GetElapsedTime(start);
            name = buckets.ContainsKey(name) ? name : Shared;
            if (!buckets.ContainsKey(name))
            {
                return;
            }

            var tokens = Math.Min(limit.Burst, Tokens(name, now) + 1);
            if (tokens >= limit.Burst)
            {
                buckets.Remove(name);
            }
            else
            {
                buckets[name] = new Bucket(tokens, now);
            }
        }
    }

    private string Place(string name, TimeSpan now)
    {
        if (buckets.ContainsKey(name) || buckets.Count < maxBuckets)
        {
            return name;
        }

        // Looking through all of them for every stranger would be an attack by itself.
        if (lastSweep == TimeSpan.MinValue || now - lastSweep >= limit.Interval)
        {
            lastSweep = now;
            foreach (var full in buckets.Keys.Where(key => Tokens(key, now) >= limit.Burst).ToList())
            {
                buckets.Remove(full);
            }
        }

        return buckets.Count < maxBuckets ? name : Shared;
    }

    private double Tokens(string name, TimeSpan now) => buckets.TryGetValue(name, out var bucket)
        ? Math.Min(limit.Burst, bucket.Tokens + ((now - bucket.At) / limit.Interval))
        : limit.Burst;

    private readonly record struct Bucket(double Tokens, TimeSpan At);
}
