using System.Diagnostics;
using RpcStore.Benchmarks.Measuring;

namespace RpcStore.Benchmarks.Import;

/// <summary>A packed tree of 20,000 files becomes a flist, beside each stage of that by itself.</summary>
internal static class ImportBenchmark
{
    public static async Task RunAsync(BenchmarkOptions options, Report report)
    {
        using var scratch = new ScratchFolder(options.Folder);
        var archive = scratch.NewPath() + ".tar.gz";
        var files = TreeArchive.Write(archive, options.Quick ? 2_000 : 20_000, options.Quick ? 100L << 20 : 1L << 30);
        var bytes = files.Sum(file => (long)file.Length);
        var stages = ImportStages.Measure(archive, files, scratch.NewPath());
        foreach (var (stage, seconds) in stages)
        {
            report.Add(new Figure("import", $"{stage}, by itself", bytes / seconds / 1e6, "MB/s"));
        }

        var count = files.Count;
        files.Clear();
        GC.Collect();
        var slowest = stages.MaxBy(stage => stage.Seconds);
        var (rates, costs) = (new List<double>(), new List<Cost>());
        for (var round = 0; round < options.Rounds; round++)
        {
            var (seconds, cost) = await ImportAsync(archive, scratch.NewPath());
            rates.Add(bytes / seconds / 1e6);
            costs.Add(cost);
        }

        report.Add(new Figure("import", $"tar.gz of {count:N0} files, {bytes >> 20:N0} MiB", rates.Median(), "MB/s")
        {
            Limit = bytes / slowest.Seconds / 1e6,
            LimitName = slowest.Stage,
            Aim = "0.7 of the slowest stage",
        }.With(costs.Combine()));
    }

    private static async Task<(double Seconds, Cost Cost)> ImportAsync(string archive, string data)
    {
        await using var server = await ServerProcess.StartAsync(data);
        using var meter = new CostMeter(server.Id);
        var began = Stopwatch.GetTimestamp();
        using var upload = Process.Start(new ProcessStartInfo(
            BenchmarkOptions.Command, ["--server", "unix:" + server.SocketPath, "flists", "upload", archive, "--name", "tree"])
        {
            RedirectStandardOutput = true,
        })!;
        await upload.StandardOutput.ReadToEndAsync();
        await upload.WaitForExitAsync();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return upload.ExitCode == 0 ? (seconds, meter.Read()) : throw new InvalidOperationException($"The upload ended with {upload.ExitCode}.");
    }
}
