using System.Text;
using RpcStore.Client;
using RpcStore.Client.Bulk;
using RpcStore.Digests;
using RpcStore.JsonRpc;
using Xunit;

namespace RpcStore.Tests.Client;

/// <summary>What an upload sends, and what it says of each source.</summary>
public sealed class BlobUploadsTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private FakeServer server = null!;

    public async ValueTask InitializeAsync() => server = await FakeServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Only_what_is_missing_is_sent_and_each_blob_once()
    {
        server.Add("here before"u8.ToArray());
        var results = await SendAsync("a", "here before", "b", "a", "c");
        Assert.Equal(
            [UploadStatus.Stored, UploadStatus.Existing, UploadStatus.Stored, UploadStatus.Duplicate, UploadStatus.Stored],
            results.Select(result => result.Status));
        Assert.Equal([Id("a"), Id("b"), Id("c")], Assert.Single(server.Batches));
        Assert.Equal(Encoding.UTF8.GetBytes("b"), server.Blobs[Id("b")]);
    }

    [Fact]
    public async Task When_all_is_there_nothing_is_sent()
    {
        server.Add("x"u8.ToArray());
        var results = await SendAsync("x", "x");
        Assert.Equal([UploadStatus.Existing, UploadStatus.Duplicate], results.Select(result => result.Status));
        Assert.Empty(server.Batches);
        Assert.DoesNotContain("blobs.upload", server.Calls);
    }

    [Fact]
    public async Task Nothing_to_send_is_no_error() => Assert.Empty(await SendAsync());

    [Fact]
    public async Task A_long_series_goes_in_chunks_that_keep_the_server_s_limit_and_the_order()
    {
        server.MaxBatchEntries = 7;
        var texts = Enumerable.Range(0, 100).Select(n => $"blob {n}").ToArray();
        var results = await SendAsync(texts);
        Assert.Equal(texts, results.Select(result => result.Name));
        Assert.All(results, result => Assert.Equal(UploadStatus.Stored, result.Status));
        Assert.All(server.Batches, batch => Assert.InRange(batch.Length, 1, 7));
        Assert.Equal(texts.Select(Id), server.Batches.SelectMany(batch => batch));
    }

    [Fact]
    public async Task Bytes_end_a_chunk_too_and_a_larger_blob_has_one_of_its_own()
    {
        var options = RpcStoreClientOptions.Default with { ChunkBytes = 10 };
        await SendAsync(options, null, Sources("12345", "67890", "x", "this is longer than ten", "y"));
        Assert.Equal([2, 1, 1, 1], server.Batches.Select(batch => batch.Length));
    }

    [Fact]
    public async Task A_source_that_cannot_be_read_is_a_result_and_stops_no_other()
    {
        var sources = Sources("before").Append(BlobSource.FromFile(folder.File("nowhere"))).Concat(Sources("after"));
        var results = await SendAsync(RpcStoreClientOptions.Default, null, sources);
        Assert.Equal([UploadStatus.Stored, UploadStatus.Unreadable, UploadStatus.Stored], results.Select(result => result.Status));
        Assert.Contains("nowhere", results[1].Reason);
    }

    [Fact]
    public async Task A_source_that_is_gone_when_it_is_to_be_sent_is_a_result_and_stops_no_other()
    {
        var path = folder.Write("short-lived", "bytes"u8.ToArray());
        var opened = 0;
        var vanishing = BlobSource.FromStream("vanishing", () => opened++ == 0 ? File.OpenRead(path) : throw new FileNotFoundException("gone"));
        var results = await SendAsync(RpcStoreClientOptions.Default, null, [vanishing, .. Sources("stays")]);
        Assert.Equal([UploadStatus.Unreadable, UploadStatus.Stored], results.Select(result => result.Status));
    }

    [Theory]
    [InlineData("longer than before", UploadStatus.Mismatch)]
    [InlineData("tiny", UploadStatus.Unreadable)]
    [InlineData("", UploadStatus.Unreadable)]
    public async Task A_source_that_changes_is_refused_alone(string changed, UploadStatus expected)
    {
        var opened = 0;
        var changing = BlobSource.FromStream("changing", () => new MemoryStream(Encoding.UTF8.GetBytes(opened++ == 0 ? "as it was" : changed)));
        var results = await SendAsync(RpcStoreClientOptions.Default, null, [.. Sources("a"), changing, .. Sources("b")]);
        Assert.Equal([UploadStatus.Stored, expected, UploadStatus.Stored], results.Select(result => result.Status));
        Assert.DoesNotContain(Id("as it was"), server.Blobs.Keys);
    }

    [Fact]
    public async Task A_broken_connection_is_replaced_and_what_is_missing_then_is_sent_again()
    {
        var attempts = 0;
        server.OnUpload = context =>
        {
            if (attempts++ == 0)
            {
                context.Abort();
                return Task.FromResult(true);
            }

            return Task.FromResult(false);
        };
        var results = await SendAsync("a", "b");
        Assert.All(results, result => Assert.Equal(UploadStatus.Stored, result.Status));
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task A_connection_that_always_breaks_is_an_error()
    {
        server.OnUpload = context =>
        {
            context.Abort();
            return Task.FromResult(true);
        };
        await Assert.ThrowsAsync<RpcConnectionLostException>(() => SendAsync("a"));
    }

    [Fact]
    public async Task An_error_that_ended_the_batch_is_thrown_after_what_is_durable()
    {
        server.OnUpload = async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.StatusCode = 507;
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(
                $$$"""{"results":[{"id":"{{{Id("a")}}}","size":1,"status":"stored"}],"error":{"code":507,"message":"full"}}"""));
            return true;
        };
        await using var client = server.Connect();
        var results = new List<UploadedBlob>();
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (var result in client.Uploads.SendAsync(Sources("a", "b").ToAsyncEnumerable()))
            {
                results.Add(result);
            }
        });
        Assert.Equal(507, error.Error.Code);
        Assert.Equal(UploadStatus.Stored, Assert.Single(results).Status);
    }

    [Fact]
    public async Task An_answer_about_something_else_is_refused()
    {
        server.OnUpload = async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($$"""{"results":[{"id":"{{Id("other")}}","size":1,"status":"stored"}]}"""));
            return true;
        };
        await Assert.ThrowsAsync<InvalidDataException>(() => SendAsync("a"));
    }

    [Fact]
    public async Task Progress_ends_at_the_totals()
    {
        var last = default(TransferProgress);
        var gate = new Lock();
        var progress = new Recorder(value =>
        {
            lock (gate)
            {
                last = value.Bytes >= last.Bytes ? value : last;
            }
        });
        server.Add("here"u8.ToArray());
        await SendAsync(RpcStoreClientOptions.Default, progress, Sources("here", "abc", "de"));
        Assert.Equal(new TransferProgress(3, 3, 9, 9, TotalsAreFinal: true), last);
    }

    [Fact]
    public async Task Sources_are_not_read_far_ahead_of_what_is_sent()
    {
        var taken = 0;
        var options = RpcStoreClientOptions.Default with { ChunkItems = 5, HashingTasks = 2 };
        await using var client = server.Connect(options);
        await using var results = client.Uploads.SendAsync(Endless()).GetAsyncEnumerator();
        for (var n = 0; n < 50; n++)
        {
            Assert.True(await results.MoveNextAsync());

            // One chunk that is told, one that waits, one that is made, and what is hashed at once.
            Assert.InRange(Volatile.Read(ref taken), n, n + (4 * 5) + 2);
        }

        async IAsyncEnumerable<BlobSource> Endless()
        {
            await Task.Yield();
            while (true)
            {
                yield return BlobSource.FromBytes("n", BitConverter.GetBytes(Interlocked.Increment(ref taken)));
            }
        }
    }

    [Fact]
    public async Task Cancelling_ends_it()
    {
        using var stop = new CancellationTokenSource();
        server.OnUpload = async context =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return true;
        };
        await using var client = server.Connect();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await client.Uploads.SendAsync(Sources("a").ToAsyncEnumerable(), cancellationToken: stop.Token).ToListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_batch_that_is_ready_is_sent_as_it_is()
    {
        byte[]? received = null;
        server.OnUpload = async context =>
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received = body.ToArray();
            await context.Response.Body.WriteAsync("""{"results":[{"id":"n","size":1,"status":"invalid","reason":"no"}]}"""u8.ToArray());
            return true;
        };
        var batch = "whatever it is"u8.ToArray();
        await using var client = server.Connect();
        var entries = await client.Uploads.SendBatchAsync(new MemoryStream(batch)).ToListAsync();
        Assert.Equal(batch, received);
        Assert.Equal("no", Assert.Single(entries).Reason);
    }

    [Fact]
    public async Task A_stream_is_put_once()
    {
        await using var client = server.Connect();
        var first = await client.Uploads.PutAsync(new MemoryStream("one"u8.ToArray()));
        var second = await client.Uploads.PutAsync(new MemoryStream("one"u8.ToArray()));
        Assert.Equal((Id("one"), true), (first.Id.ToString(), first.Stored));
        Assert.Equal((Id("one"), false), (second.Id.ToString(), second.Stored));
        Assert.Equal("one"u8.ToArray(), server.Blobs[Id("one")]);
    }

    private static string Id(string text) => BlobId.Compute(DigestFunction.Sha256, Encoding.UTF8.GetBytes(text)).ToString();

    private static IEnumerable<BlobSource> Sources(params string[] texts) =>
        texts.Select(text => BlobSource.FromBytes(text, Encoding.UTF8.GetBytes(text)));

    private Task<List<UploadedBlob>> SendAsync(params string[] texts) => SendAsync(RpcStoreClientOptions.Default, null, Sources(texts));

    private async Task<List<UploadedBlob>> SendAsync(
        RpcStoreClientOptions options, IProgress<TransferProgress>? progress, IEnumerable<BlobSource> sources)
    {
        await using var client = server.Connect(options);
        return await client.Uploads.SendAsync(sources.ToAsyncEnumerable(), progress).ToListAsync();
    }

    private sealed class Recorder(Action<TransferProgress> record) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) => record(value);
    }
}
