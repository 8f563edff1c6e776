using System.Buffers;
using RpcStore.Digests;

namespace RpcStore.Client.Bulk;

/// <summary>A source whose id and size are known, or why they are not.</summary>
internal sealed record HashedSource(BlobSource Source, BlobId Id, long Size, string? Failure)
{
    private const int BufferSize = 128 << 10;

    /// <summary>Reads a source and hashes it. A source that cannot be read is a result like any other.</summary>
    public static async Task<HashedSource> ComputeAsync(BlobSource source, DigestFunction function, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        using var hasher = BlobHasher.Rent(function);
        try
        {
            await using var stream = source.Open();
            var size = 0L;
            for (int read; (read = await ReadAsync(stream, buffer, cancellationToken).ConfigureAwait(false)) > 0; size += read)
            {
                hasher.Append(buffer.AsSpan(0, read));
            }

            return new HashedSource(source, hasher.Finish(), size, Failure: null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new HashedSource(source, default, 0, e.Message);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// Files are read at once: this runs on a thread of the pool, and an asynchronous read of a file would only ask for
    /// another one, which costs more than a small file itself.
    /// </summary>
    private static ValueTask<int> ReadAsync(Stream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        if (stream is FileStream)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new(stream.Read(buffer, 0, buffer.Length));
        }

        return stream.ReadAsync(buffer, cancellationToken);
    }
}
