using System.Diagnostics;
using Xunit;

namespace RpcStore.Tests.Attacks;

/// <summary>
/// Makes up inputs for as long as a run takes: two seconds, or two minutes with <c>RPCSTORE_LONG=1</c>. A case is made from its
/// seed alone; a failure names it, and <c>RPCSTORE_SEED</c> begins with it.
/// </summary>
internal static class AttackRun
{
    // What a case may take before it counts as hanging; one takes a few milliseconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // What may be kept after any number of cases.
    private const long MemoryAllowance = 64L << 20;

    private static readonly TimeSpan PoolPatience = TimeSpan.FromMinutes(1);

    private const int FewestCases = 100;

    private static TimeSpan Duration => Environment.GetEnvironmentVariable("RPCSTORE_LONG") == "1"
        ? TimeSpan.FromMinutes(2)
        : TimeSpan.FromSeconds(2);

    private static int FirstSeed =>
        int.TryParse(Environment.GetEnvironmentVariable("RPCSTORE_SEED"), out var seed) ? seed : 20261121;

    /// <summary>Runs cases one after another.</summary>
    /// <param name="attackAsync">Makes a case from its randomness, and throws when it does not end as it should.</param>
    public static async Task RunAsync(Func<Random, Task> attackAsync)
    {
        var clock = Stopwatch.StartNew();
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var seed = FirstSeed;
        for (; clock.Elapsed < Duration || seed - FirstSeed < FewestCases; seed++)
        {
            try
            {
                // On a thread of the pool, so that a case that spins is told as well as one that waits.
                await Task.Run(() => attackAsync(new Random(seed))).WaitAsync(Patience);
            }
            catch (Exception e)
            {
                Assert.Fail($"RPCSTORE_SEED={seed}: {e}");
            }
        }

        var kept = await MeasureAsync(memory);
        Assert.True(kept < MemoryAllowance, $"{kept >> 20} MiB are left of {seed - FirstSeed} cases.");
        TestContext.Current.TestOutputHelper?.WriteLine($"{seed - FirstSeed} cases from seed {FirstSeed} in {clock.Elapsed.TotalSeconds:F1} s");
    }

    /// <summary>
    /// What is kept. Every thread that ran a case may hold on to buffers of the shared pool, which gives them back when a
    /// collection finds that they were not used for half a minute: what is still there after a whole one is a leak.
    /// </summary>
    private static async Task<long> MeasureAsync(long before)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
            if (kept < MemoryAllowance || clock.Elapsed > PoolPatience)
            {
                return kept;
            }

            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }
}
