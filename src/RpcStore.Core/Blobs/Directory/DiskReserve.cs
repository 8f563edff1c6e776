namespace RpcStore.Core.Blobs.Directory;

/// <summary>
/// Space of the disk that blobs leave free, so that what must be written to delete them, and to record that, still can be.
/// Several who write at once may take a little of it. Safe to use from any thread.
/// </summary>
/// <param name="folder">A folder of blobs.</param>
/// <param name="dataFolder">The data directory, with the catalog. Blobs on a disk of their own need leave nothing free.</param>
internal sealed class DiskReserve(string folder, string dataFolder)
{
    // A journal of some ten thousand entries, with what SQLite writes beside it before it moves it into place.
    private const long MaxBytes = 16L << 20;

    private readonly DriveInfo disk = new(folder);
    private readonly bool isShared = IsSame(new DriveInfo(folder), new DriveInfo(dataFolder));

    /// <summary>Makes sure that so many bytes leave the reserve free.</summary>
    /// <exception cref="StoreException"><see cref="Fault.Full"/>: they would not; or the disk cannot be asked.</exception>
    public void Ensure(long bytes)
    {
        if (!isShared)
        {
            return;
        }

        long free;
        long reserve;
        try
        {
            free = disk.AvailableFreeSpace;
            reserve = Math.Min(MaxBytes, disk.TotalSize / 2);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Disk.ErrorNumber.ToException(e, folder);
        }

        if (free - bytes < reserve)
        {
            throw new StoreException(
                Fault.Full,
                $"The disk is full: {free >> 20} MiB are free, of which {reserve >> 20} MiB are kept for the journal. Free some space, or delete blobs.");
        }
    }

    // The framework does not tell devices; two of the same size to the byte, and as full, are one.
    private static bool IsSame(DriveInfo one, DriveInfo other) =>
        one.TotalSize == other.TotalSize && one.TotalFreeSpace == other.TotalFreeSpace;
}
