using RpcStore.Benchmarks.Measuring;

namespace RpcStore.Benchmarks.Calls;

/// <summary>Measures one kind of load on a server and on what it is compared with by turns, and reports it.</summary>
internal sealed class CallLoad(BenchmarkOptions options, Report report, ServerProcess server, ServerProcess limit, string limitName = "echo")
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <param name="group">The benchmark that it belongs to.</param>
    /// <param name="name">What it is.</param>
    /// <param name="requests">What is sent.</param>
    /// <param name="outstanding">Calls at once.</param>
    /// <param name="aim">Calls a second to reach, for the reader.</param>
    /// <param name="latencyAim">Latency to reach, for the reader.</param>
    public async Task RunAsync(string group, string name, RequestSet requests, int outstanding, string? aim = null, string? latencyAim = null)
    {
        // Both have their hot paths compiled well by then: the runtime does so by and by, while it is used.
        await WarmUpAsync(requests, outstanding);

        var results = new List<LoadResult>();
        var limits = new List<LoadResult>();
        var costs = new List<Cost>();
        for (var round = 0; round < options.Rounds; round++)
        {
            limits.Add(await RunOnceAsync(limit, requests, outstanding, options.Duration));
            using var meter = new CostMeter(server.Id);
            results.Add(await RunOnceAsync(server, requests, outstanding, options.Duration));
            costs.Add(meter.Read());
        }

        report.Add(new Figure(group, name, results.Select(result => result.PerSecond).Median(), "/s")
        {
            Limit = limits.Select(result => result.PerSecond).Median(),
            LimitName = limitName,
            Aim = aim,
        }.With(costs.Combine(), results.Select(result => (double)result.Calls).Median()));
        AddLatency(0.5, "p50", latencyAim);
        AddLatency(0.99, "p99", null);

        void AddLatency(double share, string label, string? wanted) =>
            report.Add(new Figure(group, $"{name}, {label}", results.Select(result => result.Latencies.Percentile(share)).Median(), "µs")
            {
                Limit = limits.Select(result => result.Latencies.Percentile(share)).Median(),
                LimitName = limitName,
                Aim = wanted,
            });
    }

    /// <summary>Sends calls to both, and measures nothing.</summary>
    public async Task WarmUpAsync(RequestSet requests, int outstanding)
    {
        await RunOnceAsync(server, requests, outstanding, WarmUp);
        await RunOnceAsync(limit, requests, outstanding, WarmUp);
    }

    private static async Task<LoadResult> RunOnceAsync(ServerProcess target, RequestSet requests, int outstanding, TimeSpan duration)
    {
        if (requests.Framing != Framing.Http)
        {
            using var socket = target.Connect();
            if (!target.IsEcho)
            {
                requests.Framing.Open(socket);
            }

            return StreamLoad.Run(socket, requests, outstanding, duration);
        }

        var sockets = Enumerable.Range(0, outstanding).Select(_ => target.Connect()).ToArray();
        try
        {
            return await ConnectionsLoad.RunAsync(sockets, requests, duration);
        }
        finally
        {
            Array.ForEach(sockets, socket => socket.Dispose());
        }
    }
}
