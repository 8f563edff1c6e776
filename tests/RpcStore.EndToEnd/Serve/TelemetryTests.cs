using System.Globalization;
using System.Net;
using System.Text;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Serve;

/// <summary>What the server tells of itself to Prometheus and to a collector of OpenTelemetry.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Metrics_count_calls_by_method_and_error_and_blobs_by_direction()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path);
        using var client = new AdminClient(server.Socket);
        var blobs = TestBlob.RandomMany(new Random(1), 3, 5000);
        Assert.Equal(200, (await client.PostBatchAsync(blobs)).Status);
        await client.GetAsync(blobs[0].Id);
        await client.ListAsync();
        await client.DeleteAsync(blobs[1].Id);
        await Assert.ThrowsAsync<CallFailedException>(() => client.GetAsync(blobs[1].Id));
        await Assert.ThrowsAsync<CallFailedException>(() => client.CallAsync("blobs.has", """{"ids":["x"]}"""));

        var metrics = await ReadAsync(client);
        Assert.Equal(1, metrics["rpcstore_calls_total{rpc_method=\"blobs.list\"}"]);
        Assert.Equal(1, metrics["rpcstore_calls_total{error_type=\"notFound\",rpc_method=\"blobs.get\"}"]);
        Assert.Equal(1, metrics["rpcstore_calls_total{error_type=\"invalidParams\",rpc_method=\"blobs.has\"}"]);
        Assert.True(metrics["rpcstore_calls_time_seconds_total{rpc_method=\"blobs.list\"}"] > 0);
        Assert.Equal(0, metrics["rpcstore_calls_slower_total{rpc_method=\"blobs.list\",than=\"10\"}"]);
        Assert.DoesNotContain(metrics.Keys, name => name.Contains("blobs.scrub", StringComparison.Ordinal));
        Assert.Equal(3, metrics["rpcstore_transfer_blobs_total{direction=\"in\"}"]);
        Assert.Equal(blobs.Sum(blob => blob.Bytes.Length), metrics["rpcstore_transfer_io_bytes_total{direction=\"in\"}"]);
        Assert.Equal(blobs[0].Bytes.Length, metrics["rpcstore_transfer_io_bytes_total{direction=\"out\"}"]);
        Assert.Equal(blobs.Sum(blob => blob.Bytes.Length) - blobs[1].Bytes.Length, metrics["rpcstore_store_size_bytes"]);
        Assert.Equal(0, metrics["rpcstore_journal_failing"]);
        Assert.True(metrics["rpcstore_connections"] >= 1);
        Assert.Contains(metrics.Keys, name => name.StartsWith("http_server_request_duration_seconds_count", StringComparison.Ordinal)
            && name.Contains("http_route=\"/blobs\"", StringComparison.Ordinal));
        Assert.Contains(metrics.Keys, name => name.StartsWith("dotnet_gc_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_collector_gets_metrics_and_spans()
    {
        using var collector = new Collector();
        await using var server = await ServerProcess.StartAsync(
            folder.Path, "--otlp-endpoint", collector.Url, "--otlp-protocol", "http", "--otlp-interval", "1s");
        using var client = new AdminClient(server.Socket);
        await client.ListAsync();
        await Assert.ThrowsAsync<CallFailedException>(() => client.CallAsync("blobs.has", """{"ids":["x"]}"""));

        await collector.ReceivesAsync("/v1/metrics", "rpcstore.calls.slower", "rpcstore.store.size", "service.instance.id");
        await collector.ReceivesAsync("/v1/traces", "blobs.list", "blobs.has", "invalidParams", "POST /rpc", "jsonrpc", "rpcstore");
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task A_collector_that_is_not_there_hinders_nobody()
    {
        await using var server = await ServerProcess.StartAsync(
            folder.Path, "--otlp-endpoint", "http://127.0.0.1:9", "--otlp-interval", "1s");
        using var client = new AdminClient(server.Socket);
        await client.ListAsync();
        Assert.NotEmpty(await ReadAsync(client));
        Assert.Equal(0, await server.StopAsync());
    }

    [Theory]
    [InlineData("ftp://x")]
    [InlineData("localhost:4317")]
    public async Task A_collector_that_cannot_be_one_is_refused(string url)
    {
        var refused = await Command.RunAsync(
            Repository.Command, ["serve", "--data", folder.File("data"), "--otlp-endpoint", url]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--otlp-endpoint", refused.Error);
        Assert.Contains(url, refused.Error);
    }

    /// <summary>The samples, by name and labels in alphabetical order.</summary>
    private static async Task<Dictionary<string, double>> ReadAsync(AdminClient client)
    {
        using var response = await client.Http.GetAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var samples = new Dictionary<string, double>();
        foreach (var line in (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '#')
            {
                Assert.Matches("^# (HELP|TYPE) [a-z_]+ ", line);
                continue;
            }

            var end = line.LastIndexOf(' ');
            var at = line.IndexOf('{');
            var name = at < 0 ? line[..end] : $"{line[..at]}{{{string.Join(',', line[(at + 1)..(end - 1)].Split(',').Order())}}}";
            samples.Add(name, double.Parse(line[(end + 1)..].Replace("+Inf", "Infinity"), CultureInfo.InvariantCulture));
        }

        return samples;
    }

    /// <summary>Takes what is sent by OTLP over HTTP, and remembers it.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly HttpListener listener = new();
        private readonly Dictionary<string, StringBuilder> received = [];

        public Collector()
        {
            // The port is free until somebody takes it; another try finds another.
            for (var random = new Random(); !listener.IsListening;)
            {
                Url = $"http://127.0.0.1:{random.Next(20000, 60000)}/";
                listener.Prefixes.Clear();
                listener.Prefixes.Add(Url);
                try
                {
                    listener.Start();
                }
                catch (HttpListenerException)
                {
                    continue;
                }
            }

            _ = listener.ServeAsync(TakeAsync);
        }

        public string Url { get; private set; } = "";

        public void Dispose() => listener.Close();

        public Task ReceivesAsync(string path, params string[] words) => Eventually.HoldsAsync(
            () => Task.FromResult(words.All(word => Read(path).Contains(word, StringComparison.Ordinal))),
            () => Task.FromResult($"{path} lacks {string.Join(' ', words.Where(word => !Read(path).Contains(word, StringComparison.Ordinal)))}"));

        private string Read(string path)
        {
            lock (received)
            {
                return received.TryGetValue(path, out var text) ? text.ToString() : "";
            }
        }

        private async Task TakeAsync(HttpListenerContext context)
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            lock (received)
            {
                var path = context.Request.Url!.AbsolutePath;
                received.TryAdd(path, new StringBuilder());
                received[path].Append(Encoding.Latin1.GetString(body.ToArray()));
            }

            context.Response.ContentType = "application/x-protobuf";
            context.Response.Close();
        }
    }
}
