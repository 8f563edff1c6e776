using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using RpcStore.Core.Tar;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Tar;

/// <summary>Writes blobs as entries of a tar batch: the same blobs give the same bytes. For one caller at a time.</summary>
/// <param name="output">Takes the bytes; is flushed, not completed.</param>
internal sealed class TarBatchWriter(PipeWriter output)
{
    /// <summary>Bytes of the end: two blocks of zeroes.</summary>
    public const long EndBytes = 2 * TarHeader.BlockBytes;

    // What is read and sent at once. It is also how much may wait unsent, so that small blobs share a call of the system.
    private const int ChunkBytes = 256 << 10;

    /// <summary>Whether nothing of an entry was written that is not written whole.</summary>
    public bool IsAtBoundary { get; private set; } = true;

    /// <summary>Bytes that a blob of this size takes in the tar.</summary>
    public static long GetEntryBytes(long size)
    {
        var pax = size > TarHeader.MaxOctalSize ? 2 * TarHeader.BlockBytes : 0;
        return pax + TarHeader.BlockBytes + size + TarHeader.PaddingOf(size);
    }

    /// <summary>Writes a blob. Its first bytes are read before anything of the entry is written.</summary>
    public async ValueTask WriteAsync(BlobReader blob, Action<int, long> progress, CancellationToken cancellationToken)
    {
        var size = blob.Info.Size;
        var head = (int)GetEntryBytes(0) + (size > TarHeader.MaxOctalSize ? 2 * TarHeader.BlockBytes : 0);
        var offset = 0L;
        do
        {
            var before = offset == 0 ? head : 0;
            var wanted = (int)Math.Min(ChunkBytes, size - offset);
            var buffer = output.GetMemory(before + Math.Max(wanted, 1));
            var read = wanted == 0 ? 0 : await blob.ReadAsync(offset, buffer.Slice(before, wanted), cancellationToken);
            if (read == 0 && wanted > 0)
            {
                throw new StoreException(Fault.Corrupt, $"The blob {blob.Info.Id} ended after {offset} of {size} bytes.")
                {
                    Details = new Dictionary<string, object> { ["id"] = blob.Info.Id.ToString() },
                };
            }

            if (before > 0)
            {
                WriteHead(buffer.Span, blob.Info.Id, size);
                IsAtBoundary = false;
            }

            output.Advance(before + read);
            offset += read;
            progress(0, read);
            await FlushIfFullAsync(cancellationToken);
        }
        while (offset < size);

        WriteZeroes(TarHeader.PaddingOf(size));
        IsAtBoundary = true;
    }

    /// <summary>Writes the end, and sends everything.</summary>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        WriteZeroes((int)EndBytes);
        await FlushAsync(cancellationToken);
    }

    private static void WriteHead(Span<byte> head, BlobId id, long size)
    {
        Span<byte> name = stackalloc byte[BlobId.MaxTextLength];
        id.TryFormat(name, out var length);
        name = name[..length];
        if (size > TarHeader.MaxOctalSize)
        {
            // LENGTH counts its own digits: " size=" and LF are 7, the size has 10 to 19 digits, so LENGTH has two.
            var digits = size.ToString(CultureInfo.InvariantCulture);
            var record = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{digits.Length + 9} size={digits}\n"));
            TarHeader.Write(head, name, record.Length, TarHeader.PaxHeader);
            head = head[TarHeader.BlockBytes..];
            head[..TarHeader.BlockBytes].Clear();
            record.CopyTo(head);
            head = head[TarHeader.BlockBytes..];
        }

        TarHeader.Write(head, name, size, TarHeader.RegularFile);
    }

    private void WriteZeroes(int count)
    {
        output.GetSpan(Math.Max(count, 1))[..count].Clear();
        output.Advance(count);
    }

    private ValueTask FlushIfFullAsync(CancellationToken cancellationToken) =>
        output.CanGetUnflushedBytes && output.UnflushedBytes < ChunkBytes ? ValueTask.CompletedTask : FlushAsync(cancellationToken);

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        var result = await output.FlushAsync(cancellationToken);
        if (result.IsCompleted)
        {
            throw new OperationCanceledException("The receiver closed the connection before the end of the batch.", cancellationToken);
        }
    }
}
