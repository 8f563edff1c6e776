using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using RpcStore.Client.Files;
using RpcStore.Client.Http;
using RpcStore.Contract;
using RpcStore.JsonRpc;
using DigestFunction = RpcStore.Digests.DigestFunction;

namespace RpcStore.Client.Bulk;

/// <summary>
/// Brings many bytes to a server: over HTTP on the endpoint of the client, verified and durable when a result says so. Calls
/// may overlap, from any thread.
/// </summary>
public sealed class BlobUploads
{
    private readonly RpcStoreClient client;
    private readonly ServerHttp http;
    private readonly RpcStoreClientOptions options;

    internal BlobUploads(RpcStoreClient client, ServerHttp http, RpcStoreClientOptions options)
    {
        this.client = client;
        this.http = http;
        this.options = options;
    }

    /// <summary>
    /// Uploads sources: hashes them, asks which are missing, and sends only those, in batches. While one batch is sent the
    /// next is hashed. A source that cannot be read or is refused is a result and keeps no other from being sent.
    /// </summary>
    /// <param name="sources">Read once, as far ahead as one batch.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="function">The digest of the ids.</param>
    /// <param name="cancellationToken">Ends it; what was stored stays stored.</param>
    /// <returns>A result for every source, in their order, each time a batch is durable.</returns>
    /// <exception cref="RpcException">The server refused, or an error such as a full disk ended a batch.</exception>
    /// <exception cref="CannotConnectException">No server was reached.</exception>
    /// <exception cref="RpcConnectionLostException">The connection broke, and the batch could not be sent over another one.</exception>
    public async IAsyncEnumerable<UploadedBlob> SendAsync(
        IAsyncEnumerable<BlobSource> sources,
        IProgress<TransferProgress>? progress = null,
        DigestFunction function = DigestFunction.Sha256,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var counter = new ProgressCounter(progress);
        var limits = await GetLimitsAsync(cancellationToken).ConfigureAwait(false);
        var planner = new UploadPlanner(limits, function, options.HashingTasks, counter);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var chunks = Channel.CreateBounded<List<HashedSource>>(1);
        var planning = PlanAsync(planner, sources, chunks.Writer, stop.Token);
        try
        {
            await foreach (var chunk in chunks.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                var upload = new ChunkUpload(client.Blobs, http, counter, chunk);
                await RunPersistentlyAsync(upload, cancellationToken).ConfigureAwait(false);
                foreach (var result in upload.Results())
                {
                    counter.Complete(1);
                    yield return result;
                }

                upload.Failure?.Throw();
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await planning.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Uploads a tar batch that is ready (spec/tar-batch.md), or gzip of one, as it is.</summary>
    /// <param name="batch">
    /// Read from where it is to its end; not disposed. While it is silent a connection that breaks is not noticed: the next bytes
    /// that it gives are.
    /// </param>
    /// <param name="progress">Told of the bytes.</param>
    /// <param name="cancellationToken">Ends it; what was stored stays stored.</param>
    /// <returns>A result for every entry, in their order, once the server has read the whole batch.</returns>
    /// <exception cref="RpcException">The server refused the batch; or, after the results, an error ended it.</exception>
    /// <exception cref="CannotConnectException">No server was reached.</exception>
    /// <exception cref="RpcConnectionLostException">The connection broke.</exception>
    public async IAsyncEnumerable<BatchEntryResult> SendBatchAsync(
        Stream batch,
        IProgress<TransferProgress>? progress = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var counter = new ProgressCounter(progress);
        if (batch.CanSeek)
        {
            counter.Expect(0, batch.Length - batch.Position);
            counter.ExpectNoMore();
        }

        var transfer = await client.Blobs.UploadAsync(cancellationToken).ConfigureAwait(false);
        using var content = new FileContent(batch, "application/x-tar", counter);
        await foreach (var entry in BatchUpload.SendAsync(http, transfer, content, cancellationToken).ConfigureAwait(false))
        {
            counter.Complete(1);
            yield return entry;
        }
    }

    /// <summary>
    /// Uploads all that a stream has as one blob. It is kept aside until its id is known, in memory or in a temporary file.
    /// </summary>
    /// <param name="content">Read from where it is to its end; not disposed.</param>
    /// <param name="progress">Told of the bytes.</param>
    /// <param name="function">The digest of the id.</param>
    /// <param name="cancellationToken">Ends it; nothing is stored then.</param>
    /// <exception cref="RpcException">The server refused.</exception>
    /// <exception cref="CannotConnectException">No server was reached.</exception>
    /// <exception cref="RpcConnectionLostException">The connection broke; the blob may or may not be stored.</exception>
    public async Task<BlobStored> PutAsync(
        Stream content,
        IProgress<TransferProgress>? progress = null,
        DigestFunction function = DigestFunction.Sha256,
        CancellationToken cancellationToken = default)
    {
        using var spooled = await SpooledContent.ReadAsync(content, function, options, cancellationToken).ConfigureAwait(false);
        return await PutAsync(spooled, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Uploads one blob whose id is known; it is not sent when the server has it.</summary>
    /// <inheritdoc cref="PutAsync(Stream, IProgress{TransferProgress}?, DigestFunction, CancellationToken)"/>
    public async Task<BlobStored> PutAsync(
        SpooledContent content, IProgress<TransferProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var presence = await client.Blobs.HasAsync(new[] { content.Id }, cancellationToken).ConfigureAwait(false);
        if (presence.Missing.IsEmpty)
        {
            return new BlobStored { Id = content.Id, Size = content.Size, Stored = false };
        }

        var counter = new ProgressCounter(progress);
        counter.Expect(1, content.Size);
        counter.ExpectNoMore();
        await using var stream = content.Open();
        using var body = new FileContent(stream, "application/octet-stream", counter);
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/blobs/{content.Id}") { Content = body };
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await http.ThrowUnlessSuccessAsync(response, cancellationToken).ConfigureAwait(false);
        var answer = await http.ReadAllAsync(response, options.MaxMessageBytes, cancellationToken).ConfigureAwait(false);
        counter.Complete(1);
        return JsonSerializer.Deserialize(answer.Span, ContractJson.Default.BlobStored)
            ?? throw new InvalidDataException("The server did not say what it stored.");
    }

    private async ValueTask<UploadLimits> GetLimitsAsync(CancellationToken cancellationToken)
    {
        var limits = await client.GetLimitsAsync(cancellationToken).ConfigureAwait(false);
        return new UploadLimits(
            (int)Math.Clamp(Math.Min(options.ChunkItems, limits.MaxBatchEntries), 1, RpcStoreClientOptions.MaxIdsInACall),
            Math.Min(options.ChunkBytes, limits.MaxBatchBytes));
    }

    /// <summary>
    /// Storing a blob twice is storing it once, so a chunk whose connection broke is simply sent again, over a connection
    /// that is opened as the options say.
    /// </summary>
    private static async Task RunPersistentlyAsync(ChunkUpload upload, CancellationToken cancellationToken)
    {
        const int MostAttempts = 3;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await upload.RunAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (RpcConnectionLostException) when (attempt < MostAttempts)
            {
                // Nothing to wait for: the next attempt begins with a call, and that waits for the server to be back.
            }
        }
    }

    private static async Task PlanAsync(
        UploadPlanner planner,
        IAsyncEnumerable<BlobSource> sources,
        ChannelWriter<List<HashedSource>> chunks,
        CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var chunk in planner.PlanAsync(sources, cancellationToken).ConfigureAwait(false))
            {
                await chunks.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
            }

            chunks.Complete();
        }
        catch (Exception e)
        {
            // Thrown to whoever reads the chunks.
            chunks.Complete(e);
        }
    }
}
