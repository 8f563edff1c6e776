using System.Diagnostics;
using RpcStore.Benchmarks.Calls;
using RpcStore.Benchmarks.Measuring;
using RpcStore.Client;
using RpcStore.Digests;

namespace RpcStore.Benchmarks.Rust;

/// <summary>Small calls over one connection: what does next to nothing, the C# client and the Rust client, by turns.</summary>
internal static class RustCalls
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly BlobId[] Ids = [BlobId.EmptySha256];

    public static async Task RunAsync(BenchmarkOptions options, Report report, RustProgram rust)
    {
        using var folder = new ScratchFolder(options.Folder);
        await using var server = await ServerProcess.StartAsync(folder.NewPath());
        await using var echo = await ServerProcess.StartEchoAsync();
        await using var client = RpcStoreClient.Connect("unix:" + server.SocketPath);
        foreach (var outstanding in (int[])[64, 1024])
        {
            var requests = new RequestSet(Framing.JsonStream, outstanding, _ => $$"""
                "method":"blobs.has","params":{"ids":["{{BlobId.EmptySha256}}"]}
                """);
            (string Name, string? Aim, Func<TimeSpan, Task<double>> RunAsync)[] ways =
            [
                ("echo", null, duration => Task.Run(() => Load(echo, requests, outstanding, duration))),
                ("bare", null, duration => Task.Run(() => Load(server, requests, outstanding, duration))),
                ("C# client", null, duration => CallAsync(client, outstanding, duration)),
                ("Rust client", "250,000 /s", duration => rust.CallAsync(server, outstanding, duration)),
            ];
            var results = ways.ToDictionary(way => way.Name, _ => new List<double>());
            var costs = ways.ToDictionary(way => way.Name, _ => new List<Cost>());
            foreach (var way in ways)
            {
                await way.RunAsync(WarmUp);
            }

            for (var round = 0; round < options.Rounds; round++)
            {
                foreach (var (name, _, runAsync) in ways)
                {
                    using var meter = new CostMeter(server.Id);
                    results[name].Add(await runAsync(options.Duration));
                    costs[name].Add(meter.Read());
                }
            }

            foreach (var (name, aim, _) in ways.Skip(1))
            {
                var perSecond = results[name].Median();
                report.Add(new Figure("rust (blobs.has of one id)", $"{name}, {outstanding:N0} outstanding", perSecond, "/s")
                {
                    Limit = results["echo"].Median(),
                    LimitName = "echo",
                    Aim = aim,
                }.With(costs[name].Combine(), perSecond * options.Duration.TotalSeconds));
            }
        }
    }

    private static double Load(ServerProcess target, RequestSet requests, int outstanding, TimeSpan duration)
    {
        using var socket = target.Connect();
        return StreamLoad.Run(socket, requests, outstanding, duration).PerSecond;
    }

    private static async Task<double> CallAsync(RpcStoreClient client, int outstanding, TimeSpan duration)
    {
        var began = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, outstanding).Select(_ => Task.Run(async () =>
        {
            var count = 0L;
            for (; Stopwatch.GetElapsedTime(began) < duration; count++)
            {
                await client.Blobs.HasAsync(Ids);
            }

            return count;
        })));
        return counts.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
