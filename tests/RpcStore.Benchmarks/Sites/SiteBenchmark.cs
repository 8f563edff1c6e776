using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using RpcStore.Benchmarks.Measuring;

namespace RpcStore.Benchmarks.Sites;

/// <summary>A site of many small files under wrk, one large file, and files that nobody asked for yet; beside nginx where it is installed.</summary>
internal static partial class SiteBenchmark
{
    private const int Folders = 100;
    private const int FilesPerFolder = 100;
    private const int FileBytes = 16 << 10;
    private const int ColdFiles = 200;

    public static async Task RunAsync(BenchmarkOptions options, Report report)
    {
        using var scratch = new ScratchFolder(options.Folder);
        var content = scratch.NewPath();
        var large = options.Quick ? 128L << 20 : 1L << 30;
        WriteContent(content, large);
        var port = WebPeer.FreePort();
        await using var server = await ServerProcess.StartAsync(scratch.NewPath(), "--listen", $"tcp://127.0.0.1:{port}");
        foreach (var command in (string[][])[["flists", "upload", content, "--name", "site"], ["sites", "publish", "site", "--prefix", "/site", "--public"]])
        {
            await WebPeer.RunAsync(BenchmarkOptions.Command, ["--server", "unix:" + server.SocketPath, .. command]);
        }

        await using var nginx = await WebPeer.StartNginxAsync(scratch.NewPath(), content);
        var ours = $"http://127.0.0.1:{port}/site";
        await MeasureColdAsync(report, ours);
        await MeasureSmallAsync(options, report, server, scratch.NewPath(), ours, nginx?.Url);
        await MeasureLargeAsync(options, report, server, ours, nginx?.Url, large);
    }

    private static void WriteContent(string content, long large)
    {
        var random = new Random(1);
        var bytes = new byte[1 << 20];
        for (var folder = 0; folder < Folders; folder++)
        {
            var path = Directory.CreateDirectory(Path.Combine(content, $"d{folder:00}")).FullName;
            for (var file = 0; file < FilesPerFolder; file++)
            {
                random.NextBytes(bytes.AsSpan(0, FileBytes));
                using var one = File.Create(Path.Combine(path, $"f{file:00}.bin"));
                one.Write(bytes, 0, FileBytes);
            }
        }

        using var big = File.Create(Path.Combine(content, "large.bin"));
        for (var written = 0L; written < large; written += bytes.Length)
        {
            random.NextBytes(bytes);
            big.Write(bytes);
        }
    }

    private static async Task MeasureColdAsync(Report report, string url)
    {
        using var http = new HttpClient();
        await http.GetByteArrayAsync(new Uri($"{url}/d00/f00.bin"));
        var times = new List<double>();
        for (var file = 1; file <= ColdFiles; file++)
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(new Uri($"{url}/d{file % Folders:00}/f{file / Folders + 1:00}.bin"), HttpCompletionOption.ResponseHeadersRead);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await answer.Content.ReadAsByteArrayAsync();
        }

        times.Sort();
        report.Add(new Figure("sites", "first byte of a file that nobody asked for, p50", times.Median(), "ms") { Aim = "5 ms" });
        report.Add(new Figure("sites", "first byte of a file that nobody asked for, p99", times[times.Count * 99 / 100], "ms") { Aim = "5 ms" });
    }

    private static async Task MeasureSmallAsync(
        BenchmarkOptions options, Report report, ServerProcess server, string script, string ours, string? nginx)
    {
        await File.WriteAllTextAsync(script, $$"""
            local n = 0
            request = function()
              n = (n * 1103515245 + 12345) % 2147483648
              local i = math.floor(n / 65536) % {{Folders * FilesPerFolder}}
              return wrk.format("GET", string.format("%s/d%02d/f%02d.bin", wrk.path, math.floor(i / {{FilesPerFolder}}), i % {{FilesPerFolder}}))
            end
            """);
        await RunWrkAsync(options, script, ours);
        await RunWrkAsync(options, script, ours);
        var (rates, limits, costs, calls) = (new List<double>(), new List<double>(), new List<Cost>(), new List<double>());
        for (var round = 0; round < options.Rounds; round++)
        {
            using var meter = new CostMeter(server.Id);
            var (rate, requests) = await RunWrkAsync(options, script, ours);
            costs.Add(meter.Read());
            rates.Add(rate);
            calls.Add(requests);
            if (nginx is not null)
            {
                limits.Add((await RunWrkAsync(options, script, nginx)).Rate);
            }
        }

        report.Add(new Figure("sites", "10,000 files of 16 KiB, wrk -t1 -c64", rates.Median(), "/s")
        {
            Limit = nginx is null ? null : limits.Median(),
            LimitName = "nginx",
            Aim = "50,000 /s",
        }.With(costs.Combine(), calls.Median()));
    }

    private static async Task MeasureLargeAsync(
        BenchmarkOptions options, Report report, ServerProcess server, string ours, string? nginx, long bytes)
    {
        await FetchAsync(ours);
        var (rates, limits, costs) = (new List<double>(), new List<double>(), new List<Cost>());
        for (var round = 0; round < options.Rounds; round++)
        {
            using var meter = new CostMeter(server.Id);
            rates.Add(await FetchAsync(ours));
            costs.Add(meter.Read());
            if (nginx is not null)
            {
                limits.Add(await FetchAsync(nginx));
            }
        }

        report.Add(new Figure("sites", $"one file of {bytes >> 20:N0} MiB, curl", rates.Median(), "GB/s")
        {
            Limit = nginx is null ? null : limits.Median(),
            LimitName = "nginx",
            Aim = "1 GB/s",
        }.With(costs.Combine()));

        static async Task<double> FetchAsync(string url) =>
            double.Parse(await WebPeer.RunAsync("curl", ["-sS", "-o", "/dev/null", "-w", "%{speed_download}", url + "/large.bin"]), CultureInfo.InvariantCulture) / 1e9;
    }

    private static async Task<(double Rate, double Requests)> RunWrkAsync(BenchmarkOptions options, string script, string url)
    {
        var seconds = Math.Max(2, (int)Math.Ceiling(options.Duration.TotalSeconds * 3));
        var said = await WebPeer.RunAsync("wrk", ["-t1", "-c64", string.Create(CultureInfo.InvariantCulture, $"-d{seconds}"), "-s", script, url]);
        return !said.Contains("Non-2xx", StringComparison.Ordinal) && RateLine().Match(said) is { Success: true } rate && RequestsLine().Match(said) is { Success: true } requests
            ? (double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(requests.Groups[1].Value, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"wrk said: {said}");
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex RateLine();

    [GeneratedRegex(@"([0-9]+) requests in")]
    private static partial Regex RequestsLine();
}
