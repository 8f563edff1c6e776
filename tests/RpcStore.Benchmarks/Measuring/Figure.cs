namespace RpcStore.Benchmarks.Measuring;

/// <summary>One line of the report.</summary>
/// <param name="Group">The benchmark that it belongs to.</param>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The median over the rounds, in <paramref name="Unit"/>.</param>
/// <param name="Unit">The unit of the value and of the limit.</param>
internal sealed record Figure(string Group, string Name, double Value, string Unit)
{
    /// <summary>What the machine can do at all, measured in the same run; null when there is nothing to compare with.</summary>
    public double? Limit { get; init; }

    /// <summary>What the limit is.</summary>
    public string? LimitName { get; init; }

    /// <summary>What is to be reached, for the reader.</summary>
    public string? Aim { get; init; }

    /// <summary>Value over limit.</summary>
    public double? Ratio => Value / Limit;

    /// <summary>Seconds of processor that the server took.</summary>
    public double? CpuSeconds { get; init; }

    /// <summary>Microseconds of processor that the server took a call.</summary>
    public double? CpuMicrosecondsPerCall { get; init; }

    /// <summary>Bytes by which the anonymous memory of the server grew at the most.</summary>
    public long? MemoryGrowth { get; init; }

    /// <summary>Bytes of memory that the server had at the most, mapped files included.</summary>
    public long? PeakMemory { get; init; }

    public Figure With(Cost cost, double? calls = null) => this with
    {
        CpuSeconds = cost.CpuSeconds,
        CpuMicrosecondsPerCall = cost.CpuSeconds * 1e6 / calls,
        MemoryGrowth = cost.MemoryGrowth,
        PeakMemory = cost.PeakMemory,
    };
}
