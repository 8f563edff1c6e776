using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using RpcStore.Digests;

namespace RpcStore.EndToEnd.Rfs;

/// <summary>
/// The requests that the command of rfs makes, one after another, with its headers and its reading of the answers: what is not
/// exactly as it expects fails here. Safe to use from any thread.
/// </summary>
internal sealed class RfsClient : IDisposable
{
    public const int BlockBytes = 1 << 20;

    // What rfs does at once.
    private const int Parallel = 20;

    private readonly HttpClient http = new();
    private int uploads;

    /// <summary>Makes a client of a server.</summary>
    /// <param name="url">Such as <c>http://127.0.0.1:9750</c>.</param>
    public RfsClient(string url) => Url = url;

    public string Url { get; }

    /// <summary>What <c>rfs token</c> gave; empty for none.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Blocks that were posted.</summary>
    public int Uploads => Volatile.Read(ref uploads);

    public void Dispose() => http.Dispose();

    /// <summary>The id of a blob as rfs writes it.</summary>
    public static string HashOf(ReadOnlySpan<byte> block) => BlobId.Compute(DigestFunction.Blake2b, block).ToString()["blake2b-".Length..];

    /// <summary>What names a file that is uploaded in blocks.</summary>
    public static string FileHashOf(IEnumerable<string> blocks) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(blocks))));

    public async Task SigninAsync(string username, string password)
    {
        using var response = await http.PostAsJsonAsync($"{Url}/api/v1/signin", new Dictionary<string, string> { ["username"] = username, ["password"] = password });
        Assert.True(response.IsSuccessStatusCode, $"Failed to retrieve token: {response.StatusCode}");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Token = (string)(await ReadAsync(response))["access_token"]!;
    }

    public async Task<(HttpStatusCode Status, string Hash)> UploadBlockAsync(byte[] data, string fileHash, long index)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Url}/api/v1/block?file_hash={fileHash}&idx={index}")
        {
            Content = new ByteArrayContent(data) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } },
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Token}");
        using var response = await http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"Failed to upload block: {response.StatusCode} - {await response.Content.ReadAsStringAsync()}");
        Interlocked.Increment(ref uploads);
        var answer = await ReadAsync(response);
        Assert.Equal("Block processed successfully", (string?)answer["message"]);
        return (response.StatusCode, (string)answer["hash"]!);
    }

    /// <summary>Asks which blocks are missing, without a token as rfs does.</summary>
    public async Task<string[]> VerifyAsync(IEnumerable<(string Block, string File, long Index)> blocks)
    {
        var body = new JsonObject
        {
            ["blocks"] = new JsonArray([.. blocks.Select(block => (JsonNode)new JsonObject
            {
                ["block_hash"] = block.Block,
                ["file_hash"] = block.File,
                ["block_index"] = block.Index,
            })]),
        };
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await http.PostAsync($"{Url}/api/v1/block/verify", content);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return [.. (await ReadAsync(response))["missing"]!.AsArray().Select(hash => (string)hash!)];
    }

    /// <summary><c>rfs exists</c>: 200 and 404 are answers, everything else an error.</summary>
    public async Task<bool> CheckBlockAsync(string hash)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, $"{Url}/api/v1/block/{hash}");
        using var response = await http.SendAsync(request);
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, response.StatusCode.ToString());
        return response.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>A block; null when the server does not have it.</summary>
    public async Task<byte[]?> DownloadBlockAsync(string hash)
    {
        using var response = await http.GetAsync($"{Url}/api/v1/block/{hash}");
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, response.StatusCode.ToString());
        return response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadAsByteArrayAsync() : null;
    }

    /// <summary>A block as a store of the kind <c>http://</c> asks for it.</summary>
    public async Task<byte[]?> DownloadFromFolderAsync(string hash)
    {
        using var response = await http.GetAsync($"{Url}/{hash[..2]}/{hash}");
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            using var legacy = await http.GetAsync($"{Url}/{hash}");
            return legacy.StatusCode == HttpStatusCode.OK ? await legacy.Content.ReadAsByteArrayAsync() : null;
        }

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>The blocks of a file, or a block itself; null when there is neither.</summary>
    public async Task<(string Hash, long Index)[]?> GetBlocksByHashAsync(string hash)
    {
        using var response = await http.GetAsync($"{Url}/api/v1/blocks/{hash}");
        return response.IsSuccessStatusCode
            ? [.. (await ReadAsync(response))["blocks"]!.AsArray().Select(pair => ((string)pair![0]!, (long)pair[1]!))]
            : null;
    }

    public async Task<(string[] Blocks, long Total)> ListBlocksAsync(int pageSize, int page)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Url}/api/v1/blocks?page={page}&page_size={pageSize}");
        using var response = await http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        var answer = await ReadAsync(response);
        Assert.Equal((page, pageSize), ((int)answer["page"]!, (int)answer["per_page"]!));
        return ([.. answer["blocks"]!.AsArray().Select(hash => (string)hash!)], (long)answer["total"]!);
    }

    public async Task<((string Hash, long Bytes)[] Blocks, long Total, long All)> GetUserBlocksAsync(int page, int perPage)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Url}/api/v1/user/blocks?page={page}&per_page={perPage}");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Token}");
        using var response = await http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        var answer = await ReadAsync(response);
        return ([.. answer["blocks"]!.AsArray().Select(pair => ((string)pair![0]!, (long)pair[1]!))], (long)answer["total"]!, (long)answer["all_blocks"]!);
    }

    /// <summary>What <c>rfs track</c> adds up: every block of the signed-in user, page by page.</summary>
    public async Task<(string Hash, long Bytes)[]> TrackAsync()
    {
        var first = await GetUserBlocksAsync(1, 50);
        var pages = (int)Math.Ceiling(first.Total / 50.0);
        var all = await Task.WhenAll(Enumerable.Range(1, pages).Select(page => GetUserBlocksAsync(page, 50)));
        return [.. all.SelectMany(page => page.Blocks)];
    }

    public async Task<(long Downloads, long Bytes)> GetDownloadsAsync(string hash)
    {
        using var response = await http.GetAsync($"{Url}/api/v1/block/{hash}/downloads");
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        var answer = await ReadAsync(response);
        Assert.Equal(hash, (string?)answer["block_hash"]);
        return ((long)answer["downloads_count"]!, (long)answer["block_size"]!);
    }

    /// <summary><c>rfs upload</c>.</summary>
    /// <returns>The file's hash.</returns>
    public async Task<string> UploadAsync(byte[] file, int blockBytes = BlockBytes)
    {
        var blocks = file.Chunk(blockBytes).ToArray();
        var hashes = blocks.Select(block => HashOf(block)).ToArray();
        var fileHash = FileHashOf(hashes);
        var missing = await VerifyAsync(hashes.Select((hash, index) => (hash, fileHash, (long)index)));
        await Task.WhenAll(blocks.Zip(hashes).Select((block, index) => missing.Contains(block.Second)
            ? UploadBlockAsync(block.First, fileHash, index)
            : Task.CompletedTask));
        return fileHash;
    }

    /// <summary><c>rfs download</c>; null when the server does not know the hash.</summary>
    public async Task<byte[]?> DownloadAsync(string hash)
    {
        if (await GetBlocksByHashAsync(hash) is not { Length: > 0 } blocks)
        {
            return null;
        }

        var parts = await Task.WhenAll(blocks.Select(block => DownloadBlockAsync(block.Hash)));
        return [.. parts.SelectMany(part => part ?? throw new InvalidDataException("A block of the file could not be downloaded."))];
    }

    /// <summary><c>rfs sync --hash</c>.</summary>
    public async Task SyncAsync(string hash, RfsClient destination)
    {
        var blocks = await GetBlocksByHashAsync(hash) ?? throw new InvalidDataException("No blocks found.");
        var missing = await destination.VerifyAsync(blocks.Select(block => (block.Hash, hash, block.Index)));
        foreach (var (block, index) in blocks.Where(block => missing.Contains(block.Hash)))
        {
            await destination.UploadBlockAsync((await DownloadBlockAsync(block))!, hash, index);
        }
    }

    /// <summary><c>rfs sync</c> of everything.</summary>
    /// <returns>Blocks that were seen.</returns>
    public async Task<int> SyncAllAsync(RfsClient destination, int pageSize)
    {
        var seen = 0;
        for (var page = 1; ; page++)
        {
            var (blocks, _) = await ListBlocksAsync(pageSize, page);
            if (blocks.Length == 0)
            {
                return seen;
            }

            seen += blocks.Length;
            foreach (var part in blocks.Chunk(Parallel))
            {
                await Task.WhenAll(part.Select(async block =>
                {
                    if (!await destination.CheckBlockAsync(block))
                    {
                        await destination.UploadBlockAsync((await DownloadBlockAsync(block))!, "", 0);
                    }
                }));
            }
        }
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
