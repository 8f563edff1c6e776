using RpcStore.Core.Disk;

namespace RpcStore.Core.Blobs.Directory;

/// <summary>
/// Space of the disk that blobs leave free, so that what must be written to delete them, and to record that, still can be.
/// Several who write at once may take a little of it. Safe to use from any thread.
/// </summary>
internal sealed class DiskReserve
{
    // A journal of some ten thousand entries, with what SQLite writes beside it before it moves it into place.
    private const long MaxBytes = 16L << 20;

    private readonly string folder;
    private readonly DriveInfo disk;
    private readonly long reserve;

    /// <param name="folder">A folder of blobs.</param>
    /// <param name="dataFolder">The data directory, with the catalog. Blobs on a disk of their own need leave nothing free.</param>
    /// <exception cref="IOException">The disk cannot be asked.</exception>
    public DiskReserve(string folder, string dataFolder)
    {
        this.folder = folder;
        disk = new DriveInfo(folder);
        var isShared = FileStatus.Of(folder)?.Device == FileStatus.Of(dataFolder)?.Device;
        reserve = isShared ? Math.Min(MaxBytes, disk.TotalSize / 2) : 0;
    }

    /// <summary>Makes sure that so many bytes leave the reserve free.</summary>
    /// <exception cref="StoreException"><see cref="Fault.Full"/>: they would not; or the disk cannot be asked.</exception>
    public void Ensure(long bytes)
    {
        if (reserve == 0)
        {
            return;
        }

        long free;
        try
        {
            free = disk.AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ErrorNumber.ToException(e, folder);
        }

        if (free - bytes < reserve)
        {
            throw new StoreException(
                Fault.Full,
                $"The disk is full: {free >> 20} MiB are free, of which {reserve >> 20} MiB are kept for the journal. Free some space, or delete blobs.");
        }
    }
}
