using Microsoft.AspNetCore.Http;
using RpcStore.Core.Flists.Registry;
using RpcStore.Core.Uploads;
using RpcStore.Digests;
using RpcStore.JsonRpc;
using RpcStore.Server.Access;

namespace RpcStore.Server.Web.Rfs;

/// <summary>
/// Who may read a block by its id: whoever is logged in, and a guest where every block is open or a public flist needs it. What
/// a guest may not read is not here, as far as they are told. Safe to use from any thread.
/// </summary>
/// <param name="references">Knows what flists need.</param>
/// <param name="isOpen">Whether every block is open to everybody (<c>open-blocks</c>).</param>
internal sealed class BlockAccess(FlistReferences references, bool isOpen)
{
    /// <summary>Whether every block is open to everybody.</summary>
    public bool IsOpen => isOpen;

    /// <summary>Whether a caller may read every block.</summary>
    public bool ReadsAll(HttpContext context) => isOpen || context.GetConnection().Caller.Role >= Role.User;

    /// <summary>Whether a caller may read these.</summary>
    public async ValueTask<bool> ReadsAsync(HttpContext context, ReadOnlyMemory<BlobId> ids)
    {
        if (ReadsAll(context))
        {
            return true;
        }

        var isPublic = new bool[ids.Length];
        await references.FindPublicAsync(ids, isPublic, context.RequestAborted);
        return isPublic.All(one => one);
    }

    /// <summary>Makes sure that a caller may read a block.</summary>
    /// <exception cref="RpcException">It is not here, as far as they are told.</exception>
    public async ValueTask EnsureAsync(HttpContext context, BlobId id)
    {
        if (!await ReadsAsync(context, new[] { id }))
        {
            throw NotFound(id);
        }
    }

    /// <summary>The error for a block that is not here.</summary>
    public static RpcException NotFound(BlobId id) => new(Contract.ContractErrors.NotFound(
        $"Block with hash '{id.ToHex()}' not found", id: id.ToString()));
}
