using System.Buffers;

namespace RpcStore.Core.Tar;

/// <summary>The bytes of a tar through one buffer, counted against the limit. For one caller at a time.</summary>
internal sealed class TarInput(Stream stream, TarLimits limits) : IDisposable
{
    // Large enough that a call of the system costs little beside its bytes.
    private const int BufferBytes = 256 << 10;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int start;
    private int end;
    private long received;

    /// <summary>Bytes taken so far.</summary>
    public long Position => received - (end - start);

    /// <summary>The block that was read last; valid until the next read.</summary>
    public ReadOnlyMemory<byte> LastBlock { get; private set; }

    /// <summary>Takes a block of 512 bytes.</summary>
    /// <returns>Empty at the end of the stream.</returns>
    /// <exception cref="StoreException">The stream ends inside a block, or is longer than allowed.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadBlockAsync(CancellationToken cancellationToken)
    {
        while (end - start < TarHeader.BlockBytes)
        {
            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (start, end) = (0, end - start);
            }

            var read = await ReceiveAsync(buffer.AsMemory(end), cancellationToken);
            if (read == 0)
            {
                return end == start
                    ? ReadOnlyMemory<byte>.Empty
                    : throw new StoreException(Fault.Invalid, $"The {limits.Subject} ends inside a header, at offset {received}.")
                    {
                        Details = new Dictionary<string, object> { ["pointer"] = "", ["reason"] = $"the {limits.Noun} ends inside a header" },
                    };
            }

            end += read;
        }

        LastBlock = buffer.AsMemory(start, TarHeader.BlockBytes);
        start += TarHeader.BlockBytes;
        return LastBlock;
    }

    /// <summary>Takes bytes; what the buffer does not hold comes straight from the stream when that saves a copy.</summary>
    /// <returns>0 at the end of the stream.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (start == end)
        {
            if (destination.Length >= BufferBytes / 2)
            {
                return await ReceiveAsync(destination, cancellationToken);
            }

            (start, end) = (0, await ReceiveAsync(buffer, cancellationToken));
        }

        var count = Math.Min(destination.Length, end - start);
        buffer.AsSpan(start, count).CopyTo(destination.Span);
        start += count;
        return count;
    }

    /// <summary>Passes over bytes.</summary>
    /// <returns>How many of them there were not.</returns>
    public async ValueTask<long> SkipAsync(long count, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            if (start == end)
            {
                (start, end) = (0, await ReceiveAsync(buffer, cancellationToken));
                if (end == 0)
                {
                    return count;
                }
            }

            var skipped = (int)Math.Min(count, end - start);
            start += skipped;
            count -= skipped;
        }

        return 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        var read = await stream.ReadAsync(destination, cancellationToken);
        received += read;
        return received <= limits.MaxBytes ? read : throw limits.TooLarge("bytes", limits.BytesLimit, limits.MaxBytes);
    }
}
