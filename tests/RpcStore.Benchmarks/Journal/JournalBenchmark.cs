using RpcStore.Benchmarks.Calls;
using RpcStore.Benchmarks.Measuring;
using RpcStore.Digests;

namespace RpcStore.Benchmarks.Journal;

/// <summary>What it costs to record every read: <c>blobs.get</c> with the journal's record of it, and without.</summary>
internal static class JournalBenchmark
{
    private const int BlobBytes = 4096;

    public static async Task RunAsync(BenchmarkOptions options, Report report)
    {
        using var folder = new ScratchFolder(options.Folder);
        await using var recorded = await ServerProcess.StartAsync(folder.NewPath(), "--journal-records", "actions");
        await using var unrecorded = await ServerProcess.StartAsync(folder.NewPath(), "--journal-records", "changes");
        var bytes = new byte[BlobBytes];
        new Random(1).NextBytes(bytes);
        var load = new CallLoad(options, report, recorded, unrecorded, "not recorded");
        await load.WarmUpAsync(new RequestSet(Framing.JsonStream, 1, _ => $$"""
            "method":"blobs.put","params":{"data":"{{Convert.ToBase64String(bytes)}}"}
            """), 1);
        var body = $$"""
            "method":"blobs.get","params":{"id":"{{BlobId.Compute(DigestFunction.Sha256, bytes)}}"}
            """;
        foreach (var outstanding in (int[])[1, 64])
        {
            var requests = new RequestSet(Framing.JsonStream, outstanding, _ => body);
            await load.RunAsync("journal (blobs.get of 4 KiB, each recorded)", $"{outstanding:N0} outstanding", requests, outstanding, "0.85 ×");
        }
    }
}
