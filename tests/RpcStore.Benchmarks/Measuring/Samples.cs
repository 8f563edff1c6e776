namespace RpcStore.Benchmarks.Measuring;

/// <summary>Arithmetic on what several rounds gave.</summary>
internal static class Samples
{
    public static double Median(this IEnumerable<double> samples)
    {
        var sorted = samples.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The typical processor time, and the worst memory.</summary>
    public static Cost Combine(this IReadOnlyCollection<Cost> costs) => new(
        costs.Select(cost => cost.CpuSeconds).Median(),
        costs.Max(cost => cost.MemoryGrowth),
        costs.Max(cost => cost.PeakMemory));
}
