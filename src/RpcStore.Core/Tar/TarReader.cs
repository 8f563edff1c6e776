using System.Globalization;

namespace RpcStore.Core.Tar;

/// <summary>
/// Reads the entries of a tar one after another, whatever its length, with one buffer: ustar, pax and GNU's long names. For
/// one caller at a time.
/// </summary>
/// <remarks>
/// The bytes come from anybody: every length is checked before it is used, nothing is kept but the entry at hand, and what is
/// malformed is told by entry and offset. What is told of an entry is valid until its content or the next entry is read.
/// </remarks>
internal sealed class TarReader : IDisposable
{
    private const int MaxPaxBytes = 64 << 10;
    private const int MaxLongNameBytes = 4 << 10;

    private readonly TarInput input;
    private readonly TarLimits limits;
    private readonly PaxRecords global = new();
    private readonly PaxRecords local = new();
    private readonly TarContentStream content;
    private readonly byte[] nameBuffer = new byte[TarHeader.MaxNameBytes];
    private byte[]? longName;
    private byte[]? longLink;
    private long headerOffset;
    private bool isInEntry;

    /// <summary>Reads from a stream of tar bytes, already decompressed.</summary>
    /// <param name="stream">Read to its end; not disposed.</param>
    /// <param name="limits">How large the tar may be, and what errors call it.</param>
    public TarReader(Stream stream, TarLimits limits)
    {
        this.limits = limits;
        input = new TarInput(stream, limits);
        content = new TarContentStream(input, this);
    }

    /// <summary>The entry's place, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Its type: one of the flags in <see cref="TarHeader"/>, or something else.</summary>
    public byte TypeFlag { get; private set; }

    /// <summary>Bytes that its header tells; links and the like have no content all the same.</summary>
    public long Size { get; private set; }

    /// <summary>Its name, as it was sent.</summary>
    public ReadOnlyMemory<byte> Name { get; private set; }

    /// <summary>Whether GNU wrote it as a sparse file, whose content is not the bytes of the file.</summary>
    public bool IsSparse => TypeFlag == TarHeader.GnuSparse || local.IsSparse || global.IsSparse;

    /// <summary>Whether blocks of zeroes said that the tar is whole. Meaningful at the end.</summary>
    public bool HasEnd { get; private set; }

    /// <summary>The content of the entry at hand: as many bytes as its size says. Need not be read.</summary>
    /// <remarks>Reading throws a <see cref="StoreException"/> when the tar ends inside it.</remarks>
    public Stream Content => content;

    /// <summary>What errors call the tar.</summary>
    internal string Noun => limits.Noun;

    /// <summary>Goes to the next entry.</summary>
    /// <returns>False at the end of the tar, after whatever follows it was read.</returns>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Invalid"/>: the tar is malformed; <see cref="Fault.TooLarge"/>: it passes a limit. Nothing can be
    /// read any more.
    /// </exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        await content.SkipAsync(cancellationToken);
        Forget();
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
                HasEnd = true;
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
            if (await ReadExtensionAsync(typeFlag, size, cancellationToken))
            {
                await content.SkipAsync(cancellationToken);
                continue;
            }

            if (TakeEntry(typeFlag, size))
            {
                await ReadContinuationAsync(TarHeader.IsContinued(block.Span), cancellationToken);
                return true;
            }

            Forget();
        }
    }

    /// <summary>What a link points to.</summary>
    public ReadOnlyMemory<byte> ReadLink() => (local.LinkPath ?? longLink) is { } announced
        ? announced.AsMemory().TrimEnd((byte)0)
        : global.LinkPath ?? TarHeader.ReadLink(input.LastBlock.Span).ToArray();

    /// <summary>Owner, time and the like.</summary>
    /// <exception cref="StoreException"><see cref="Fault.Invalid"/>: one of them is no number.</exception>
    public TarMetadata ReadMetadata() => new(
        ReadNumber(TarHeader.ModeField, "mode"),
        local.Uid ?? global.Uid ?? ReadNumber(TarHeader.UidField, "owner"),
        local.Gid ?? global.Gid ?? ReadNumber(TarHeader.GidField, "group"),
        local.ModifiedAt ?? global.ModifiedAt ?? ReadNumber(TarHeader.ModifiedField, "time"),
        TypeFlag is TarHeader.CharacterDevice or TarHeader.BlockDevice ? ReadNumber(TarHeader.MajorField, "major number") : 0,
        TypeFlag is TarHeader.CharacterDevice or TarHeader.BlockDevice ? ReadNumber(TarHeader.MinorField, "minor number") : 0);

    /// <inheritdoc/>
    public void Dispose() => input.Dispose();

    /// <summary>The error for bytes that are no tar, naming the entry and the place.</summary>
    public StoreException Malformed(string reason, bool atHeader = false, Exception? inner = null)
    {
        var number = atHeader && !isInEntry ? Number + 1 : Math.Max(Number, 1);
        var offset = atHeader ? headerOffset : input.Position;
        var name = isInEntry ? $" ({TarHeader.ToText(Name.Span)})" : "";
        return new StoreException(
            Fault.Invalid,
            string.Create(CultureInfo.InvariantCulture, $"The {limits.Subject} is malformed at entry {number}{name}, offset {offset}: {reason}."),
            inner)
        {
            Details = new Dictionary<string, object> { ["pointer"] = "", ["reason"] = reason },
        };
    }

    private void Forget()
    {
        local.Clear();
        (longName, longLink, isInEntry) = (null, null, false);
    }

    private bool AtEnd() => longName is null && longLink is null && local.IsEmpty
        ? false
        : throw Malformed($"the {Noun} ends after a header that announces an entry");

    private long ReadNumber((int Start, int Length) field, string what) =>
        TarHeader.TryReadNumber(input.LastBlock.Span, field, out var value)
            ? value
            : throw Malformed($"the header's {what} cannot be read", atHeader: true);

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
                headerOffset = input.Position - TarHeader.BlockBytes;
                throw Malformed(
                    string.Create(CultureInfo.InvariantCulture, $"there are bytes behind the end of the {Noun}, which is at offset {offset}"),
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
                throw Malformed($"the {Noun} ends inside the map of a sparse file");
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
                longLink = await ReadSmallAsync(size, MaxPaxBytes, "a long link target", cancellationToken);
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
    /// <returns>False for the folder entry that <c>tar -c .</c> begins with, where the limits leave it out.</returns>
    private bool TakeEntry(byte typeFlag, long headerSize)
    {
        TypeFlag = typeFlag;
        Size = local.Size ?? global.Size ?? headerSize;
        Name = TakeName();
        if (limits.SkipsRoot && typeFlag == TarHeader.Folder && Name.Span is [(byte)'.', (byte)'/'] or [(byte)'.'])
        {
            content.Begin(0);
            return false;
        }

        if (++Number > limits.MaxEntries)
        {
            throw limits.TooLarge("entries", limits.EntriesLimit, limits.MaxEntries);
        }

        // Links and the like carry no content, whatever size they have; of other types nothing is known, so it is believed.
        content.Begin(typeFlag is >= TarHeader.HardLink and <= TarHeader.Fifo ? 0 : Size);
        isInEntry = true;
        return true;
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
}
