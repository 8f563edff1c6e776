using Microsoft.AspNetCore.Http;
using RpcStore.Core;
using RpcStore.Core.Blobs;
using RpcStore.Core.Uploads;
using RpcStore.JsonRpc;
using RpcStore.Server.Journaling;

namespace RpcStore.Server.Web.Rfs;

/// <summary>Files that are uploaded in blocks (spec/flist-server.md, section 4).</summary>
internal sealed class RfsFileRoutes(
    IBlobStore store, FileUploads uploads, UploadedFlists flists, DownloadCounter downloads, BlockAccess access, ActionJournal journal)
{
    // Blocks of a file that are asked about at once.
    private const int AskedAtOnce = 1000;

    /// <summary>Maps the routes.</summary>
    public void Map(ContractRoutes routes)
    {
        routes.Map("GET", "/api/v1/blocks/{hash}", ListBlocksAsync);
        routes.Map("POST", "/api/v1/file", PostAsync);
        routes.Map("GET", "/api/v1/file/{hash}", GetAsync);
        routes.Map("DELETE", "/api/v1/file/{hash}", DeleteAsync);
    }

    // The hash may be that of a file or of a block.
    private async Task ListBlocksAsync(HttpContext context)
    {
        var hash = context.GetPathFile();
        UploadedFile? file = null;
        try
        {
            file = await FindAsync(context, hash);
        }
        catch (StoreException e) when (e.Fault == Fault.NotFound)
        {
            var id = context.GetPathBlock();
            var present = new bool[1];
            await store.FindAsync(new[] { id }, present, context.RequestAborted);
            if (!present[0] || !await access.ReadsAsync(context, new[] { id }))
            {
                throw;
            }
        }

        await BlockPairs.WriteAsync(context, file is not null
            ? uploads.ListBlocksAsync(hash, context.RequestAborted)
            : Single(new UploadedBlock(0, context.GetPathBlock(), 0)));
    }

    private async Task PostAsync(HttpContext context)
    {
        context.AllowAnyBodySize();
        var account = context.GetConnection().Caller.Account!;
        if (context.Request.ContentLength > FileUploads.MaxUploadBytes)
        {
            throw new RpcException(Contract.ContractErrors.TooLarge(
                $"A file that is uploaded in one request may have {FileUploads.MaxUploadBytes} bytes (maxUploadBytes). Upload it in blocks.",
                "maxUploadBytes",
                FileUploads.MaxUploadBytes));
        }

        var (file, newBlocks, newBytes) = await uploads.AddFileAsync(account, context.Request.Body, context.RequestAborted);
        await flists.TryRegisterAsync(file, context.RequestAborted);
        var action = context.GetAction();
        action.Detail = $"file {file.Hash}";
        action.CountIn(newBlocks, newBytes);
        await journal.RecordAsync(action);
        await context.WriteJsonAsync(
            StatusCodes.Status201Created,
            new FileUploadedAnswer(file.Hash.ToString(), "File is uploaded successfully"),
            RfsJson.Default.FileUploadedAnswer);
    }

    private async Task GetAsync(HttpContext context)
    {
        var file = await FindAsync(context, context.GetPathFile());
        var response = context.Response;
        response.ContentType = "application/octet-stream";
        response.Headers.CacheControl = "private, max-age=31536000, immutable";
        response.Headers.ContentDisposition = $"attachment; filename=\"{file.Hash}.bin\"";
        context.GetAction().Detail = $"file {file.Hash}";
        await RangedResponse.WriteAsync(
            context, file.Hash.ToString(), file.Bytes, (start, length) => uploads.ReadAsync(file, start, length, downloads.Count));
    }

    private async Task DeleteAsync(HttpContext context)
    {
        var hash = context.GetPathFile();
        var (blobs, bytes) = await flists.DeleteAsync(hash, context.RequestAborted);
        var action = context.GetAction();
        action.Detail = $"file {hash} deleted with {blobs} blobs of {bytes} bytes";
        await journal.RecordAsync(action);
        await context.WriteJsonAsync(
            StatusCodes.Status200OK, new FileDeletedAnswer(hash.ToString(), blobs, bytes), RfsJson.Default.FileDeletedAnswer);
    }

    // Reading all of a file to see whether it is right is not done for guests.
    private async Task<UploadedFile> FindAsync(HttpContext context, FileHash hash)
    {
        var readsAll = access.ReadsAll(context);
        var file = await uploads.GetAsync(hash, readsContent: readsAll && context.GetConnection().Caller.Account is not null, context.RequestAborted);
        if (!readsAll && !await IsPublicAsync(context, hash))
        {
            throw new StoreException(Fault.NotFound, $"No file with the hash {hash} was uploaded.");
        }

        return file;
    }

    private async Task<bool> IsPublicAsync(HttpContext context, FileHash hash)
    {
        await foreach (var blocks in uploads.ListBlocksAsync(hash, context.RequestAborted).Chunk(AskedAtOnce))
        {
            if (!await access.ReadsAsync(context, blocks.Select(block => block.Id).ToArray()))
            {
                return false;
            }
        }

        return true;
    }

    private static async IAsyncEnumerable<UploadedBlock> Single(UploadedBlock block)
    {
        await Task.CompletedTask;
        yield return block;
    }
}
