using System.Buffers;
using System.Runtime.CompilerServices;
using RpcStore.Contract;
using RpcStore.JsonRpc;

namespace RpcStore.Client.Bulk;

/// <summary>Reads the result of a batch from the server's answer.</summary>
internal static class BatchResultReader
{
    private const int FirstBufferSize = 64 << 10;

    /// <summary>The entries in the order of the batch.</summary>
    /// <exception cref="RpcException">After the last entry: an error ended the batch, and these entries are what is durable.</exception>
    /// <exception cref="InvalidDataException">The answer is no result of a batch.</exception>
    public static async IAsyncEnumerable<BatchEntryResult> ReadAsync(
        Stream answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parser = new BatchResultParser();
        var entries = new List<BatchEntryResult>();
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBufferSize);
        try
        {
            var filled = 0;
            for (var isLast = false; !isLast;)
            {
                var read = await answer.ReadAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false);
                isLast = read == 0;
                filled += read;
                var taken = parser.Read(buffer.AsSpan(0, filled), isLast, entries);
                foreach (var entry in entries)
                {
                    yield return entry;
                }

                entries.Clear();
                buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
                filled -= taken;
                buffer = GrowIfFull(buffer, filled);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (parser.Error is { } error)
        {
            throw new RpcException(error);
        }
    }

    private static byte[] GrowIfFull(byte[] buffer, int filled)
    {
        if (filled < buffer.Length)
        {
            return buffer;
        }

        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
