using System.Globalization;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Tar;

/// <summary>
/// Reads the entries of a tar batch one after another (spec/tar-batch.md, section 1), whatever its length, with one buffer.
/// For one caller at a time.
/// </summary>
/// <remarks>
/// The bytes come from anybody: every length is checked before it is used, nothing is kept but the name of the entry at
/// hand, and what is malformed is told by entry and offset.
/// </remarks>
public sealed class TarBatchReader : IDisposable
{
    private const int MaxPaxBytes = 64 << 10;
    private const int MaxLongNameBytes = 4 << 10;

    private readonly TarInput input;
    private readonly BatchLimits limits;
    private readonly PaxRecords global = new();
    private readonly PaxRecords local = new();
    private readonly TarContentStream content;
    private readonly byte[] nameBuffer = new byte[TarHeader.MaxNameBytes];
    private byte[]? longName;
    private long entries;
    private long headerOffset;
    private string? current;

    /// <summary>Reads from a stream of tar bytes, already decompressed.</summary>
    /// <param name="stream">Read to its end; not disposed.</param>
    /// <param name="limits">How large the batch may be.</param>
    public TarBatchReader(Stream stream, BatchLimits limits)
    {
        this.limits = limits;
        input = new TarInput(stream, limits.MaxBytes);
        content = new TarContentStream(input, this);
    }

    /// <summary>The content of the entry that was read last: as many bytes as its size says. Need not be read.</summary>
    /// <remarks>Reading throws a <see cref="StoreException"/> when the batch ends inside it.</remarks>
    public Stream Content => content;

    /// <summary>Goes to the next entry.</summary>
    /// <returns>Null at the end of the batch, after whatever follows it was read.</returns>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Invalid"/>: the tar is malformed; <see cref="Fault.TooLarge"/>: it passes a limit. Nothing can be
    /// read any more.
    /// </exception>
    public async ValueTask<TarEntry?> ReadEntryAsync(CancellationToken cancellationToken)
    {
        await content.SkipAsync(cancellationToken);
        current = null;
        while (true)
        {
            var block = await input.ReadBlockAsync(cancellationToken);
            if (block.IsEmpty)
            {
                return AtEnd();
            }

            headerOffset = input.Position - TarHeader.BlockBytes;
            if (TarHeader.IsZero(block.Span))
            {
                await ReadEndAsync(cancellationToken);
                return AtEnd();
            }

            if (!TarHeader.HasValidChecksum(block.Span))
            {
                throw Malformed("the header's checksum is wrong: this is no tar header", atHeader: true);
            }

            if (!TarHeader.TryReadSize(block.Span, out var size))
            {
                throw Malformed("the header's size cannot be read", atHeader: true);
            }

            var typeFlag = TarHeader.GetTypeFlag(block.Span);
            var isContinued = TarHeader.IsContinued(block.Span);
            if (!await ReadExtensionAsync(typeFlag, size, cancellationToken)
                && ReadEntry(typeFlag, size) is { } entry)
            {
                await ReadContinuationAsync(isContinued, cancellationToken);
                return entry;
            }

            await content.SkipAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => input.Dispose();

    /// <summary>The error for bytes that are no tar, naming the entry and the place.</summary>
    internal StoreException Malformed(string reason, bool atHeader = false, Exception? inner = null)
    {
        var number = atHeader ? entries + 1 : Math.Max(entries, 1);
        var offset = atHeader ? headerOffset : input.Position;
        var name = current is null ? "" : $" ({current})";
        return new StoreException(
            Fault.Invalid,
            string.Create(CultureInfo.InvariantCulture, $"The tar batch is malformed at entry {number}{name}, offset {offset}: {reason}."),
            inner)
        {
            Details = new Dictionary<string, object> { ["pointer"] = "", ["reason"] = reason },
        };
    }

    private TarEntry? AtEnd() =>
        longName is null && local.IsEmpty ? null : throw Malformed("the batch ends after a header that announces an entry");

    private async ValueTask ReadEndAsync(CancellationToken cancellationToken)
    {
        var offset = input.Position;
        while (true)
        {
            var block = await input.ReadBlockAsync(cancellationToken);
            if (block.IsEmpty)
            {
                return;
            }

            if (!TarHeader.IsZero(block.Span))
            {
                current = null;
                headerOffset = input.Position - TarHeader.BlockBytes;
                throw Malformed(
                    string.Create(CultureInfo.InvariantCulture, $"there are bytes behind the end of the batch, which is at offset {offset}"),
                    atHeader: true);
            }
        }
    }

    /// <summary>GNU's map of a sparse file goes on in blocks behind the header, before the content.</summary>
    private async ValueTask ReadContinuationAsync(bool isContinued, CancellationToken cancellationToken)
    {
        while (isContinued)
        {
            var block = await input.ReadBlockAsync(cancellationToken);
            if (block.IsEmpty)
            {
                throw Malformed("the batch ends inside the map of a sparse file");
            }

            isContinued = TarHeader.IsContinuationContinued(block.Span);
        }
    }

    /// <summary>Reads what only announces the next entry.</summary>
    /// <returns>False when the header is that of an entry.</returns>
    private async ValueTask<bool> ReadExtensionAsync(byte typeFlag, long size, CancellationToken cancellationToken)
    {
        switch (typeFlag)
        {
            case TarHeader.PaxHeader:
                await ReadPaxAsync(local, size, cancellationToken);
                return true;
            case TarHeader.PaxGlobalHeader:
                await ReadPaxAsync(global, size, cancellationToken);
                return true;
            case TarHeader.GnuLongName:
                longName = await ReadSmallAsync(size, MaxLongNameBytes, "a long name", cancellationToken);
                return true;
            case TarHeader.GnuLongLink:
                await ReadSmallAsync(size, MaxPaxBytes, "a long link target", cancellationToken);
                return true;
            default:
                return false;
        }
    }

    private async ValueTask ReadPaxAsync(PaxRecords records, long size, CancellationToken cancellationToken)
    {
        var bytes = await ReadSmallAsync(size, MaxPaxBytes, "a pax header", cancellationToken);
        if (records.Read(bytes) is { } problem)
        {
            throw Malformed(problem, atHeader: true);
        }
    }

    private async ValueTask<byte[]> ReadSmallAsync(long size, int maximum, string what, CancellationToken cancellationToken)
    {
        if (size > maximum)
        {
            throw Malformed(
                string.Create(CultureInfo.InvariantCulture, $"{what} of {size} bytes, where {maximum} are allowed"), atHeader: true);
        }

        content.Begin(size);
        var bytes = new byte[size];
        await content.ReadExactlyAsync(bytes, cancellationToken);
        await content.SkipAsync(cancellationToken);
        return bytes;
    }

    /// <summary>Puts together what the header and those before it say.</summary>
    /// <returns>Null for the folder entry that <c>tar -c .</c> writes.</returns>
    private TarEntry? ReadEntry(byte typeFlag, long headerSize)
    {
        var size = local.Size ?? global.Size ?? headerSize;
        var name = TakeName();
        var isSparse = local.IsSparse || global.IsSparse;
        local.Clear();
        longName = null;
        if (typeFlag == TarHeader.Folder && name.Span is [(byte)'.', (byte)'/'] or [(byte)'.'])
        {
            content.Begin(0);
            return null;
        }

        if (++entries > limits.MaxEntries)
        {
            throw new StoreException(
                Fault.TooLarge,
                $"The tar batch has more than {limits.MaxEntries} entries (maxBatchEntries). Send it in parts.")
            {
                Details = new Dictionary<string, object> { ["limit"] = "maxBatchEntries", ["maximum"] = limits.MaxEntries },
            };
        }

        // Links and the like carry no content, whatever size they have; of other types nothing is known, so it is believed.
        content.Begin(typeFlag is >= (byte)'1' and <= (byte)'6' ? 0 : size);
        var text = name.Span.StartsWith("./"u8) ? name.Span[2..] : name.Span;
        var isId = BlobId.TryParse(text, out var id);
        var invalid = WhyInvalid(typeFlag, isSparse, isId, size);
        var shown = isId && invalid is null ? null : TarHeader.ToText(name.Span);
        current = shown ?? id.ToString();
        return new TarEntry(entries, id, size, shown, invalid);
    }

    private ReadOnlyMemory<byte> TakeName()
    {
        if ((local.Path ?? longName) is { } announced)
        {
            return announced.AsMemory().TrimEnd((byte)0);
        }

        if (global.Path is { } shared)
        {
            return shared;
        }

        return nameBuffer.AsMemory(0, TarHeader.ReadName(input.LastBlock.Span, nameBuffer));
    }

    private string? WhyInvalid(byte typeFlag, bool isSparse, bool isId, long size) => typeFlag switch
    {
        (byte)'1' or (byte)'2' => "a link is no blob",
        (byte)'3' or (byte)'4' => "a device is no blob",
        TarHeader.Folder => "a folder is no blob",
        (byte)'6' => "a FIFO is no blob",
        TarHeader.GnuSparse => "a sparse file does not hold the bytes of a blob",
        _ when isSparse => "a sparse file does not hold the bytes of a blob",
        TarHeader.RegularFile or 0 when !isId => "the name is not a blob id",
        TarHeader.RegularFile or 0 when size > limits.MaxBlobBytes =>
            $"{size} bytes are more than a blob may have ({limits.MaxBlobBytes}, maxBlobBytes)",
        TarHeader.RegularFile or 0 => null,
        _ => $"an entry of type 0x{typeFlag:x2} is no blob",
    };
}
