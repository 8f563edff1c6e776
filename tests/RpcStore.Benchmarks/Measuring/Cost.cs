namespace RpcStore.Benchmarks.Measuring;

/// <summary>What a stretch of work cost a process.</summary>
/// <param name="CpuSeconds">Processor time, to 10 ms.</param>
/// <param name="MemoryGrowth">Bytes by which its anonymous memory exceeded that at the beginning, at the most.</param>
/// <param name="PeakMemory">Bytes of memory at the most, mapped files included.</param>
internal sealed record Cost(double CpuSeconds, long MemoryGrowth, long PeakMemory);
