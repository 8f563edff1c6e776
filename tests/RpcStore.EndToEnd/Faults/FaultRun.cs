namespace RpcStore.EndToEnd.Faults;

/// <summary>
/// How long the fault tests run. <c>RPCSTORE_LONG=1</c> asks for the long form; <c>RPCSTORE_SEED=N</c> plays the random choices
/// of a failed run again.
/// </summary>
internal static class FaultRun
{
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("RPCSTORE_LONG") == "1";

    /// <summary>Named by every failure that depends on it.</summary>
    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("RPCSTORE_SEED"), out var seed) ? seed : 20261121;

    /// <summary>The number for this run.</summary>
    public static int Pick(int shortRun, int longRun) => IsLong ? longRun : shortRun;
}
