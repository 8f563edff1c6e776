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
