using System.Buffers;
using RpcStore.Core.Caching;
using Xunit;

namespace RpcStore.Tests.Caching;

/// <summary>What a bounded cache of shared bytes promises.</summary>
public sealed class BytesCacheTests
{
    [Fact]
    public async Task Whoever_asks_at_the_same_time_waits_for_one_who_makes_it()
    {
        var cache = new BytesCache<int>(1 << 20);
        var gate = new TaskCompletionSource();
        var made = 0;
        var asked = Enumerable.Range(0, 20).Select(_ => cache.GetAsync(7, 0, async (_, _) =>
        {
            Interlocked.Increment(ref made);
            await gate.Task;
            return Make(7, 100);
        }).AsTask()).ToArray();
        gate.SetResult();
        var results = await Task.WhenAll(asked);
        Assert.Equal(1, made);
        Assert.All(results, one => Assert.Same(results[0], one));
        foreach (var one in results)
        {
            Assert.Equal(7, one.Memory.Span[0]);
            one.Release();
        }

        // The cache itself still holds them.
        var kept = cache.Find(7)!;
        Assert.Equal(7, kept.Memory.Span[99]);
        kept.Release();
    }

    [Fact]
    public async Task What_fails_is_told_to_all_who_wait_and_tried_again_by_the_next()
    {
        var cache = new BytesCache<int>(1 << 20);
        var gate = new TaskCompletionSource();
        var asked = Enumerable.Range(0, 5).Select(_ => cache.GetAsync<int>(1, 0, async (_, _) =>
        {
            await gate.Task;
            throw new InvalidDataException("broken");
        }).AsTask()).ToArray();
        gate.SetResult();
        foreach (var one in asked)
        {
            await Assert.ThrowsAsync<InvalidDataException>(() => one);
        }

        var again = await cache.GetAsync(1, 0, (_, _) => Task.FromResult(Make(1, 10)));
        Assert.Equal(10, again.Length);
        again.Release();
    }

    [Fact]
    public async Task Bytes_that_somebody_holds_stay_what_they_are_when_the_cache_drops_them()
    {
        var cache = new BytesCache<int>(40_000);
        var held = await cache.GetAsync(0, 0, (_, _) => Task.FromResult(Make(0, 10_000)));
        for (var key = 1; key < 200; key++)
        {
            (await cache.GetAsync(key, 0, (one, _) => Task.FromResult(Make(one, 10_000)))).Release();
        }

        Assert.Null(cache.Find(0));
        Assert.True(cache.Cost <= 40_000, $"{cache.Cost}");
        Assert.True(held.Memory.Span.IndexOfAnyExcept((byte)0) < 0);
        held.Release();
    }

    [Fact]
    public async Task What_is_used_often_survives_a_run_of_what_is_used_once()
    {
        var cache = new BytesCache<int>(64 << 10);
        for (var key = 0; key < 1000; key++)
        {
            (await cache.GetAsync(key, 0, (one, _) => Task.FromResult(Make(one, 4096)))).Release();
            (await cache.GetAsync(-1, 0, (one, _) => Task.FromResult(Make(one, 4096)))).Release();
        }

        var favourite = cache.Find(-1);
        Assert.NotNull(favourite);
        favourite.Release();
    }

    [Fact]
    public async Task What_is_larger_than_the_cache_is_given_and_not_kept()
    {
        var cache = new BytesCache<int>(1000);
        var large = await cache.GetAsync(1, 0, (_, _) => Task.FromResult(Make(1, 5000)));
        Assert.Equal(5000, large.Length);
        large.Release();
        Assert.Null(cache.Find(1));
        Assert.Equal(0, cache.Cost);
    }

    [Fact]
    public void Letting_go_once_too_often_is_an_error()
    {
        var bytes = Make(1, 1);
        bytes.Release();
        Assert.Throws<InvalidOperationException>(bytes.Release);
    }

    /// <summary>Many threads over a cache that holds a fraction: every byte that anybody sees is that of its key.</summary>
    [Fact]
    public async Task Nobody_ever_sees_the_bytes_of_another_key()
    {
        var cache = new BytesCache<int>(64 << 10);
        var wrong = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 8), async (seed, cancellation) =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 5000; i++)
            {
                var key = random.Next(60);
                var bytes = await cache.GetAsync(key, 0, async (one, _) =>
                {
                    await Task.Yield();
                    return Make(one, 1000 + (one * 60));
                });
                await Task.Yield();
                if (bytes.Length != 1000 + (key * 60) || bytes.Memory.Span.IndexOfAnyExcept((byte)key) >= 0)
                {
                    Interlocked.Increment(ref wrong);
                }

                bytes.Release();
            }
        });
        Assert.Equal(0, wrong);
        Assert.True(cache.Cost <= 64 << 10, $"{cache.Cost}");
    }

    private static SharedBytes Make(int value, int length)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        buffer.AsSpan(0, length).Fill((byte)value);
        return SharedBytes.Own(buffer, length);
    }
}
