using RpcStore.Core.Blobs.Index;
using RpcStore.Core.Disk;

namespace RpcStore.Core.Blobs.Directory;

/// <summary>
/// Brings index and directory together at the start, after whatever ended the process before (spec/storage-layout.md, "The
/// index"), and removes what it left half done.
/// </summary>
internal static class IndexRecovery
{
    /// <summary>Opens the index of a directory; it is empty where it cannot be trusted.</summary>
    public static BlobIndex OpenIndex(BlobLayout layout) => BlobIndex.Open(layout.Index, ReadBoot());

    /// <summary>Makes the index tell what the directory holds.</summary>
    /// <param name="layout">The directory.</param>
    /// <param name="index">Its index, as it was opened.</param>
    /// <param name="intents">What was about to change when the process ended.</param>
    /// <param name="cancellationToken">Stops it; the index must not be used then.</param>
    /// <exception cref="StoreException">The directory cannot be read.</exception>
    public static void Run(BlobLayout layout, BlobIndex index, IntentLog intents, CancellationToken cancellationToken)
    {
        if (index.IsTrusted)
        {
            foreach (var id in intents.ReadAll())
            {
                if (layout.Stat(id) is { } info)
                {
                    index.Add([info]);
                }
                else
                {
                    index.Remove(id);
                }
            }
        }
        else
        {
            Rebuild(layout, index, cancellationToken);
        }

        foreach (var file in System.IO.Directory.EnumerateFiles(layout.Incoming))
        {
            FileSystem.Unlink(file);
        }
    }

    private static void Rebuild(BlobLayout layout, BlobIndex index, CancellationToken cancellationToken)
    {
        foreach (var folder in new DirectoryListing(layout).Enumerate(null, ""))
        {
            cancellationToken.ThrowIfCancellationRequested();
            index.Add([.. folder.Select(layout.Stat).Where(info => info is not null).Select(info => info!.Value)]);
        }
    }

    // Tells whether the machine was started since the index was last written.
    private static Guid ReadBoot() => Guid.Parse(File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());
}
