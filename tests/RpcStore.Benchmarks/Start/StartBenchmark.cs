using System.Diagnostics;
using RpcStore.Benchmarks.Measuring;

namespace RpcStore.Benchmarks.Start;

/// <summary>A command at the shell prompt, as a whole process.</summary>
internal static class StartBenchmark
{
    private const int RunsPerRound = 5;

    public static async Task RunAsync(BenchmarkOptions options, Report report)
    {
        using var scratch = new ScratchFolder(options.Folder);
        await using var server = await ServerProcess.StartAsync(scratch.NewPath());
        string[] info = ["server", "info", "--server", "unix:" + server.SocketPath];
        string[] curl = ["-s", "--unix-socket", server.SocketPath, "http://localhost/rpc", "-d", """{"jsonrpc":"2.0","id":1,"method":"server.info"}"""];
        var script = new List<double>();
        var program = new List<double>();
        var limits = new List<double>();
        for (var run = 0; run < options.Rounds * RunsPerRound; run++)
        {
            limits.Add(await RunOnceAsync("curl", curl));
            script.Add(await RunOnceAsync(Path.Combine(BenchmarkOptions.Root, "tools", "rpcstore"), info));
            program.Add(await RunOnceAsync(BenchmarkOptions.Command, info));
        }

        Add("tools/rpcstore server info", script, "150 ms");
        Add("tools/rpcstore server info, the quickest", [script.Min()], null);
        Add("the program that the script starts", program, null);

        void Add(string name, List<double> times, string? aim) => report.Add(
            new Figure("start", name, times.Median(), "ms") { Limit = limits.Median(), LimitName = "curl", Aim = aim });
    }

    private static async Task<double> RunOnceAsync(string command, string[] arguments)
    {
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(began).TotalMilliseconds
            : throw new InvalidOperationException($"{command} ended with {process.ExitCode}.");
    }
}
