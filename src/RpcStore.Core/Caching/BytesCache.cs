using System.Collections.Concurrent;

namespace RpcStore.Core.Caching;

/// <summary>
/// Keeps bytes that were made lately, up to a total of memory. Whoever asks for the same bytes at the same time waits for one
/// who makes them. Safe to use from any thread.
/// </summary>
/// <typeparam name="TKey">What bytes are found by.</typeparam>
/// <param name="capacity">Bytes of memory at the most; what is held by somebody and not kept any more comes on top.</param>
public sealed class BytesCache<TKey>(long capacity) : ShardedCache<TKey, SharedBytes>(capacity, ShardBytes)
    where TKey : notnull
{
    // Room for some of the largest entries in each.
    private const long ShardBytes = 16 << 20;

    private readonly ConcurrentDictionary<TKey, Making> making = new();

    /// <summary>Finds bytes, or has them made.</summary>
    /// <param name="key">Their key.</param>
    /// <param name="state">Handed to <paramref name="make"/>.</param>
    /// <param name="make">Makes them, held once; it is not cancelled, because others may wait for the same.</param>
    /// <returns>Held once for the caller, who lets go of them.</returns>
    /// <exception cref="Exception">What making them threw; everybody who waits gets it, and the next one tries anew.</exception>
    public ValueTask<SharedBytes> GetAsync<TState>(TKey key, TState state, Func<TKey, TState, Task<SharedBytes>> make) =>
        Find(key) is { } found ? new(found) : new(MakeAsync(key, state, make));

    /// <summary>Whether somebody makes these bytes now.</summary>
    public bool IsMaking(TKey key) => making.ContainsKey(key);

    /// <inheritdoc/>
    protected override void OnFound(SharedBytes value) => value.Hold();

    /// <inheritdoc/>
    protected override void OnKept(SharedBytes value) => value.Hold();

    /// <inheritdoc/>
    protected override void OnLeft(SharedBytes value) => value.Release();

    private async Task<SharedBytes> MakeAsync<TState>(TKey key, TState state, Func<TKey, TState, Task<SharedBytes>> make)
    {
        var mine = new Making();
        while (making.GetOrAdd(key, mine) is var other && other != mine)
        {
            if (other.TryJoin())
            {
                return await other.Result;
            }

            // It ended in this moment, and is about to be taken out.
            await Task.Yield();
            if (Find(key) is { } found)
            {
                return found;
            }
        }

        try
        {
            // Somebody may have finished between the look into the cache and now.
            var bytes = Find(key) ?? await make(key, state);
            Add(key, bytes, bytes.Cost);
            mine.Succeed(bytes);
            return bytes;
        }
        catch (Exception e)
        {
            mine.Fail(e);
            throw;
        }
        finally
        {
            making.TryRemove(new(key, mine));
        }
    }

    /// <summary>Bytes that are being made, and how many wait for them.</summary>
    private sealed class Making
    {
        private readonly Lock gate = new();
        private readonly TaskCompletionSource<SharedBytes> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int waiting;
        private bool hasEnded;

        public Task<SharedBytes> Result => result.Task;

        public bool TryJoin()
        {
            lock (gate)
            {
                waiting += hasEnded ? 0 : 1;
                return !hasEnded;
            }
        }

        public void Succeed(SharedBytes bytes)
        {
            for (var count = End(); count > 0; count--)
            {
                bytes.Hold();
            }

            result.SetResult(bytes);
        }

        public void Fail(Exception exception)
        {
            if (End() > 0)
            {
                result.SetException(exception);
            }
        }

        private int End()
        {
            lock (gate)
            {
                hasEnded = true;
                return waiting;
            }
        }
    }
}
