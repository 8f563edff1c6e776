namespace RpcStore.Benchmarks.Calls;

/// <summary>What a stretch of load gave.</summary>
/// <param name="Calls">Calls that were answered.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Latencies">From each request's sending to its reply.</param>
internal sealed record LoadResult(long Calls, double Seconds, LatencyHistogram Latencies)
{
    public double PerSecond => Calls / Seconds;
}
