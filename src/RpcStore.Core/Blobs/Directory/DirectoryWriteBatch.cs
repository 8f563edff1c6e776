using System.Buffers;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using RpcStore.Core.Disk;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Directory;

/// <summary>Writes files aside, and gives them their names when they are on the disk.</summary>
internal sealed class DirectoryWriteBatch(DirectoryBlobStore store) : BlobWriteBatch
{
    // A read from a connection brings this much at the most, and a call of the system costs little beside it.
    private const int BufferBytes = 256 << 10;

    // Room is made in steps, so that a size that lies cannot take the disk away from others.
    private const long ReserveStep = 64L << 20;
    private const long ReserveFrom = 1L << 20;

    // While the next bytes come and are hashed, the disk can write those before them.
    private const long FlushStep = 8L << 20;

    private readonly Dictionary<BlobId, PendingBlob> pending = [];
    private byte[]? buffer;
    private long failuresBefore;

    /// <inheritdoc/>
    public override async ValueTask<BlobAddResult> AddAsync(
        BlobId id, long? size, Stream content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Begin(size);
        buffer ??= ArrayPool<byte>.Shared.Rent(BufferBytes);
        if (FindSize(id) is { } known)
        {
            // Of another length the bytes are others, and the caller is told which.
            var (length, actual) = size == known
                ? (await ContentDigest.SkipAsync(size, content, cancellationToken), id)
                : await ContentDigest.ReadAsync(id.Function, size, content, cancellationToken);
            return length == known
                ? new BlobAddResult(BlobAddStatus.Existing, length, id)
                : new BlobAddResult(BlobAddStatus.Mismatch, length, actual);
        }

        store.Reserve.Ensure(size ?? 0);
        using var hasher = BlobHasher.Rent(id.Function);
        return size <= BufferBytes
            ? await AddSmallAsync(id, (int)size.Value, content, hasher, cancellationToken)
            : await AddLargeAsync(id, size, content, hasher, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask<BlobAddStatus> AddHashedAsync(BlobId id, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Begin(bytes.Length);
        if (FindSize(id) is { } known)
        {
            return new(known == bytes.Length ? BlobAddStatus.Existing : BlobAddStatus.Mismatch);
        }

        store.Reserve.Ensure(bytes.Length);
        return new(WriteWhole(id, bytes.Span).Status);
    }

    /// <inheritdoc/>
    public override async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (pending.Count == 0)
        {
            return;
        }

        var blobs = pending.Values.ToArray();
        pending.Clear();
        await store.CommitAsync(blobs, failuresBefore, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        foreach (var blob in pending.Values)
        {
            FileSystem.RemoveLeftover(blob.Aside);
        }

        pending.Clear();
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = null;
        }

        return ValueTask.CompletedTask;
    }

    private void Begin(long? size)
    {
        if (size > store.Traits.MaxBlobBytes)
        {
            throw store.TooLarge();
        }

        if (pending.Count == 0)
        {
            failuresBefore = store.FlushFailures;
        }
    }

    private long? FindSize(BlobId id) => pending.TryGetValue(id, out var added) ? added.Size : store.FindSize(id);

    /// <summary>What fits into the buffer is checked before a file is made for it.</summary>
    private async ValueTask<BlobAddResult> AddSmallAsync(
        BlobId id, int size, Stream content, BlobHasher hasher, CancellationToken cancellationToken)
    {
        await content.ReadExactlyAsync(buffer.AsMemory(0, size), cancellationToken);
        hasher.Append(buffer.AsSpan(0, size));
        var actual = hasher.Finish();
        return actual == id ? WriteWhole(id, buffer.AsSpan(0, size)) : new BlobAddResult(BlobAddStatus.Mismatch, size, actual);
    }

    private BlobAddResult WriteWhole(BlobId id, ReadOnlySpan<byte> bytes)
    {
        var aside = store.NextAside();
        try
        {
            using var file = FileSystem.CreateFile(aside, DirectoryBlobStore.FileMode);
            Write(file, aside, bytes, 0);
        }
        catch
        {
            FileSystem.RemoveLeftover(aside);
            throw;
        }

        return Keep(id, bytes.Length, aside);
    }

    private async ValueTask<BlobAddResult> AddLargeAsync(
        BlobId id, long? size, Stream content, BlobHasher hasher, CancellationToken cancellationToken)
    {
        var aside = store.NextAside();
        try
        {
            long length;
            using (var file = FileSystem.CreateFile(aside, DirectoryBlobStore.FileMode))
            {
                length = await CopyAsync(file, aside, size, content, hasher, cancellationToken);
            }

            var actual = hasher.Finish();
            if (actual == id)
            {
                return Keep(id, length, aside);
            }

            FileSystem.RemoveLeftover(aside);
            return new BlobAddResult(BlobAddStatus.Mismatch, length, actual);
        }
        catch
        {
            FileSystem.RemoveLeftover(aside);
            throw;
        }
    }

    private async ValueTask<long> CopyAsync(
        SafeFileHandle file, string aside, long? size, Stream content, BlobHasher hasher, CancellationToken cancellationToken)
    {
        var (length, reserved, flushed) = (0L, 0L, 0L);
        while (true)
        {
            var read = await ReadAsync(size - length, content, cancellationToken);
            if (read == 0)
            {
                FileSystem.BeginFlush(file, flushed, length - flushed);
                return length == size || size is null ? length : throw EndsEarly(length, size.Value);
            }

            if (length + read > store.Traits.MaxBlobBytes)
            {
                throw store.TooLarge();
            }

            if (size >= ReserveFrom && length + read > reserved)
            {
                var step = Math.Min(ReserveStep, size.Value - reserved);
                FileSystem.Reserve(file, aside, reserved, step);
                reserved += step;
            }

            hasher.Append(buffer.AsSpan(0, read));
            Write(file, aside, buffer.AsSpan(0, read), length);
            length += read;
            if (length - flushed >= FlushStep)
            {
                FileSystem.BeginFlush(file, flushed, length - flushed);
                flushed = length;
            }
        }
    }

    private ValueTask<int> ReadAsync(long? remaining, Stream content, CancellationToken cancellationToken) =>
        content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(BufferBytes, remaining ?? BufferBytes)), cancellationToken);

    private BlobAddResult Keep(BlobId id, long size, string aside)
    {
        pending.Add(id, new PendingBlob(id, size, aside));
        return new BlobAddResult(BlobAddStatus.Stored, size, id);
    }

    private static void Write(SafeFileHandle file, string path, ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(file, bytes, offset);
        }

        // The last is what the framework makes of a file that gets larger than the file system or a limit allows (EFBIG).
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            throw ErrorNumber.ToException(e, path);
        }
    }

    private static EndOfStreamException EndsEarly(long length, long size) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The bytes ended after {length} of {size}."));
}

/// <summary>A blob that is written aside and has no name yet.</summary>
/// <param name="Id">The blob.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Aside">Its file.</param>
internal readonly record struct PendingBlob(BlobId Id, long Size, string Aside);
