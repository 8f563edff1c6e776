using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs;

/// <summary>Keeps blobs in memory, gone when it is disposed: for tests, and for servers that are thrown away.</summary>
/// <param name="maxBlobBytes">Bytes in the largest blob that it takes; at most what an array holds.</param>
/// <param name="maxBytes">Bytes of all blobs together; beyond them it is full.</param>
/// <param name="time">Gives the time at which a blob is stored.</param>
public sealed class MemoryBlobStore(long maxBlobBytes = 1 << 30, long maxBytes = long.MaxValue, TimeProvider? time = null) : IBlobStore
{
    private readonly ConcurrentDictionary<BlobId, Entry> blobs = new();
    private readonly TimeProvider time = time ?? TimeProvider.System;
    private long bytes;
    private long versions;

    /// <inheritdoc/>
    public BlobStoreTraits Traits { get; } = new(Math.Min(maxBlobBytes, Array.MaxLength), VerifiesReads: false);

    /// <inheritdoc/>
    public ValueTask<BlobStoreUsage> GetUsageAsync(CancellationToken cancellationToken)
    {
        var used = Interlocked.Read(ref bytes);
        return new(new BlobStoreUsage(blobs.Count, used, maxBytes == long.MaxValue ? long.MaxValue : maxBytes - used));
    }

    /// <inheritdoc/>
    public ValueTask FindAsync(ReadOnlyMemory<BlobId> ids, Memory<bool> present, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        for (var i = 0; i < ids.Length; i++)
        {
            present.Span[i] = blobs.ContainsKey(ids.Span[i]);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask StatAsync(ReadOnlyMemory<BlobId> ids, Memory<BlobInfo?> infos, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        for (var i = 0; i < ids.Length; i++)
        {
            infos.Span[i] = blobs.TryGetValue(ids.Span[i], out var entry) ? entry.Info : null;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<BlobReader?> OpenAsync(BlobId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(blobs.TryGetValue(id, out var entry) ? new MemoryBlobReader(entry.Info, entry.Version, entry.Bytes) : null);
    }

    /// <inheritdoc/>
    public BlobWriteBatch BeginBatch() => new Batch(this);

    /// <inheritdoc/>
    public ValueTask RemoveAsync(
        ReadOnlyMemory<BlobId> ids, Memory<bool> removed, BlobRemoval removal, CancellationToken cancellationToken)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            removed.Span[i] = blobs.TryRemove(ids.Span[i], out var entry);
            Interlocked.Add(ref bytes, -entry?.Bytes.Length ?? 0);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobInfo> ListAsync(
        BlobId? after, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A copy of the ids is small beside the blobs that are in memory anyway.
        var ids = blobs.Keys.Where(id => (after is not { } last || id > last) && id.HasPrefix(prefix)).Order().ToArray();
        foreach (var id in ids)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (blobs.TryGetValue(id, out var entry))
            {
                yield return entry.Info;
            }
        }

        await ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        blobs.Clear();
        return ValueTask.CompletedTask;
    }

    /// <summary>Puts other bytes in the place of a blob's, as a failing disk does.</summary>
    internal void Corrupt(BlobId id, byte[] wrong)
    {
        var info = blobs[id].Info with { Size = wrong.Length };
        blobs[id] = new Entry(info, wrong, NextVersion());
    }

    private BlobVersion NextVersion() => new((ulong)Interlocked.Increment(ref versions), 0);

    private void Keep(BlobId id, byte[] content)
    {
        if (Interlocked.Add(ref bytes, content.Length) > maxBytes)
        {
            Interlocked.Add(ref bytes, -content.Length);
            throw new StoreException(Fault.Full, $"The store is full: it holds {maxBytes} bytes.");
        }

        if (!blobs.TryAdd(id, new Entry(new BlobInfo(id, content.Length, time.GetUtcNow()), content, NextVersion())))
        {
            Interlocked.Add(ref bytes, -content.Length);
        }
    }

    private sealed record Entry(BlobInfo Info, byte[] Bytes, BlobVersion Version);

    private sealed class Batch(MemoryBlobStore store) : BlobWriteBatch
    {
        private readonly Dictionary<BlobId, byte[]> added = [];

        public override async ValueTask<BlobAddResult> AddAsync(
            BlobId id, long? size, Stream content, CancellationToken cancellationToken)
        {
            if (size > store.Traits.MaxBlobBytes)
            {
                throw StoreFaults.TooLarge(store.Traits.MaxBlobBytes);
            }

            var bytes = await ReadAsync(size, content, cancellationToken);
            var actual = BlobId.Compute(id.Function, bytes);
            var isHere = added.TryGetValue(id, out var earlier);
            var stored = isHere ? earlier!.Length : store.blobs.TryGetValue(id, out var entry) ? entry.Info.Size : -1;
            if (stored >= 0)
            {
                return new BlobAddResult(stored == bytes.Length ? BlobAddStatus.Existing : BlobAddStatus.Mismatch, bytes.Length, actual);
            }

            if (actual != id)
            {
                return new BlobAddResult(BlobAddStatus.Mismatch, bytes.Length, actual);
            }

            added.Add(id, bytes);
            return new BlobAddResult(BlobAddStatus.Stored, bytes.Length, id);
        }

        public override ValueTask CommitAsync(CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (id, content) in added)
            {
                store.Keep(id, content);
                added.Remove(id);
            }

            return ValueTask.CompletedTask;
        }

        public override ValueTask DisposeAsync()
        {
            added.Clear();
            return ValueTask.CompletedTask;
        }

        private async ValueTask<byte[]> ReadAsync(long? size, Stream content, CancellationToken cancellationToken)
        {
            if (size is { } length)
            {
                var bytes = new byte[length];
                await content.ReadExactlyAsync(bytes, cancellationToken);
                return bytes;
            }

            using var collected = new MemoryStream();
            var chunk = new byte[16 << 10];
            while (await content.ReadAsync(chunk, cancellationToken) is > 0 and var read)
            {
                if (collected.Length + read > store.Traits.MaxBlobBytes)
                {
                    throw StoreFaults.TooLarge(store.Traits.MaxBlobBytes);
                }

                collected.Write(chunk, 0, read);
            }

            return collected.ToArray();
        }
    }
}
