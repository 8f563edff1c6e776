using Microsoft.AspNetCore.Http;
using RpcStore.Contract;
using RpcStore.Core.Blobs.Tar;
using RpcStore.Digests;
using RpcStore.JsonRpc;

namespace RpcStore.Server.Web;

/// <summary>Blobs out as a tar batch (spec/tar-batch.md, section 4).</summary>
/// <param name="export">Gives the batch.</param>
internal sealed class BatchDownload(BatchExport export)
{
    /// <summary>Looks the blobs up.</summary>
    /// <exception cref="RpcException">Some are not here and are not to be left out: <c>notFound</c>.</exception>
    public async ValueTask<BatchPlan> PlanAsync(ReadOnlyMemory<BlobId> ids, bool skipMissing, CancellationToken cancellationToken)
    {
        try
        {
            return await export.PlanAsync(ids, skipMissing, cancellationToken);
        }
        catch (BlobsMissingException e)
        {
            throw new RpcException(ContractErrors.NotFound(e.Message, missing: e.Missing, missingCount: e.Count), e);
        }
    }

    /// <summary>Answers a request with the batch. What fails midway has to abort the connection.</summary>
    public async Task WriteAsync(HttpContext context, BatchPlan plan, Action<int, long> progress, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "application/x-tar";
        if (!plan.SkipMissing)
        {
            // Known to the byte, so that a client can tell a cut answer from a whole one.
            context.Response.ContentLength = plan.TarBytes;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            var action = context.GetAction();
            await export.WriteAsync(
                plan,
                context.Response.BodyWriter,
                (blobs, bytes) =>
                {
                    action.CountOut(blobs, bytes);
                    progress(blobs, bytes);
                },
                cancellationToken);
        }
    }
}
