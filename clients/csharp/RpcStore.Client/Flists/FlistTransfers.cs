using System.Net.Http.Headers;
using System.Text.Json;
using RpcStore.Client.Bulk;
using RpcStore.Client.Http;
using RpcStore.Contract;
using RpcStore.JsonRpc;

namespace RpcStore.Client.Flists;

/// <summary>
/// Brings flists to a server and fetches them: over HTTP on the endpoint of the client. Calls may overlap, from any thread.
/// </summary>
public sealed class FlistTransfers
{
    // A flist in JSON has some hundred bytes.
    private const int MaxAnswerBytes = 64 << 10;

    private readonly RpcStoreClient client;
    private readonly ServerHttp http;

    internal FlistTransfers(RpcStoreClient client, ServerHttp http) => (this.client, this.http) = (client, http);

    /// <summary>Uploads an archive or a <c>.fl</c> file; the server tells which it is by its first bytes.</summary>
    /// <param name="name">The flist to make, or to give a new content.</param>
    /// <param name="source">The bytes, read once to their end.</param>
    /// <param name="options">What else is asked for; null for nothing.</param>
    /// <param name="progress">Told of the bytes that were sent.</param>
    /// <param name="cancellationToken">Ends it; then nothing is left on the server.</param>
    /// <exception cref="RpcException">
    /// <c>notFound</c>: blobs of the <c>.fl</c> are missing, or there is no such account; <c>preconditionFailed</c>: the flist is not as
    /// <see cref="FlistUpload.IfMatch"/> expects; <c>invalidParams</c>: the archive or file is refused, and why.
    /// </exception>
    /// <exception cref="CannotConnectException">No server was reached.</exception>
    /// <exception cref="RpcConnectionLostException">The connection broke.</exception>
    public Task<FlistUploaded> UploadAsync(
        string name,
        Stream source,
        FlistUpload? options = null,
        IProgress<TransferProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var counter = new ProgressCounter(progress);
        if (source.CanSeek)
        {
            counter.Expect(1, source.Length - source.Position);
            counter.ExpectNoMore();
        }

        return SendAsync(name, new FileContent(source, "application/octet-stream", counter), options, counter, cancellationToken);
    }

    /// <summary>Uploads what is in a folder.</summary>
    /// <param name="name">The flist to make, or to give a new content.</param>
    /// <param name="folder">The folder, which becomes the root. Links are not followed.</param>
    /// <param name="options">What else is asked for; null for nothing.</param>
    /// <param name="progress">Told of the files that were sent.</param>
    /// <param name="cancellationToken">Ends it; then nothing is left on the server.</param>
    /// <inheritdoc cref="UploadAsync" path="/exception"/>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public Task<FlistUploaded> UploadFolderAsync(
        string name,
        string folder,
        FlistUpload? options = null,
        IProgress<TransferProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var counter = new ProgressCounter(progress);
        return SendAsync(name, new FolderArchive(folder, counter), options, counter, cancellationToken);
    }

    /// <summary>Downloads a flist.</summary>
    /// <param name="name">The flist.</param>
    /// <param name="destination">Takes the bytes; when this throws, what it got is not whole. Not disposed.</param>
    /// <param name="account">Whose it is; null: the caller's own.</param>
    /// <param name="format">What to give.</param>
    /// <param name="progress">Told of the bytes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="RpcException"><c>notFound</c>: there is no such flist; <c>conflict</c>: it is incomplete.</exception>
    /// <exception cref="CannotConnectException">No server was reached.</exception>
    /// <exception cref="RpcConnectionLostException">The connection broke.</exception>
    public async Task<long> DownloadAsync(
        string name,
        Stream destination,
        string? account = null,
        FlistFormat format = FlistFormat.Fl,
        IProgress<TransferProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var path = $"{await PathAsync(name, account, cancellationToken).ConfigureAwait(false)}?format={JsonNamingPolicy.CamelCase.ConvertName(format.ToString())}";
        return await FetchAsync(path, destination, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a file in a flist.</summary>
    /// <param name="name">The flist.</param>
    /// <param name="path">The file in it.</param>
    /// <param name="destination">Takes the bytes; when this throws, what it got is not whole. Not disposed.</param>
    /// <param name="account">Whose the flist is; null: the caller's own.</param>
    /// <param name="progress">Told of the bytes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="RpcException"><c>notFound</c>: there is no such flist or file; <c>conflict</c>: it is no file.</exception>
    /// <exception cref="ArgumentException">The path has a <c>..</c>, which leads nowhere in a flist.</exception>
    /// <exception cref="CannotConnectException">No server was reached.</exception>
    /// <exception cref="RpcConnectionLostException">The connection broke.</exception>
    public async Task<long> ReadFileAsync(
        string name,
        string path,
        Stream destination,
        string? account = null,
        IProgress<TransferProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").Select(Segment).ToArray();
        var flist = await PathAsync(name, account, cancellationToken).ConfigureAwait(false);
        return await FetchAsync($"{flist}/files/{string.Join('/', parts)}", destination, progress, cancellationToken).ConfigureAwait(false);
    }

    private async Task<long> FetchAsync(
        string path, Stream destination, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        var counter = new ProgressCounter(progress);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await http.ThrowUnlessSuccessAsync(response, cancellationToken).ConfigureAwait(false);
        if (response.Content.Headers.ContentLength is { } length)
        {
            counter.Expect(1, length);
            counter.ExpectNoMore();
        }

        await using var answer = await http.OpenBodyAsync(response, cancellationToken).ConfigureAwait(false);
        var buffer = new byte[TarEntries.BufferSize];
        for (int read; (read = await answer.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            counter.Move(read);
        }

        counter.Complete(1);
        return counter.Bytes;
    }

    private async Task<FlistUploaded> SendAsync(
        string name, HttpContent content, FlistUpload? options, ProgressCounter counter, CancellationToken cancellationToken)
    {
        options ??= new FlistUpload();
        var path = await PathAsync(name, options.Account, cancellationToken).ConfigureAwait(false);
        using var request = new HttpRequestMessage(HttpMethod.Put, path + Query(options)) { Content = content };
        if (options.IfMatch == "none")
        {
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        }
        else if (options.IfMatch is { } digest)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{digest}\"");
        }

        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await http.ThrowUnlessSuccessAsync(response, cancellationToken).ConfigureAwait(false);
        var body = await http.ReadAllAsync(response, MaxAnswerBytes, cancellationToken).ConfigureAwait(false);
        counter.ExpectNoMore();
        try
        {
            return JsonSerializer.Deserialize(body.Span, ContractJson.Default.FlistUploaded)!;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The server's answer is no flist: {e.Message}", e);
        }
    }

    private async ValueTask<string> PathAsync(string name, string? account, CancellationToken cancellationToken)
    {
        account ??= (await client.Auth.WhoamiAsync(cancellationToken).ConfigureAwait(false)).Account
            ?? throw new ArgumentException("A guest has no flists of their own: say whose it is.", nameof(account));
        return $"/flists/{Segment(account)}/{Segment(name)}";
    }

    /// <summary>A name in a path. What a URL takes for a way to somewhere else is refused: it would name another route.</summary>
    private static string Segment(string name) => name is not ("" or "." or "..")
        ? Uri.EscapeDataString(name)
        : throw new ArgumentException($"'{name}' is no name of a flist or of anything in one.");

    private static string Query(FlistUpload options)
    {
        var parts = new List<string>();
        if (options.IsPublic is { } isPublic)
        {
            parts.Add(isPublic ? "public=true" : "public=false");
        }

        if (options.AllowsIncomplete)
        {
            parts.Add("allowIncomplete=true");
        }

        if (options.StoreUrl is { } url)
        {
            parts.Add("storeUrl=" + Uri.EscapeDataString(url));
        }

        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }
}
