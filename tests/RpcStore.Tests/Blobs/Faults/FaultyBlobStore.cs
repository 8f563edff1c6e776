using RpcStore.Core.Blobs;
using RpcStore.Digests;

namespace RpcStore.Tests.Blobs.Faults;

/// <summary>A store of which any call can be made to fail: its own, those of its batches, and those of what it opens.</summary>
internal sealed class FaultyBlobStore(IBlobStore inner, FaultScript script) : DelegatingBlobStore(inner)
{
    public override ValueTask<BlobStoreUsage> GetUsageAsync(CancellationToken cancellationToken) =>
        script.CallAsync(nameof(GetUsageAsync), () => Inner.GetUsageAsync(cancellationToken));

    public override ValueTask FindAsync(ReadOnlyMemory<BlobId> ids, Memory<bool> present, CancellationToken cancellationToken) =>
        script.CallAsync(nameof(FindAsync), () => Inner.FindAsync(ids, present, cancellationToken));

    public override ValueTask StatAsync(ReadOnlyMemory<BlobId> ids, Memory<BlobInfo?> infos, CancellationToken cancellationToken) =>
        script.CallAsync(nameof(StatAsync), () => Inner.StatAsync(ids, infos, cancellationToken));

    public override async ValueTask<BlobReader?> OpenAsync(BlobId id, CancellationToken cancellationToken) =>
        await script.CallAsync(nameof(OpenAsync), () => Inner.OpenAsync(id, cancellationToken)) is { } blob
            ? new Reader(blob, script)
            : null;

    public override BlobWriteBatch BeginBatch() => new Batch(Inner.BeginBatch(), script);

    public override ValueTask RemoveAsync(
        ReadOnlyMemory<BlobId> ids, Memory<bool> removed, BlobRemoval removal, CancellationToken cancellationToken) =>
        script.CallAsync(nameof(RemoveAsync), () => Inner.RemoveAsync(ids, removed, removal, cancellationToken));

    public override async IAsyncEnumerable<BlobInfo> ListAsync(
        BlobId? after,
        string prefix,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var blobs = Inner.ListAsync(after, prefix, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await script.CallAsync(nameof(ListAsync), () => blobs.MoveNextAsync()))
        {
            yield return blobs.Current;
        }
    }

    private sealed class Batch(BlobWriteBatch inner, FaultScript script) : BlobWriteBatch
    {
        public override ValueTask<BlobAddResult> AddAsync(
            BlobId id, long? size, Stream content, CancellationToken cancellationToken) =>
            script.CallAsync("BlobWriteBatch.AddAsync", () => inner.AddAsync(id, size, content, cancellationToken));

        public override ValueTask CommitAsync(CancellationToken cancellationToken) =>
            script.CallAsync("BlobWriteBatch.CommitAsync", () => inner.CommitAsync(cancellationToken));

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class Reader(BlobReader inner, FaultScript script) : BlobReader
    {
        public override BlobInfo Info => inner.Info;

        public override BlobVersion Version => inner.Version;

        public override ValueTask VerifyAheadAsync(CancellationToken cancellationToken) =>
            script.CallAsync("BlobReader.VerifyAheadAsync", () => inner.VerifyAheadAsync(cancellationToken));

        public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken) =>
            script.ReadAsync(buffer, part => inner.ReadAsync(offset, part, cancellationToken));

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
