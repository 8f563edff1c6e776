using System.Diagnostics;
using RpcStore.Benchmarks.Batches;
using RpcStore.Benchmarks.Measuring;
using RpcStore.Client;

namespace RpcStore.Benchmarks.Rust;

/// <summary>Uploads of many blobs with the C# client and with the Rust client, by turns, each to a store of its own.</summary>
internal static class RustUploads
{
    private const int WarmUpRounds = 8;
    private const int WarmUpBlobs = 64;

    private static readonly (int Count, long Size)[] Patterns = [(10_000, 16 << 10), (1_000, 1 << 20)];

    public static async Task RunAsync(BenchmarkOptions options, Report report, RustProgram rust)
    {
        foreach (var (count, size) in Patterns)
        {
            var name = BlobPattern.NameOf(count, size);
            if (name.Contains(options.Only, StringComparison.Ordinal))
            {
                await RunAsync(options, report, rust, new BlobPattern(count, size), name);
            }
        }
    }

    private static async Task RunAsync(BenchmarkOptions options, Report report, RustProgram rust, BlobPattern pattern, string name)
    {
        using var scratch = new ScratchFolder(options.Folder);
        var (disk, sharp, rusty) = (new List<double>(), new List<double>(), new List<double>());
        var (sharpCosts, rustCosts) = (new List<Cost>(), new List<Cost>());
        for (var round = 0; round < options.Rounds; round++)
        {
            DiskLimit.WarmUp(pattern.TotalBytes, scratch.NewPath());
            disk.Add(await TimeAsync(() => Task.Run(() => DiskLimit.Write(pattern.Ids, pattern.Open, scratch.NewPath()))));
            // Whoever comes second finds the disk as the first one left it.
            foreach (var isRust in (bool[])[round % 2 == 1, round % 2 == 0])
            {
                await using var server = await ServerProcess.StartAsync(scratch.NewPath());
                await (isRust ? RunRustAsync(server) : RunSharpAsync(server));
            }

            Console.Error.WriteLine($"  {name} in: disk {disk[^1]:F3} s, C# {sharp[^1]:F3} s, Rust {rusty[^1]:F3} s");
        }

        Add("C# client", sharp, sharpCosts, null);
        Add("Rust client", rusty, rustCosts, FormattableString.Invariant($"1.1 × C#: {1.1 * sharp.Median():F2} s"));

        async Task RunSharpAsync(ServerProcess server)
        {
            await using var client = RpcStoreClient.Connect("unix:" + server.SocketPath);
            await WarmUpAsync(pattern, little => BatchBenchmark.UploadAsync(client, little));
            DiskLimit.WarmUp(pattern.TotalBytes, scratch.NewPath());
            // In memory, as the Rust client has them: reading what was made long ago costs more than making it.
            var sources = pattern.InMemory();
            using var meter = new CostMeter(server.Id);
            sharp.Add(await TimeAsync(() => BatchBenchmark.UploadAsync(client, pattern, sources)));
            sharpCosts.Add(meter.Read());
        }

        async Task RunRustAsync(ServerProcess server)
        {
            await WarmUpAsync(pattern, little => rust.UploadAsync(server, little.Count, little.Size, little.First));
            DiskLimit.WarmUp(pattern.TotalBytes, scratch.NewPath());
            using var meter = new CostMeter(server.Id);
            rusty.Add(await rust.UploadAsync(server, pattern.Count, pattern.Size, pattern.First));
            rustCosts.Add(meter.Read());
        }

        void Add(string client, List<double> seconds, List<Cost> costs, string? aim) =>
            report.Add(new Figure("rust (uploads)", $"{name} in, {client}", seconds.Median(), "s")
            {
                Limit = disk.Median(),
                LimitName = "disk",
                Aim = aim,
            }.With(costs.Combine()));
    }

    private static async Task WarmUpAsync(BlobPattern pattern, Func<BlobPattern, Task> uploadAsync)
    {
        for (var round = 0; round < WarmUpRounds; round++)
        {
            await uploadAsync(new BlobPattern(WarmUpBlobs, pattern.Size, pattern.Count + (round * WarmUpBlobs)));
        }
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
