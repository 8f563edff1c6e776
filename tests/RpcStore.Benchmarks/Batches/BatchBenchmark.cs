using System.Diagnostics;
using System.Security.Cryptography;
using RpcStore.Benchmarks.Measuring;
using RpcStore.Client;
using RpcStore.Client.Bulk;

namespace RpcStore.Benchmarks.Batches;

/// <summary>Batches of blobs in and out, through the C# client and with a client that does next to nothing.</summary>
internal static class BatchBenchmark
{
    private const string Group = "batches";
    private const long Large = 1L << 32;
    private const int LargeCount = 10_000;

    // As of calls: the runtime compiles what is used often well, by and by, and a server that has run for a while is measured.
    private const int WarmUpRounds = 8;
    private const int WarmUpBlobs = 64;

    private static readonly (int Count, long Size)[] Patterns =
        [(10_000, 16 << 10), (100_000, 1 << 10), (1_000, 1 << 20), (1, Large)];

    public static async Task RunAsync(BenchmarkOptions options, Report report)
    {
        report.Add(new Figure(Group, "SHA-256, one core", HashSpeed(), "GB/s"));
        foreach (var (count, size) in Patterns)
        {
            if (BlobPattern.NameOf(count, size).Contains(options.Only, StringComparison.Ordinal) && !(options.Quick && size == Large))
            {
                await RunAsync(options, report, new BlobPattern(count, size));
            }
        }
    }

    private static async Task RunAsync(BenchmarkOptions options, Report report, BlobPattern pattern)
    {
        var ways = new[] { "write limit", "read limit", "in, bare", "in, client", "out, bare", "out, client" }
            .ToDictionary(way => way, _ => new List<(double Seconds, Cost Cost)>());
        using var scratch = new ScratchFolder(options.Folder);
        var rounds = pattern.Size == Large || pattern.Count > LargeCount ? 1 : options.Rounds;
        for (var round = 0; round < rounds; round++)
        {
            var plain = scratch.NewPath();
            await TimeAsync("write limit", Environment.ProcessId, () => Task.Run(() => DiskLimit.Write(pattern.Ids, pattern.Open, plain)));
            await TimeAsync("read limit", Environment.ProcessId, () => Task.Run(() => DiskLimit.ReadAndHash(pattern, plain)));
            await using (var server = await ServerProcess.StartAsync(scratch.NewPath()))
            {
                await Task.Run(() => WarmUp(server, pattern));
                using var socket = server.Connect();
                await TimeAsync("in, bare", server.Id, () => Task.Run(() => RawHttp.Upload(socket, pattern)));
                await TimeAsync("out, bare", server.Id, () => Task.Run(() => RawHttp.Download(server.Connect, pattern)));
            }

            await using (var server = await ServerProcess.StartAsync(scratch.NewPath()))
            {
                await using var client = RpcStoreClient.Connect("unix:" + server.SocketPath);
                await Task.Run(() => WarmUp(server, pattern));
                await WarmUpAsync(client, pattern);
                await TimeAsync("in, client", server.Id, () => UploadAsync(client, pattern));
                await TimeAsync("out, client", server.Id, () => DownloadAsync(client, pattern));
            }
        }

        foreach (var (way, limit, limitName, aim) in ((string, string, string, string?)[])
            [
                ("in, bare", "write limit", "disk", "1.5 × disk"),
                ("in, client", "write limit", "disk", "1.5 × disk"),
                ("out, bare", "read limit", "read + SHA-256", OutAim(pattern)),
                ("out, client", "read limit", "read + SHA-256", OutAim(pattern)),
            ])
        {
            report.Add(new Figure(Group, $"{BlobPattern.NameOf(pattern.Count, pattern.Size)} {way}", Seconds(way), "s")
            {
                Limit = Seconds(limit),
                LimitName = limitName,
                Aim = aim,
            }.With(ways[way].ConvertAll(one => one.Cost).Combine()));
        }

        double Seconds(string way) => ways[way].Select(one => one.Seconds).Median();

        async Task TimeAsync(string way, int process, Func<Task> work)
        {
            if (way == "write limit" || way.StartsWith("in", StringComparison.Ordinal))
            {
                DiskLimit.WarmUp(pattern.TotalBytes, scratch.NewPath());
            }

            using var meter = new CostMeter(process);
            var began = Stopwatch.GetTimestamp();
            await work();
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            ways[way].Add((seconds, meter.Read()));
            Console.Error.WriteLine($"  {BlobPattern.NameOf(pattern.Count, pattern.Size)} {way}: {seconds:F3} s");
        }
    }

    private static IEnumerable<BlobPattern> WarmUpPatterns(BlobPattern pattern, int from) => Enumerable.Range(0, WarmUpRounds)
        .Select(round => new BlobPattern(WarmUpBlobs, Math.Min(pattern.Size, 1 << 20), pattern.Count + from + (round * WarmUpBlobs)));

    private static void WarmUp(ServerProcess server, BlobPattern pattern)
    {
        foreach (var little in WarmUpPatterns(pattern, 0))
        {
            using var socket = server.Connect();
            RawHttp.Upload(socket, little);
            RawHttp.Download(server.Connect, little);
        }
    }

    private static async Task WarmUpAsync(RpcStoreClient client, BlobPattern pattern)
    {
        foreach (var little in WarmUpPatterns(pattern, WarmUpRounds * WarmUpBlobs))
        {
            await UploadAsync(client, little);
            await DownloadAsync(client, little);
        }
    }

    private static string? OutAim(BlobPattern pattern) => pattern.Size switch
    {
        >= 1 << 20 => $"1 GB/s: {pattern.TotalBytes / 1e9:F2} s",
        16 << 10 => "0.5 s",
        _ => null,
    };

    /// <summary>Uploads all of it with the C# client.</summary>
    public static Task UploadAsync(RpcStoreClient client, BlobPattern pattern) => UploadAsync(client, pattern, pattern.Sources());

    /// <inheritdoc cref="UploadAsync(RpcStoreClient, BlobPattern)"/>
    /// <param name="client">The client.</param>
    /// <param name="pattern">What is uploaded.</param>
    /// <param name="sources">Where its bytes come from.</param>
    public static async Task UploadAsync(RpcStoreClient client, BlobPattern pattern, IAsyncEnumerable<BlobSource> sources)
    {
        var stored = 0;
        await foreach (var blob in client.Uploads.SendAsync(sources))
        {
            stored += blob.IsOnServer ? 1 : throw new InvalidDataException($"{blob.Id} was not stored: {blob.Reason}");
        }

        Expect(pattern.Count, stored);
    }

    private static async Task DownloadAsync(RpcStoreClient client, BlobPattern pattern)
    {
        var read = 0;
        await client.Downloads.ReadAsync(pattern.Ids.ToAsyncEnumerable(), async (_, content, token) =>
        {
            await content.CopyToAsync(Stream.Null, 256 * 1024, token);
            read++;
        });
        Expect(pattern.Count, read);
    }

    private static void Expect(int wanted, int got)
    {
        if (wanted != got)
        {
            throw new InvalidDataException($"{got} of {wanted} blobs came through.");
        }
    }

    private static double HashSpeed()
    {
        var data = new byte[256 << 20];
        SHA256.HashData(data);
        var began = Stopwatch.GetTimestamp();
        SHA256.HashData(data);
        return data.Length / Stopwatch.GetElapsedTime(began).TotalSeconds / 1e9;
    }
}
