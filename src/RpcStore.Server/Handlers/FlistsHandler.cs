using System.Globalization;
using RpcStore.Contract;
using RpcStore.Core;
using RpcStore.Core.Blobs.Tar;
using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Registry;
using RpcStore.Core.Transfers;
using RpcStore.JsonRpc;
using RpcStore.Server.Web;
using Flist = RpcStore.Contract.Flist;
using FlistDeletion = RpcStore.Contract.FlistDeletion;
using FlistDiff = RpcStore.Contract.FlistDiff;
using Transfer = RpcStore.Contract.Transfer;

namespace RpcStore.Server.Handlers;

/// <summary>The methods of <c>flists</c>.</summary>
internal sealed class FlistsHandler(
    FlistRegistry flists, FlistUploader uploader, FlistVerifier verifier, TransferRegistry transfers, int maxInlineBytes) : IFlistsService
{
    /// <inheritdoc/>
    public async ValueTask<FlistPage> ListAsync(string? account, string? cursor, long limit, CallContext context)
    {
        var viewer = FlistWire.ViewerOf(context.GetCaller());
        var (page, next) = await flists.ListAsync(viewer, account, (int)limit, cursor, context.CancellationToken);
        return new FlistPage { Flists = [.. page.Select(FlistWire.ToWire)], Cursor = next };
    }

    /// <inheritdoc/>
    public async ValueTask<Flist> GetAsync(string name, string? account, CallContext context) =>
        FlistWire.ToWire(await flists.GetAsync(Key(context, name, account), Viewer(context), context.CancellationToken));

    /// <inheritdoc/>
    public async ValueTask<FlistTree> TreeAsync(
        string name, string? account, string? path, bool recursive, string? cursor, long limit, CallContext context)
    {
        using var lease = await flists.OpenAsync(Key(context, name, account), Viewer(context), context.CancellationToken);
        using var reader = lease.OpenReader(context.CancellationToken);
        var after = ReadCursor(cursor, lease.Flist.Digest);
        var start = reader.Find(path ?? "/", context.CancellationToken)
            ?? throw new RpcException(ContractErrors.NotFound($"There is no '{path}' in the flist '{lease.Flist.Key}'.", id: path, reason: "path"));
        var page = FlistWalk.Run(reader, start, recursive, after, context.CancellationToken).Take((int)limit + 1).ToList();
        var isLast = page.Count <= limit;
        return new FlistTree
        {
            Digest = lease.Flist.Digest,
            Entries = [.. page.Take((int)limit).Select(entry => FlistWire.ToWire(reader, entry.Path, entry.Node))],
            Cursor = isLast ? null : string.Create(CultureInfo.InvariantCulture, $"{lease.Flist.Digest}.{page[^2].Node.Ino}"),
        };
    }

    /// <inheritdoc/>
    public async ValueTask<FlistUploaded> PutAsync(
        string name,
        ReadOnlyMemory<byte> data,
        string? account,
        bool? @public,
        string? ifMatch,
        bool allowIncomplete,
        string? storeUrl,
        CallContext context)
    {
        if (data.Length > maxInlineBytes)
        {
            throw new RpcException(ContractErrors.TooLarge(
                $"{data.Length} bytes are too many to travel inside a call: upload them.", "maxInlineBlobBytes", maxInlineBytes));
        }

        var order = Order(context, name, account, @public, ifMatch, allowIncomplete, storeUrl);
        context.SetSubject(order.Key.ToString());
        var action = context.GetAction();
        using var body = new MemoryStream(data.ToArray(), writable: false);
        try
        {
            var result = await uploader.RunAsync(
                order, body, (blobs, bytes) => action?.CountIn(blobs, bytes), context.CancellationToken);
            return FlistWire.ToWire(result);
        }
        catch (BlobsMissingException e)
        {
            throw FlistUpload.Refuse(e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Transfer> UploadAsync(
        string name, string? account, bool? @public, string? ifMatch, bool allowIncomplete, string? storeUrl, CallContext context)
    {
        var order = Order(context, name, account, @public, ifMatch, allowIncomplete, storeUrl);
        context.SetSubject(order.Key.ToString());
        await uploader.CheckAsync(order, context.CancellationToken);
        var owner = context.GetAccount();
        return TransferWire.ToWire(
            transfers.OpenUpload(owner, new FlistUploadTransfer(order), context.GetSessionEnded()).Snapshot(), owner);
    }

    /// <inheritdoc/>
    public async ValueTask<Transfer> DownloadAsync(string name, string? account, FlistFormat format, CallContext context)
    {
        var owner = context.GetAccount();
        var flist = await flists.GetAsync(Key(context, name, account), Viewer(context), context.CancellationToken);
        context.SetSubject(flist.Key.ToString());
        if (format != FlistFormat.Fl)
        {
            FlistRegistry.CheckComplete(flist);
        }

        var order = new FlistDownloadTransfer(flist.Key, Viewer(context), format);
        return TransferWire.ToWire(transfers.OpenDownload(owner, order, context.GetSessionEnded()).Snapshot(), owner);
    }

    /// <inheritdoc/>
    public async ValueTask<Flist> UpdateAsync(string name, bool @public, string? account, CallContext context)
    {
        var key = Key(context, name, account);
        context.SetSubject(key.ToString());
        return FlistWire.ToWire(await flists.UpdateAsync(key, @public, context.CancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask<FlistVerification> VerifyAsync(string name, string? account, CallContext context)
    {
        var key = Key(context, name, account);
        context.SetSubject(key.ToString());
        return FlistWire.ToWire(await verifier.RunAsync(key, Viewer(context), context.CancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask<FlistDiff> DiffAsync(
        string before, string after, string? beforeAccount, string? afterAccount, long limit, CallContext context)
    {
        var caller = context.GetCaller();
        var stop = context.CancellationToken;
        using var old = await flists.OpenAsync(FlistWire.KeyOf(caller, before, beforeAccount, "/beforeAccount"), Viewer(context), stop);
        using var current = await flists.OpenAsync(FlistWire.KeyOf(caller, after, afterAccount, "/afterAccount"), Viewer(context), stop);
        using var left = old.OpenReader(stop);
        using var right = current.OpenReader(stop);
        var found = await Task.Run(() => Core.Flists.FlistDiff.Compare(left, right, stop).Take((int)limit + 1).ToList(), stop);
        return new FlistDiff
        {
            Differences = [.. found.Take((int)limit).Select(difference => FlistWire.ToWire(left, right, difference))],
            Truncated = found.Count > limit,
        };
    }

    /// <inheritdoc/>
    public async ValueTask<FlistDeletion> DeleteAsync(string name, string? account, string? ifMatch, CallContext context)
    {
        var key = Key(context, name, account);
        context.SetSubject(key.ToString());
        var condition = ifMatch is null ? null : new FlistCondition(ifMatch);
        var (flist, deletion) = await flists.DeleteAsync(key, condition, context.CancellationToken);
        if (context.GetAction() is { } action)
        {
            action.Detail = $"{deletion.Blobs} blobs, {deletion.Bytes} bytes";
        }

        return FlistWire.ToWire(flist, deletion);
    }

    private static FlistKey Key(CallContext context, string name, string? account) => FlistWire.KeyOf(context.GetCaller(), name, account);

    private static FlistViewer Viewer(CallContext context) => FlistWire.ViewerOf(context.GetCaller());

    private static FlistUploadOrder Order(
        CallContext context, string name, string? account, bool? isPublic, string? ifMatch, bool allowIncomplete, string? storeUrl) =>
        new(Key(context, name, account))
        {
            IsPublic = isPublic,
            Condition = ifMatch is null ? null : new FlistCondition(ifMatch),
            AllowsIncomplete = allowIncomplete,
            StoreUrl = storeUrl,
        };

    /// <summary>A cursor names the content, so that it is not taken for a place in another.</summary>
    private static long? ReadCursor(string? cursor, string digest)
    {
        if (cursor is null)
        {
            return null;
        }

        return cursor.Split('.') is [var known, var text] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ino)
            ? known == digest
                ? ino
                : throw new StoreException(Fault.Conflict, "The flist has got another content since the page before: begin again.")
                {
                    Details = new Dictionary<string, object> { ["reason"] = "replaced" },
                }
            : throw new RpcException(ContractErrors.InvalidParams(
                "The cursor is none that a listing gave.", "/cursor", "not a cursor that a listing gave"));
    }
}
