using RpcStore.Benchmarks.Measuring;
using RpcStore.Digests;

namespace RpcStore.Benchmarks.Calls;

/// <summary>Small calls: <c>blobs.has</c> of one id, in every framing, on the unix socket.</summary>
internal static class CallBenchmark
{
    private static readonly int[] Outstanding = [1, 64, 1024];

    public static async Task RunAsync(BenchmarkOptions options, Report report)
    {
        using var folder = new ScratchFolder(options.Folder);
        await using var server = await ServerProcess.StartAsync(folder.NewPath());
        await using var echo = await ServerProcess.StartEchoAsync();
        var load = new CallLoad(options, report, server, echo);
        var body = $$"""
            "method":"blobs.has","params":{"ids":["{{BlobId.EmptySha256}}"]}
            """;
        foreach (var framing in (Framing[])[Framing.JsonStream, Framing.Headers, Framing.WebSocket, Framing.Http])
        {
            foreach (var outstanding in Outstanding)
            {
                var name = $"{framing.Name}, {outstanding:N0} outstanding";
                if (!name.Contains(options.Only, StringComparison.Ordinal))
                {
                    continue;
                }

                var requests = new RequestSet(framing, outstanding, _ => body);
                await load.RunAsync(
                    "calls (blobs.has of one id)",
                    name,
                    requests,
                    outstanding,
                    Aim(framing, outstanding),
                    outstanding == 1 ? "1.2 × echo" : null);
            }
        }
    }
    // A message that brings a request of HTTP along is another kind of call.
    private static string? Aim(Framing framing, int outstanding) => (framing == Framing.Http, outstanding) switch
    {
        (false, 64) => "400,000 /s",
        (false, 1024) => "700,000 /s",
        _ => null,
    };
}
