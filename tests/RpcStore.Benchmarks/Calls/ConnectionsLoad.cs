using System.Diagnostics;
using System.Net.Sockets;

namespace RpcStore.Benchmarks.Calls;

/// <summary>One call at a time on each of many connections, which are kept: how HTTP/1.1 has many calls outstanding.</summary>
internal static class ConnectionsLoad
{
    public static async Task<LoadResult> RunAsync(Socket[] sockets, RequestSet requests, TimeSpan duration)
    {
        var began = Stopwatch.GetTimestamp();
        var end = began + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var runs = await Task.WhenAll(sockets.Select((socket, i) => Task.Run(() => RunAsync(socket, requests, i, end))));
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var latencies = new LatencyHistogram();
        foreach (var latency in runs.SelectMany(run => run))
        {
            latencies.Add(0, latency);
        }

        return new LoadResult(runs.Sum(run => (long)run.Count), seconds, latencies);
    }

    private static async Task<List<long>> RunAsync(Socket socket, RequestSet requests, int index, long end)
    {
        var latencies = new List<long>();
        var input = new byte[4096];
        long now;
        do
        {
            var sentAt = Stopwatch.GetTimestamp();
            await socket.SendAsync(requests[index]);
            int length = 0, message;
            while ((message = requests.Framing.Measure(input.AsSpan(0, length))) == 0)
            {
                var count = await socket.ReceiveAsync(input.AsMemory(length));
                length += count > 0 ? count : throw new EndOfStreamException("The server closed the connection.");
            }

            _ = requests.IndexOf(input.AsSpan(0, message));
            now = Stopwatch.GetTimestamp();
            latencies.Add(now - sentAt);
        }
        while (now < end);
        return latencies;
    }
}
