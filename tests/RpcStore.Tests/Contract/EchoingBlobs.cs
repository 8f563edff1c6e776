using RpcStore.Contract;
using RpcStore.Digests;
using RpcStore.JsonRpc;
using DigestFunction = RpcStore.Digests.DigestFunction;

namespace RpcStore.Tests.Contract;

/// <summary>Answers as if every blob were here, and keeps nothing.</summary>
internal sealed class EchoingBlobs : IBlobsService
{
    private static readonly Transfer SomeTransfer = new()
    {
        Id = new string('0', 32),
        Kind = TransferKind.Scrub,
        State = TransferState.Running,
        CreatedAt = DateTimeOffset.UnixEpoch,
        ExpiresAt = DateTimeOffset.UnixEpoch,
        Bytes = 0,
        Items = 0,
    };

    public ValueTask<BlobPresence> HasAsync(ReadOnlyMemory<BlobId> ids, CallContext context) =>
        ValueTask.FromResult(new BlobPresence { Present = ids, Missing = default });

    public ValueTask<BlobStats> StatAsync(ReadOnlyMemory<BlobId> ids, CallContext context) =>
        ValueTask.FromResult(new BlobStats { Blobs = [], Missing = ids });

    public ValueTask<BlobPage> ListAsync(string? prefix, string? cursor, long limit, CallContext context) =>
        ValueTask.FromResult(new BlobPage { Blobs = [] });

    public ValueTask<BlobStored> PutAsync(ReadOnlyMemory<byte> data, BlobId? id, CallContext context) =>
        ValueTask.FromResult(new BlobStored { Id = id ?? BlobId.Compute(DigestFunction.Sha256, data.Span), Size = data.Length, Stored = true });

    public ValueTask<BlobContent> GetAsync(BlobId id, long offset, long? length, CallContext context) =>
        ValueTask.FromResult(new BlobContent { Id = id, Size = 0, Offset = offset, Data = default });

    public ValueTask<BlobVerification> VerifyAsync(ReadOnlyMemory<BlobId> ids, CallContext context) =>
        ValueTask.FromResult(new BlobVerification { Ok = ids, Missing = default, Corrupt = default });

    public ValueTask<Transfer> ScrubAsync(bool wait, IProgress<Transfer>? progress, CallContext context) => ValueTask.FromResult(SomeTransfer);

    public ValueTask<BlobDeletions> DeleteAsync(ReadOnlyMemory<BlobId> ids, bool force, CallContext context) =>
        ValueTask.FromResult(new BlobDeletions { Results = [] });

    public ValueTask<BlobCollection> CollectAsync(bool dryRun, string? prefix, long minAgeSeconds, CallContext context) =>
        ValueTask.FromResult(new BlobCollection { Blobs = 0, Bytes = 0, Examples = default, Removed = false });

    public ValueTask<Transfer> UploadAsync(CallContext context) => ValueTask.FromResult(SomeTransfer);

    public ValueTask<Transfer> DownloadAsync(ReadOnlyMemory<BlobId> ids, OnMissing onMissing, CallContext context) => ValueTask.FromResult(SomeTransfer);
}
