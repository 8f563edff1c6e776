namespace RpcStore.Core.Accounts.Logins;

/// <summary>Nonces that were used and have not expired: a bounded set. Safe to use from any thread.</summary>
/// <param name="capacity">How many it holds.</param>
internal sealed class UsedNonces(int capacity)
{
    private readonly Lock gate = new();
    private readonly HashSet<UInt128> members = [];

    // In the order in which they were used. One that expires late keeps others behind it for no longer than a lifetime.
    private readonly Queue<(UInt128 Nonce, long ExpiresAt)> queue = new();

    /// <summary>What came of adding one.</summary>
    public enum Outcome
    {
        /// <summary>It is new.</summary>
        Added,

        /// <summary>It was there.</summary>
        Known,

        /// <summary>There is no room until others expire.</summary>
        Full,
    }

    /// <summary>Whether one was used.</summary>
    public bool Contains(UInt128 nonce)
    {
        lock (gate)
        {
            return members.Contains(nonce);
        }
    }

    /// <summary>Adds one, and forgets those that have expired.</summary>
    public Outcome TryAdd(UInt128 nonce, long expiresAt, long now)
    {
        lock (gate)
        {
            while (queue.TryPeek(out var oldest) && oldest.ExpiresAt <= now)
            {
                members.Remove(queue.Dequeue().Nonce);
            }

            if (members.Contains(nonce))
            {
                return Outcome.Known;
            }

            if (members.Count >= capacity)
            {
                return Outcome.Full;
            }

            members.Add(nonce);
            queue.Enqueue((nonce, expiresAt));
            return Outcome.Added;
        }
    }
}
