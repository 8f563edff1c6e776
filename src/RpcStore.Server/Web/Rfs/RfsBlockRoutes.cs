using Microsoft.AspNetCore.Http;
using RpcStore.Contract;
using RpcStore.Core.Blobs;
using RpcStore.Core.Uploads;
using RpcStore.Digests;
using RpcStore.JsonRpc;
using RpcStore.Server.Configuration;
using RpcStore.Server.Journaling;

namespace RpcStore.Server.Web.Rfs;

/// <summary>Blocks, as rfs uploads and reads them (spec/flist-server.md, section 3).</summary>
internal sealed class RfsBlockRoutes(
    IBlobStore store, FileUploads uploads, UploadedFlists flists, BlockPages pages, DownloadCounter downloads, BlockAccess access,
    ServerLimits limits, ActionJournal journal)
{
    // What rfs asks for at the most at once.
    private const int MaxPage = 100;

    // Blocks are in memory whole, because their ids are not known before; so few come in at a time, the others wait unread.
    private readonly SemaphoreSlim incoming = new(MaxIncoming);

    private const int MaxIncoming = 16;

    /// <summary>Maps the routes.</summary>
    public void Map(ContractRoutes routes)
    {
        routes.Map("POST", "/api/v1/block", PostAsync);
        routes.Map("GET", "/api/v1/block/{hash}", GetAsync);
        routes.Map("POST", "/api/v1/block/verify", VerifyAsync);
        routes.Map("GET", "/api/v1/block/{hash}/downloads", GetDownloadsAsync);
        routes.Map("GET", "/api/v1/blocks", ListAsync, access: access.IsOpen ? "guest" : null);
        routes.Map("GET", "/api/v1/user/blocks", ListOwnAsync);
        routes.Map("GET", "/{aa}/{hash}", GetInFolderAsync, "/{aa:hex(2)}/{hash:hex(64)}");
        routes.Map("GET", "/{hash}", GetAsync, "/{hash:hex(64)}");
    }

    private async Task PostAsync(HttpContext context)
    {
        var file = RfsRequest.ParseFile(context.GetQuery("file_hash"), "/file_hash");
        var index = context.GetQueryNumber(["idx"], null, 0);
        var account = context.GetConnection().Caller.Account!;
        await incoming.WaitAsync(context.RequestAborted);
        try
        {
            var block = await ReadBlockAsync(context);
            var (id, isNew, known) = await uploads.AddBlockAsync(
                account, block, file is { } hash ? new FilePlace(hash, index) : null, context.RequestAborted);
            if (known is { IsComplete: true })
            {
                await flists.TryRegisterAsync(known, context.RequestAborted);
            }

            var action = context.GetAction();
            action.Subject = id.ToString();
            action.Detail = file is null ? null : $"block {index} of {file}";
            action.CountIn(isNew ? 1 : 0, block.Length);
            await journal.RecordAsync(action);
            await context.WriteJsonAsync(
                isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK,
                new BlockUploadedAnswer(id.ToHex(), "Block processed successfully"),
                RfsJson.Default.BlockUploadedAnswer);
        }
        finally
        {
            incoming.Release();
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadBlockAsync(HttpContext context)
    {
        context.AllowAnyBodySize();
        var body = context.Request.ContentLength > limits.MaxBlockBytes
            ? null
            : await context.Request.BodyReader.ReadWholeAsync(limits.MaxBlockBytes, limits.Message, context.RequestAborted);
        return body ?? throw new RpcException(ContractErrors.TooLarge(
            $"A block may have {limits.MaxBlockBytes} bytes (maxBlockBytes).", "maxBlockBytes", limits.MaxBlockBytes));
    }

    private Task GetInFolderAsync(HttpContext context)
    {
        var id = context.GetPathBlock();
        return id.ToHex().StartsWith(context.GetPathValue("aa"), StringComparison.OrdinalIgnoreCase)
            ? GetAsync(context)
            : throw BlockAccess.NotFound(id);
    }

    private async Task GetAsync(HttpContext context)
    {
        var id = context.GetPathBlock();
        await access.EnsureAsync(context, id);
        await BlobResponse.WriteAsync(context, store, id);
        if (context.Response.StatusCode == StatusCodes.Status200OK && context.GetAction().BlobsOut > 0)
        {
            downloads.Count(id);
        }
    }

    private async Task VerifyAsync(HttpContext context)
    {
        var request = await context.ReadJsonAsync(
            RfsJson.Default.VerifyRequest, limits.MaxMessageBytes, "maxMessageBytes", limits.Message);
        var blocks = request.Blocks.Select(Read).ToArray();
        var missing = new bool[blocks.Length];
        await uploads.FindMissingAsync(blocks, missing, context.RequestAborted);
        await context.WriteJsonAsync(
            StatusCodes.Status200OK,
            new VerifyAnswer([.. request.Blocks.Where((_, place) => missing[place]).Select(block => block.BlockHash)]),
            RfsJson.Default.VerifyAnswer);
    }

    private static (BlobId Id, FilePlace? Place) Read(VerifyBlock block, int place)
    {
        var id = RfsRequest.ParseBlock(block.BlockHash, $"/blocks/{place}/block_hash");
        var file = RfsRequest.ParseFile(block.FileHash, $"/blocks/{place}/file_hash");
        return (id, file is { } hash ? new FilePlace(hash, block.BlockIndex) : null);
    }

    private async Task GetDownloadsAsync(HttpContext context)
    {
        var id = context.GetPathBlock();
        await access.EnsureAsync(context, id);
        var infos = new Core.Blobs.BlobInfo?[1];
        await store.StatAsync(new[] { id }, infos, context.RequestAborted);
        var size = infos[0]?.Size ?? throw BlockAccess.NotFound(id);
        var count = await downloads.GetAsync(id, context.RequestAborted);
        await context.WriteJsonAsync(StatusCodes.Status200OK, new DownloadsAnswer(id.ToHex(), count, size), RfsJson.Default.DownloadsAnswer);
    }

    private async Task ListAsync(HttpContext context)
    {
        var (page, size, skip) = GetPage(context);
        var blocks = await pages.ListAsync(skip, size, context.RequestAborted);
        var total = await pages.CountAsync(context.RequestAborted);
        await context.WriteJsonAsync(
            StatusCodes.Status200OK, new BlockListAnswer([.. blocks.Select(id => id.ToHex())], total, page, size), RfsJson.Default.BlockListAnswer);
    }

    private async Task ListOwnAsync(HttpContext context)
    {
        var (_, size, skip) = GetPage(context);
        var (blocks, total) = await uploads.ListUploadsAsync(context.GetConnection().Caller.Account!, skip, size, context.RequestAborted);
        var all = await pages.CountAsync(context.RequestAborted);
        await BlockPairs.WriteAsync(context, blocks.Select(block => (block.Id, block.Bytes)), total, all);
    }

    // The command of rfs asks for page_size, and older ones for per_page.
    private static (long Page, int Size, long Skip) GetPage(HttpContext context)
    {
        var page = context.GetQueryNumber(["page"], 1, 1);
        var size = (int)Math.Min(MaxPage, context.GetQueryNumber(["per_page", "page_size"], 50, 1));
        return (page, size, page - 1 > long.MaxValue / size ? long.MaxValue : (page - 1) * size);
    }
}
