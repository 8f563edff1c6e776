using System.Formats.Tar;
using RpcStore.Digests;

namespace RpcStore.Client.Bulk;

/// <summary>Entries of a batch as spec/tar-batch.md, section 1, asks of a writer.</summary>
internal static class TarEntries
{
    /// <summary>Bytes that gather before they go to a socket or a file; larger pieces than that gain nothing.</summary>
    public const int BufferSize = 256 << 10;

    // 11 octal digits hold less than 8 GiB; beyond, a pax header says the size.
    private const long UstarSizeLimit = 1L << 33;

    private const int BlockSize = 512;

    /// <summary>The two empty blocks that end a batch.</summary>
    public const long EndBytes = 2 * BlockSize;

    /// <summary>Bytes that the entry of a blob takes, its header and its filling included; null where it needs a pax header.</summary>
    public static long? BytesOf(long size) =>
        size < UstarSizeLimit ? BlockSize + ((size + BlockSize - 1) / BlockSize * BlockSize) : null;

    /// <summary>An entry that holds a blob.</summary>
    public static TarEntry ForBlob(BlobId id, Stream content)
    {
        TarEntry entry = content.Length < UstarSizeLimit
            ? new UstarTarEntry(TarEntryType.RegularFile, id.ToString())
            : new PaxTarEntry(TarEntryType.RegularFile, id.ToString());
        entry.Mode = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        entry.ModificationTime = DateTimeOffset.UnixEpoch;
        entry.DataStream = content;
        return entry;
    }
}
