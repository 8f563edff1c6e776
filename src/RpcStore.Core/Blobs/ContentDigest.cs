using System.Buffers;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs;

/// <summary>Reads content to its end without keeping it.</summary>
internal static class ContentDigest
{
    private const int BufferBytes = 64 << 10;

    /// <summary>Reads content of which the digest matters.</summary>
    /// <returns>How long it was, and the id of its bytes.</returns>
    /// <exception cref="EndOfStreamException">It ended before <paramref name="size"/>.</exception>
    public static async ValueTask<(long Length, BlobId Actual)> ReadAsync(
        DigestFunction function, long? size, Stream content, CancellationToken cancellationToken)
    {
        using var hasher = BlobHasher.Rent(function);
        var length = await ReadAsync(hasher, size, content, cancellationToken);
        return (length, hasher.Finish());
    }

    /// <summary>Reads content of which only the length matters.</summary>
    /// <returns>How long it was.</returns>
    /// <exception cref="EndOfStreamException">It ended before <paramref name="size"/>.</exception>
    public static ValueTask<long> SkipAsync(long? size, Stream content, CancellationToken cancellationToken) =>
        ReadAsync(null, size, content, cancellationToken);

    private static async ValueTask<long> ReadAsync(BlobHasher? hasher, long? size, Stream content, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var length = 0L;
            while (length != size)
            {
                var wanted = (int)Math.Min(buffer.Length, (size ?? long.MaxValue) - length);
                var read = await content.ReadAsync(buffer.AsMemory(0, wanted), cancellationToken);
                if (read == 0)
                {
                    return size is null ? length : throw new EndOfStreamException($"The content ended after {length} of {size} bytes.");
                }

                hasher?.Append(buffer.AsSpan(0, read));
                length += read;
            }

            return length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
