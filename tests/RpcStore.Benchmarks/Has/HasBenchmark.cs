using RpcStore.Benchmarks.Calls;
using RpcStore.Benchmarks.Measuring;

namespace RpcStore.Benchmarks.Has;

/// <summary>A store of a million blobs: how it starts, and how fast it tells which of a thousand it has.</summary>
internal static class HasBenchmark
{
    private const int IdsPerCall = 1000;

    // More calls than are ever outstanding, so that a thousand ids are not always the same thousand.
    private const int Requests = 256;

    public static async Task RunAsync(BenchmarkOptions options, Report report)
    {
        using var scratch = new ScratchFolder(options.Folder);
        var data = SmallBlobStore.Ensure(options.Folder, options.Blobs);
        if (!File.Exists(Path.Combine(data, "blobs", "index")))
        {
            await using var first = await ServerProcess.StartAsync(data);
            report.Add(new Figure(Group(options), "first start, which makes the index", first.StartTime.TotalSeconds, "s"));
        }

        await MeasureStartAsync(options, report, data, scratch);
        await using var server = await ServerProcess.StartAsync(data);
        await using var echo = await ServerProcess.StartEchoAsync();
        var load = new CallLoad(options, report, server, echo);
        var random = new Random(1);
        var bodies = Enumerable.Range(0, Requests).Select(_ => Body(random, options.Blobs)).ToArray();
        var requests = new RequestSet(Framing.JsonStream, Requests, i => bodies[i]);
        await load.RunAsync(Group(options), "has of 1000 ids, 1 outstanding", requests, 1, null, "450 µs");
        await load.RunAsync(Group(options), "has of 1000 ids, 16 outstanding", requests, 16, "4,500 /s");
    }

    private static string Group(BenchmarkOptions options) => $"has ({options.Blobs:N0} blobs stored)";

    private static string Body(Random random, int blobs)
    {
        var ids = Enumerable.Range(0, IdsPerCall).Select(_ => $"\"{SmallBlobStore.Id(random.Next(blobs))}\"");
        return $$"""
            "method":"blobs.has","params":{"ids":[{{string.Join(',', ids)}}]}
            """;
    }

    private static async Task MeasureStartAsync(BenchmarkOptions options, Report report, string data, ScratchFolder scratch)
    {
        var empty = scratch.NewPath();
        var starts = new List<double>();
        var limits = new List<double>();
        for (var round = 0; round <= options.Rounds; round++)
        {
            await using (var limit = await ServerProcess.StartAsync(empty))
            {
                limits.Add(limit.StartTime.TotalSeconds);
            }

            await using var server = await ServerProcess.StartAsync(data);
            starts.Add(server.StartTime.TotalSeconds);
        }

        // The first of each warms the file cache.
        report.Add(new Figure(Group(options), "start to the first answer", starts.Skip(1).Median(), "s")
        {
            Limit = limits.Skip(1).Median(),
            LimitName = "an empty store",
            Aim = "1 s",
        });
    }
}
