using RpcStore.Benchmarks.Measuring;

namespace RpcStore.Benchmarks.Rust;

/// <summary>The Rust client side by side with the C# client.</summary>
internal static class RustBenchmark
{
    public static async Task RunAsync(BenchmarkOptions options, Report report)
    {
        if (await RustProgram.BuildAsync() is { } rust)
        {
            if (options.Only.Length == 0 || "calls".Contains(options.Only, StringComparison.Ordinal))
            {
                await RustCalls.RunAsync(options, report, rust);
            }

            await RustUploads.RunAsync(options, report, rust);
        }
    }
}
