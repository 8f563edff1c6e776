using RpcStore.Contract;
using RpcStore.Core.Blobs;
using RpcStore.Core.Transfers;
using RpcStore.Digests;
using RpcStore.JsonRpc;
using RpcStore.Server.Web;
using BlobDeletionStatus = RpcStore.Core.Blobs.BlobDeletionStatus;
using BlobInfo = RpcStore.Contract.BlobInfo;
using CoreInfo = RpcStore.Core.Blobs.BlobInfo;
using Transfer = RpcStore.Contract.Transfer;
using WireDeletion = RpcStore.Contract.BlobDeletionStatus;

namespace RpcStore.Server.Handlers;

/// <summary>The methods of <c>blobs</c>.</summary>
internal sealed class BlobsHandler(
    IBlobStore store,
    BlobOperations operations,
    BlobScrubber scrubber,
    BlobCollector collector,
    BatchDownload download,
    TransferRegistry transfers,
    TimeProvider time) : IBlobsService
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public ValueTask<BlobPresence> HasAsync(ReadOnlyMemory<BlobId> ids, CallContext context)
    {
        var present = new bool[ids.Length];
        var found = store.FindAsync(ids, present, CancellationToken.None);
        return found.IsCompletedSuccessfully ? new(ToPresence(ids, present)) : AwaitAsync(found, ids, present);

        static async ValueTask<BlobPresence> AwaitAsync(ValueTask found, ReadOnlyMemory<BlobId> ids, bool[] present)
        {
            await found;
            return ToPresence(ids, present);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<BlobStats> StatAsync(ReadOnlyMemory<BlobId> ids, CallContext context)
    {
        var infos = new CoreInfo?[ids.Length];
        await store.StatAsync(ids, infos, context.CancellationToken);
        return new BlobStats
        {
            Blobs = [.. infos.Where(info => info is not null).Select(info => ToWire(info!.Value))],
            Missing = Split(ids, place => infos[place] is null),
        };
    }

    /// <inheritdoc/>
    public async ValueTask<BlobPage> ListAsync(string? prefix, string? cursor, long limit, CallContext context)
    {
        BlobId? after = cursor is null ? null
            : BlobId.TryParse(cursor, out var last) ? last
            : throw new RpcException(ContractErrors.InvalidParams(
                "The cursor is none that a listing gave.", "/cursor", "not a cursor that a listing gave"));
        var page = new List<BlobInfo>();
        await foreach (var info in store.ListAsync(after, prefix ?? "", context.CancellationToken))
        {
            if (page.Count == limit)
            {
                return new BlobPage { Blobs = page, Cursor = page[^1].Id.ToString() };
            }

            page.Add(ToWire(info));
        }

        return new BlobPage { Blobs = page };
    }

    /// <inheritdoc/>
    public async ValueTask<BlobStored> PutAsync(ReadOnlyMemory<byte> data, BlobId? id, CallContext context)
    {
        var (actual, isNew) = await operations.PutAsync(data, id, context.CancellationToken);
        context.SetSubject(actual.ToString());
        context.GetAction()?.CountIn(1, data.Length);
        return new BlobStored { Id = actual, Size = data.Length, Stored = isNew };
    }

    /// <inheritdoc/>
    public async ValueTask<BlobContent> GetAsync(BlobId id, long offset, long? length, CallContext context)
    {
        context.SetSubject(id.ToString());
        var range = await operations.GetAsync(id, offset, length, context.CancellationToken) ?? throw BlobResponse.NotFound(id);
        context.GetAction()?.CountOut(1, range.Data.Length);
        return new BlobContent { Id = id, Size = range.Size, Offset = offset, Data = range.Data };
    }

    /// <inheritdoc/>
    public async ValueTask<BlobVerification> VerifyAsync(ReadOnlyMemory<BlobId> ids, CallContext context)
    {
        var verdicts = new BlobVerdict[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            (verdicts[i], _) = await operations.VerifyAsync(ids.Span[i], context.CancellationToken);
        }

        return new BlobVerification
        {
            Ok = Split(ids, place => verdicts[place] == BlobVerdict.Ok),
            Missing = Split(ids, place => verdicts[place] == BlobVerdict.Missing),
            Corrupt = Split(ids, place => verdicts[place] == BlobVerdict.Corrupt),
        };
    }

    /// <inheritdoc/>
    public async ValueTask<Transfer> ScrubAsync(bool wait, IProgress<Transfer>? progress, CallContext context)
    {
        var account = context.GetAccount();
        var (transfer, ended) = scrubber.Start(account);
        if (wait)
        {
            // Whoever waits and gives up wants the scrub to end with the call.
            await using var cancel = context.CancellationToken.Register(transfer.Cancel);
            while (!ended.IsCompleted)
            {
                await Task.WhenAny(ended, Task.Delay(ProgressInterval, time, context.CancellationToken));
                context.CancellationToken.ThrowIfCancellationRequested();
                progress?.Report(TransferWire.ToWire(transfer.Snapshot(), account));
            }
        }

        return TransferWire.ToWire(transfer.Snapshot(), account);
    }

    /// <inheritdoc/>
    public async ValueTask<BlobDeletions> DeleteAsync(ReadOnlyMemory<BlobId> ids, bool force, CallContext context)
    {
        var statuses = await operations.DeleteAsync(ids, force, context.CancellationToken);
        context.DescribeDeletion(ids, statuses.Count(status => status == BlobDeletionStatus.Deleted));
        return new BlobDeletions
        {
            Results = [.. statuses.Select((status, place) => new BlobDeletion { Id = ids.Span[place], Status = ToWire(status) })],
        };
    }

    /// <inheritdoc/>
    public async ValueTask<BlobCollection> CollectAsync(bool dryRun, string? prefix, long minAgeSeconds, CallContext context)
    {
        var order = new BlobCollectionOrder(prefix ?? "", TimeSpan.FromSeconds(minAgeSeconds));
        var found = await collector.RunAsync(order, isReal: !dryRun, context.CancellationToken);
        if (context.GetAction() is { } action)
        {
            action.Detail = $"{found.Blobs} blobs {(dryRun ? "found" : "removed")}";
        }

        return new BlobCollection
        {
            Blobs = found.Blobs,
            Bytes = found.Bytes,
            Examples = found.Examples.ToArray(),
            Removed = !dryRun && found.Blobs > 0,
        };
    }

    /// <inheritdoc/>
    public ValueTask<Transfer> UploadAsync(CallContext context)
    {
        var account = context.GetAccount();
        return new(TransferWire.ToWire(transfers.OpenUpload(account, new UploadOrder(), context.GetSessionEnded()).Snapshot(), account));
    }

    /// <inheritdoc/>
    public async ValueTask<Transfer> DownloadAsync(ReadOnlyMemory<BlobId> ids, OnMissing onMissing, CallContext context)
    {
        var account = context.GetAccount();
        var order = new DownloadOrder(ids, onMissing == OnMissing.Skip);
        var plan = await download.PlanAsync(ids, order.SkipMissing, context.CancellationToken);
        var transfer = transfers.OpenDownload(account, order, context.GetSessionEnded());
        transfer.SetTotals(plan.Items, plan.Bytes);
        return TransferWire.ToWire(transfer.Snapshot(), account);
    }

    private static BlobPresence ToPresence(ReadOnlyMemory<BlobId> ids, bool[] present)
    {
        // Without the delegate that other answers are split with: this call is made more often than any other.
        var held = GC.AllocateUninitializedArray<BlobId>(present.AsSpan().Count(true));
        var missing = GC.AllocateUninitializedArray<BlobId>(ids.Length - held.Length);
        int nextHeld = 0, nextMissing = 0;
        var all = ids.Span;
        for (var i = 0; i < all.Length; i++)
        {
            if (present[i])
            {
                held[nextHeld++] = all[i];
            }
            else
            {
                missing[nextMissing++] = all[i];
            }
        }

        return new BlobPresence { Present = held, Missing = missing };
    }

    private static BlobId[] Split(ReadOnlyMemory<BlobId> ids, Func<int, bool> belongs)
    {
        var count = 0;
        for (var i = 0; i < ids.Length; i++)
        {
            count += belongs(i) ? 1 : 0;
        }

        var part = new BlobId[count];
        for (int i = 0, next = 0; next < count; i++)
        {
            if (belongs(i))
            {
                part[next++] = ids.Span[i];
            }
        }

        return part;
    }

    private static BlobInfo ToWire(in CoreInfo info) => new() { Id = info.Id, Size = info.Size, StoredAt = info.StoredAt };

    private static WireDeletion ToWire(BlobDeletionStatus status) => status switch
    {
        BlobDeletionStatus.Deleted => WireDeletion.Deleted,
        BlobDeletionStatus.Absent => WireDeletion.Absent,
        BlobDeletionStatus.Referenced => WireDeletion.Referenced,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a status of a deletion."),
    };
}
