using RpcStore.Core.Tar;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Tar;

/// <summary>
/// Reads the entries of a tar batch one after another (spec/tar-batch.md, section 1), whatever its length, with one buffer.
/// For one caller at a time.
/// </summary>
public sealed class TarBatchReader : IDisposable
{
    private readonly BatchLimits limits;
    private readonly TarReader reader;

    /// <summary>Reads from a stream of tar bytes, already decompressed.</summary>
    /// <param name="stream">Read to its end; not disposed.</param>
    /// <param name="limits">How large the batch may be.</param>
    public TarBatchReader(Stream stream, BatchLimits limits)
    {
        this.limits = limits;
        reader = new TarReader(stream, new TarLimits
        {
            Subject = "tar batch",
            Noun = "batch",
            MaxEntries = limits.MaxEntries,
            EntriesLimit = "maxBatchEntries",
            MaxBytes = limits.MaxBytes,
            BytesLimit = "maxBatchBytes",
            Advice = "Send it in parts.",
            SkipsRoot = true,
        });
    }

    /// <summary>The content of the entry that was read last: as many bytes as its size says. Need not be read.</summary>
    /// <remarks>Reading throws a <see cref="StoreException"/> when the batch ends inside it.</remarks>
    public Stream Content => reader.Content;

    /// <summary>Goes to the next entry.</summary>
    /// <returns>Null at the end of the batch, after whatever follows it was read.</returns>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Invalid"/>: the tar is malformed; <see cref="Fault.TooLarge"/>: it passes a limit. Nothing can be
    /// read any more.
    /// </exception>
    public async ValueTask<TarEntry?> ReadEntryAsync(CancellationToken cancellationToken) =>
        await reader.ReadAsync(cancellationToken) ? ToEntry() : null;

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private TarEntry ToEntry()
    {
        var name = reader.Name.Span;
        var isId = BlobId.TryParse(name.StartsWith("./"u8) ? name[2..] : name, out var id);
        var invalid = WhyInvalid(isId);
        return new TarEntry(reader.Number, id, reader.Size, isId && invalid is null ? null : TarHeader.ToText(name), invalid);
    }

    private string? WhyInvalid(bool isId) => reader.TypeFlag switch
    {
        TarHeader.HardLink or TarHeader.SymbolicLink => "a link is no blob",
        TarHeader.CharacterDevice or TarHeader.BlockDevice => "a device is no blob",
        TarHeader.Folder => "a folder is no blob",
        TarHeader.Fifo => "a FIFO is no blob",
        _ when reader.IsSparse => "a sparse file does not hold the bytes of a blob",
        TarHeader.RegularFile or 0 when !isId => "the name is not a blob id",
        TarHeader.RegularFile or 0 when reader.Size > limits.MaxBlobBytes =>
            $"{reader.Size} bytes are more than a blob may have ({limits.MaxBlobBytes}, maxBlobBytes)",
        TarHeader.RegularFile or 0 => null,
        _ => $"an entry of type 0x{reader.TypeFlag:x2} is no blob",
    };
}
