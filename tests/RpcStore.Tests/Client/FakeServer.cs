using System.Collections.Concurrent;
using System.Formats.Tar;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using RpcStore.Client;
using RpcStore.Digests;

namespace RpcStore.Tests.Client;

/// <summary>
/// The few methods and routes that bulk operations use, over blobs in a dictionary, and with the faults that a real server
/// should not have.
/// </summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ConcurrentQueue<string[]> downloads = new();

    private FakeServer(WebApplication application) => this.application = application;

    public ConcurrentDictionary<string, byte[]> Blobs { get; } = new();

    /// <summary>The methods that were called, in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>The ids of the entries of each batch that came.</summary>
    public ConcurrentQueue<string[]> Batches { get; } = new();

    /// <summary>Takes the place of reading a batch; returns false to go on as usual.</summary>
    public Func<HttpContext, Task<bool>>? OnUpload { get; set; }

    /// <summary>Takes the place of giving a batch; returns false to go on as usual.</summary>
    public Func<HttpContext, Task<bool>>? OnDownload { get; set; }

    public int MaxBatchEntries { get; set; } = 1_000_000;

    public string Url => application.Urls.First();

    public static async Task<FakeServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var application = builder.Build();
        var server = new FakeServer(application);
        application.MapPost("/rpc", server.CallAsync);
        application.MapPut("/transfers/up", server.UploadAsync);
        application.MapGet("/transfers/down", server.DownloadAsync);
        application.MapGet("/blobs/{id}", server.GetAsync);
        application.MapPut("/blobs/{id}", server.PutAsync);
        await application.StartAsync();
        return server;
    }

    public RpcStoreClient Connect(RpcStoreClientOptions? options = null) => RpcStoreClient.Connect(Url, options);

    public string Add(byte[] content)
    {
        var id = BlobId.Compute(DigestFunction.Sha256, content).ToString();
        Blobs[id] = content;
        return id;
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private async Task CallAsync(HttpContext context)
    {
        var request = (await JsonNode.ParseAsync(context.Request.Body))!;
        var method = (string)request["method"]!;
        Calls.Enqueue(method);
        var ids = request["params"]?["ids"]?.AsArray().Select(id => (string)id!).ToArray() ?? [];
        JsonNode result = method switch
        {
            "server.info" => Info(),
            "blobs.has" => new JsonObject { ["present"] = List(ids.Where(Blobs.ContainsKey)), ["missing"] = List(ids.Where(id => !Blobs.ContainsKey(id))) },
            "blobs.upload" => Transfer("upload", "PUT", "/transfers/up"),
            "blobs.download" => Download(ids),
            _ => throw new InvalidOperationException(method),
        };
        await context.Response.WriteAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = request["id"]!.DeepClone(), ["result"] = result }.ToJsonString());
    }

    private JsonObject Download(string[] ids)
    {
        downloads.Enqueue(ids);
        return Transfer("download", "GET", "/transfers/down");
    }

    private async Task UploadAsync(HttpContext context)
    {
        if (OnUpload is not null && await OnUpload(context))
        {
            return;
        }

        var results = new JsonArray();
        await using var tar = new TarReader(context.Request.Body);
        while (await tar.GetNextEntryAsync(copyData: true) is { } entry)
        {
            var content = new MemoryStream();
            await (entry.DataStream ?? Stream.Null).CopyToAsync(content);
            BlobId.TryParse(entry.Name, out BlobId id);
            var isRight = BlobId.Compute(id.Function, content.ToArray()) == id;
            if (isRight)
            {
                Blobs[entry.Name] = content.ToArray();
            }

            results.Add(new JsonObject { ["id"] = entry.Name, ["size"] = entry.Length, ["status"] = isRight ? "stored" : "mismatch" });
        }

        Batches.Enqueue([.. results.Select(result => (string)result!["id"]!)]);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(new JsonObject { ["stored"] = results.Count, ["results"] = results }.ToJsonString());
    }

    private async Task DownloadAsync(HttpContext context)
    {
        if (OnDownload is not null && await OnDownload(context))
        {
            return;
        }

        downloads.TryDequeue(out var ids);
        await using var tar = new TarWriter(context.Response.Body, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (var id in ids!.Where(Blobs.ContainsKey))
        {
            await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, id) { DataStream = new MemoryStream(Blobs[id]) });
        }
    }

    private async Task GetAsync(HttpContext context, string id)
    {
        if (!Blobs.TryGetValue(id, out var content))
        {
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync("""{"error":{"code":404,"message":"not here"}}""");
            return;
        }

        await Results.Bytes(content, enableRangeProcessing: true).ExecuteAsync(context);
    }

    private async Task PutAsync(HttpContext context, string id)
    {
        var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content);
        Blobs[id] = content.ToArray();
        context.Response.StatusCode = 201;
        await context.Response.WriteAsync(new JsonObject { ["id"] = id, ["size"] = content.Length, ["stored"] = true }.ToJsonString());
    }

    private static JsonArray List(IEnumerable<string> ids) => [.. ids.Select(id => (JsonNode)id)];

    private static JsonObject Transfer(string kind, string method, string url) => new()
    {
        ["id"] = new string('0', 32),
        ["kind"] = kind,
        ["state"] = "pending",
        ["method"] = method,
        ["url"] = url,
        ["createdAt"] = "2026-11-21T09:00:00Z",
        ["expiresAt"] = "2026-11-21T09:15:00Z",
        ["bytes"] = 0,
        ["items"] = 0,
    };

    private JsonObject Info()
    {
        var limits = new JsonObject();
        foreach (var name in (string[])["maxMessageBytes", "maxMessageDepth", "maxBatchCalls", "maxConcurrentCalls", "maxConnections", "connectionIdleSeconds", "messageSeconds", "maxInlineBlobBytes", "maxBlobBytes", "maxBatchBytes", "maxBlockBytes", "maxTransfers", "transferSeconds", "maxFlistBytes", "maxFlistInodes", "maxFlistFileBytes", "maxArchiveBytes"])
        {
            limits[name] = 1L << 40;
        }

        limits["maxBatchEntries"] = MaxBatchEntries;
        return new JsonObject
        {
            ["name"] = "Fake",
            ["version"] = "1.0.0",
            ["serverId"] = new string('0', 32),
            ["limits"] = limits,
            ["digestFunctions"] = new JsonArray("sha256", "blake2b"),
            ["endpoints"] = new JsonArray(),
        };
    }
}
