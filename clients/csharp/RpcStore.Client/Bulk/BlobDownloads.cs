using System.Formats.Tar;
using System.Net;
using System.Net.Http.Headers;
using RpcStore.Client.Files;
using RpcStore.Client.Http;
using RpcStore.Contract;
using RpcStore.Digests;
using RpcStore.JsonRpc;

namespace RpcStore.Client.Bulk;

/// <summary>Takes a blob that is being downloaded.</summary>
/// <param name="id">Its id.</param>
/// <param name="content">
/// Its bytes, of a known <see cref="Stream.Length"/>. The read that gives the last of them throws
/// <see cref="BlobCorruptException"/> when they are not those of the id. What is left unread is read and verified after.
/// </param>
/// <param name="cancellationToken">The token of the download.</param>
public delegate ValueTask BlobHandler(BlobId id, Stream content, CancellationToken cancellationToken);

/// <summary>
/// Fetches many bytes from a server: over HTTP on the endpoint of the client, every byte verified on this side too. Calls may
/// overlap, from any thread.
/// </summary>
public sealed class BlobDownloads
{
    private readonly RpcStoreClient client;
    private readonly ServerHttp http;
    private readonly RpcStoreClientOptions options;

    internal BlobDownloads(RpcStoreClient client, ServerHttp http, RpcStoreClientOptions options)
    {
        this.client = client;
        this.http = http;
        this.options = options;
    }

    /// <summary>Downloads blobs and gives each to a handler, in the order of the ids.</summary>
    /// <param name="ids">Read once, a chunk ahead.</param>
    /// <param name="handler">Takes the blobs, one at a time.</param>
    /// <param name="onMissing">Told of those that the server does not have; null lets them end the download.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RpcException"><c>notFound</c>: the server does not have a blob; or it refused for another reason.</exception>
    /// <exception cref="BlobCorruptException">The bytes of a blob were damaged.</exception>
    /// <exception cref="CannotConnectException">No server was reached.</exception>
    /// <exception cref="RpcConnectionLostException">The connection broke.</exception>
    /// <exception cref="InvalidDataException">The answer is no batch, or not of these blobs.</exception>
    public async Task ReadAsync(
        IAsyncEnumerable<BlobId> ids,
        BlobHandler handler,
        Action<BlobId>? onMissing = null,
        IProgress<TransferProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var counter = new ProgressCounter(progress);
        var limits = await client.GetLimitsAsync(cancellationToken).ConfigureAwait(false);
        var items = (int)Math.Clamp(Math.Min(options.ChunkItems, limits.MaxBatchEntries), 1, RpcStoreClientOptions.MaxIdsInACall);
        await foreach (var chunk in ids.Chunk(items).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await ReadChunkAsync(chunk, handler, onMissing, counter, cancellationToken).ConfigureAwait(false);
        }

        counter.ExpectNoMore();
    }

    /// <summary>Downloads blobs as one tar batch, as the server itself would write it.</summary>
    /// <param name="ids">Read once, a chunk ahead.</param>
    /// <param name="destination">Takes the batch; when this throws, what it got is no whole batch. Not disposed.</param>
    /// <param name="onMissing">Told of those that the server does not have; null lets them end the download.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <inheritdoc cref="ReadAsync"/>
    public async Task WriteTarAsync(
        IAsyncEnumerable<BlobId> ids,
        Stream destination,
        Action<BlobId>? onMissing = null,
        IProgress<TransferProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var buffered = new BufferedStream(destination, TarEntries.BufferSize);
        var tar = new TarWriter(buffered, TarEntryFormat.Ustar, leaveOpen: true);
        await ReadAsync(ids, WriteEntryAsync, onMissing, progress, cancellationToken).ConfigureAwait(false);

        // Only now: a batch that was broken off must not get the blocks that say it is whole.
        await tar.DisposeAsync().ConfigureAwait(false);
        await buffered.FlushAsync(cancellationToken).ConfigureAwait(false);

        async ValueTask WriteEntryAsync(BlobId id, Stream content, CancellationToken token) =>
            await tar.WriteEntryAsync(TarEntries.ForBlob(id, content), token).ConfigureAwait(false);
    }

    /// <summary>Downloads blobs as files, each named by its id. A file appears when it is whole and verified.</summary>
    /// <param name="ids">Read once, a chunk ahead.</param>
    /// <param name="folder">Takes the files; made when it is missing. Files of the same name are replaced.</param>
    /// <param name="onMissing">Told of those that the server does not have; null lets them end the download.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Ends it; files that are whole stay.</param>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    /// <inheritdoc cref="ReadAsync"/>
    public async Task WriteFilesAsync(
        IAsyncEnumerable<BlobId> ids,
        string folder,
        Action<BlobId>? onMissing = null,
        IProgress<TransferProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(folder);
        await ReadAsync(ids, WriteFileAsync, onMissing, progress, cancellationToken).ConfigureAwait(false);

        async ValueTask WriteFileAsync(BlobId id, Stream content, CancellationToken token)
        {
            await using var file = PartialFile.Create(Path.Join(folder, id.ToString()));
            await content.CopyToAsync(file.Stream, TarEntries.BufferSize, token).ConfigureAwait(false);
            await file.CommitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Downloads one blob, or a range of it. A whole one is verified; of a range the server has verified the blob.</summary>
    /// <param name="id">The blob.</param>
    /// <param name="destination">Takes the bytes; not disposed.</param>
    /// <param name="offset">The first byte wanted; at or past the end there are none.</param>
    /// <param name="length">Bytes wanted at the most; null for the rest.</param>
    /// <param name="progress">Told of the bytes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="RpcException"><c>notFound</c>: the server does not have the blob; or it refused for another reason.</exception>
    /// <exception cref="BlobCorruptException">The bytes were damaged; the destination has got some of them.</exception>
    /// <exception cref="CannotConnectException">No server was reached.</exception>
    /// <exception cref="RpcConnectionLostException">The connection broke; the destination has got some of the bytes.</exception>
    public async Task<long> GetAsync(
        BlobId id,
        Stream destination,
        long offset = 0,
        long? length = null,
        IProgress<TransferProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length.GetValueOrDefault(), nameof(length));
        var isWhole = offset == 0 && length is null;

        // No range says "nothing", but whether the blob is there is still worth an answer.
        using var request = new HttpRequestMessage(length == 0 ? HttpMethod.Head : HttpMethod.Get, $"/blobs/{id}");
        if (!isWhole && length != 0)
        {
            request.Headers.Range = new RangeHeaderValue(offset, length is { } count ? LastByte(offset, count) : null);
        }

        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return 0;
        }

        await http.ThrowUnlessSuccessAsync(response, cancellationToken).ConfigureAwait(false);
        if (length == 0)
        {
            return 0;
        }

        if (!isWhole && response.StatusCode != HttpStatusCode.PartialContent)
        {
            throw new InvalidDataException("The server sent the whole blob where a part of it was asked for.");
        }

        var size = response.Content.Headers.ContentLength ?? throw new InvalidDataException("The server did not say how long the blob is.");
        var counter = new ProgressCounter(progress);
        counter.Expect(1, size);
        counter.ExpectNoMore();
        var answer = await http.OpenBodyAsync(response, cancellationToken).ConfigureAwait(false);
        await using Stream content = isWhole ? new VerifiedStream(answer, id, size, counter) : new CountedStream(answer, size, counter);
        await content.CopyToAsync(destination, TarEntries.BufferSize, cancellationToken).ConfigureAwait(false);
        counter.Complete(1);
        return size;
    }

    private static long LastByte(long offset, long length) => offset > long.MaxValue - length ? long.MaxValue : offset + length - 1;

    private async Task ReadChunkAsync(
        BlobId[] ids, BlobHandler handler, Action<BlobId>? onMissing, ProgressCounter counter, CancellationToken cancellationToken)
    {
        var transfer = await client.Blobs
            .DownloadAsync(ids, onMissing is null ? OnMissing.Error : OnMissing.Skip, cancellationToken)
            .ConfigureAwait(false);
        counter.Expect(transfer.TotalItems ?? ids.Length, transfer.TotalBytes ?? 0);
        using var request = new HttpRequestMessage(HttpMethod.Get, transfer.Url);
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await http.ThrowUnlessSuccessAsync(response, cancellationToken).ConfigureAwait(false);
        await using var answer = await http.OpenBodyAsync(response, cancellationToken).ConfigureAwait(false);
        await BatchDownload.ReadAsync(answer, ids, handler, onMissing, counter, cancellationToken).ConfigureAwait(false);
    }
}
