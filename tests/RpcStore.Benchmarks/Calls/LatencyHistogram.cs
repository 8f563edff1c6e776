using System.Diagnostics;

namespace RpcStore.Benchmarks.Calls;

/// <summary>Counts latencies by the microsecond, up to a second. For one thread.</summary>
internal sealed class LatencyHistogram
{
    private readonly int[] counts = new int[1_000_000];
    private long total;

    public void Add(long fromTimestamp, long toTimestamp)
    {
        var microseconds = (toTimestamp - fromTimestamp) / (Stopwatch.Frequency / 1_000_000);
        counts[Math.Min(microseconds, counts.Length - 1)]++;
        total++;
    }

    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] += other.counts[i];
        }

        total += other.total;
    }

    /// <summary>Microseconds that a share of the calls stayed under.</summary>
    /// <param name="share">From 0 to 1.</param>
    public double Percentile(double share)
    {
        long seen = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            seen += counts[i];
            if (seen >= share * total)
            {
                return i;
            }
        }

        return counts.Length;
    }
}
