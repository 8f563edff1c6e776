using Microsoft.Win32.SafeHandles;
using RpcStore.Core.Blobs.Index;
using RpcStore.Core.Disk;

namespace RpcStore.Core.Blobs.Directory;

/// <summary>Makes durable what was written: contents before they get their names, names before they are told. Safe to use from any thread.</summary>
internal sealed class BlobFlush : IDisposable
{
    // Up to this many files are flushed one by one: for more, one flush of the whole file system is faster.
    private const int FewFiles = 4;

    private readonly BlobLayout layout;
    private readonly BlobIndex index;
    private readonly SafeFileHandle root;
    private readonly FlushGroup group;

    /// <param name="layout">Where the blobs are.</param>
    /// <param name="index">Learns of flushes that failed.</param>
    /// <exception cref="StoreException">The directory cannot be opened.</exception>
    public BlobFlush(BlobLayout layout, BlobIndex index)
    {
        this.layout = layout;
        this.index = index;
        root = FileSystem.OpenFolder(layout.Root);
        group = new FlushGroup(() => FileSystem.FlushFileSystem(root, layout.Root));
    }

    /// <summary>Flushes of the file system that failed so far: what was written before one of them cannot be relied on.</summary>
    public long Failures => group.Failures;

    /// <summary>Flushes the contents of files that were written aside.</summary>
    /// <param name="blobs">The files.</param>
    /// <param name="failuresBefore"><see cref="Failures"/> before the first of them was written.</param>
    /// <exception cref="StoreException">The disk could not write them, or something that was written with them.</exception>
    public async ValueTask FlushContentsAsync(PendingBlob[] blobs, long failuresBefore)
    {
        await DoubtOnFailureAsync(() => FlushEachOrAllAsync(blobs));
        if (group.Failures != failuresBefore)
        {
            // The kernel told another flush that it could not write something, and would not tell this one.
            throw ErrorNumber.ToException(ErrorNumber.InputOutput, layout.Root, new IOException("A flush failed meanwhile."));
        }
    }

    /// <summary>Flushes the names in folders.</summary>
    /// <exception cref="StoreException">The disk could not write them.</exception>
    public ValueTask FlushNamesAsync(HashSet<string> folders) => DoubtOnFailureAsync(() => FlushEachOrAllAsync(folders));

    /// <inheritdoc/>
    public void Dispose() => root.Dispose();

    /// <summary>Flushes, and no longer relies on the index on the disk when that fails: the kernel tells of a lost page once.</summary>
    private async ValueTask DoubtOnFailureAsync(Func<ValueTask> flushAsync)
    {
        try
        {
            await flushAsync();
        }
        catch (StoreException)
        {
            index.Doubt();
            throw;
        }
    }

    private async ValueTask FlushEachOrAllAsync(PendingBlob[] blobs)
    {
        if (blobs.Length > FewFiles)
        {
            await group.FlushAsync();
            return;
        }

        foreach (var blob in blobs)
        {
            var file = FileSystem.OpenFile(blob.Aside)
                ?? throw ErrorNumber.ToException(ErrorNumber.NoEntry, blob.Aside, new FileNotFoundException("A file that was just written is gone."));
            using (file.Handle)
            {
                FileSystem.FlushData(file.Handle, blob.Aside);
            }
        }
    }

    private async ValueTask FlushEachOrAllAsync(HashSet<string> folders)
    {
        if (folders.Count > FewFiles * 3)
        {
            await group.FlushAsync();
            return;
        }

        foreach (var folder in folders)
        {
            FileSystem.FlushFolder(folder);
        }
    }
}
