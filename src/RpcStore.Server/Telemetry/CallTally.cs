using System.Collections.Concurrent;
using System.Diagnostics;

namespace RpcStore.Server.Telemetry;

/// <summary>
/// The calls of one method. Counting one has to cost next to nothing beside a call of two microseconds, so this counts by
/// itself and is asked, instead of telling an instrument of each. Safe to use from any thread.
/// </summary>
/// <param name="method">The method, as the contract names it.</param>
internal sealed class CallTally(string method)
{
    /// <summary>Seconds by which slow calls are told from one another.</summary>
    public static readonly double[] Slow = [0.001, 0.01, 0.1, 1, 10];

    private static readonly long[] SlowTicks = Array.ConvertAll(Slow, seconds => (long)(seconds * Stopwatch.Frequency));

    private readonly long[] slower = new long[Slow.Length];
    private readonly ConcurrentDictionary<string, long> failed = new(StringComparer.Ordinal);
    private long succeeded;
    private long ticks;

    /// <summary>The method.</summary>
    public string Method => method;

    /// <summary>Calls that went well.</summary>
    public long Succeeded => Interlocked.Read(ref succeeded);

    /// <summary>Calls that did not, by the names of their errors.</summary>
    public IEnumerable<KeyValuePair<string, long>> Failed => failed;

    /// <summary>Seconds that all of them took.</summary>
    public double Seconds => (double)Interlocked.Read(ref ticks) / Stopwatch.Frequency;

    /// <summary>Calls that took longer than so many seconds.</summary>
    /// <param name="place">The place of the seconds in <see cref="Slow"/>.</param>
    public long SlowerThan(int place) => Interlocked.Read(ref slower[place]);

    /// <summary>A call ended.</summary>
    /// <param name="startedAt">The time stamp of its start (<see cref="Stopwatch.GetTimestamp"/>).</param>
    /// <param name="error">The name of the error that it ended with; null when it went well.</param>
    public void Count(long startedAt, string? error)
    {
        var took = Stopwatch.GetTimestamp() - startedAt;
        Interlocked.Add(ref ticks, took);
        if (error is null)
        {
            Interlocked.Increment(ref succeeded);
        }
        else
        {
            failed.AddOrUpdate(error, 1, static (_, count) => count + 1);
        }

        for (var place = 0; place < SlowTicks.Length && took > SlowTicks[place]; place++)
        {
            Interlocked.Increment(ref slower[place]);
        }
    }
}
