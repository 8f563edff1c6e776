using System.ComponentModel;
using RpcStore.Core.Blobs.Index;
using RpcStore.Core.Disk;

namespace RpcStore.Core.Blobs.Directory;

/// <summary>
/// Gives files that were written aside their names (spec/storage-layout.md): contents on the disk first, then the names, then the
/// index. Safe to use from any thread.
/// </summary>
internal sealed class BlobCommit(
    BlobLayout layout, BlobIndex index, IntentLog intents, NameGuard names, BlobFlush flush, TimeProvider time)
{
    private readonly BlobFolders folders = new();

    /// <summary>Makes files durable under their names, and then known.</summary>
    /// <param name="blobs">What was written aside; removed when it does not get its names.</param>
    /// <param name="failuresBefore"><see cref="BlobFlush.Failures"/> before the first of them was written.</param>
    /// <param name="cancellationToken">Stops before the first gets its name.</param>
    public async ValueTask RunAsync(PendingBlob[] blobs, long failuresBefore, CancellationToken cancellationToken)
    {
        var committed = false;
        var ids = Array.ConvertAll(blobs, blob => blob.Id);
        try
        {
            await flush.FlushContentsAsync(blobs, failuresBefore);
            cancellationToken.ThrowIfCancellationRequested();
            index.Reserve(blobs.Length);
            try
            {
                using var guarded = names.Begin(ids);
                var note = intents.Note(ids);
                await NameAsync(blobs, guarded, note);
                committed = true;
            }
            finally
            {
                index.Release(blobs.Length);
            }
        }
        finally
        {
            if (!committed)
            {
                Array.ForEach(blobs, blob => FileSystem.RemoveLeftover(blob.Aside));
            }
        }
    }

    private async ValueTask NameAsync(PendingBlob[] blobs, NameGuard.Commit guarded, string note)
    {
        try
        {
            await NameAllAsync(blobs, guarded, note);
        }
        catch (StoreException)
        {
            // Folders that were made for it may not be on the disk.
            folders.Forget();
            throw;
        }
    }

    private async ValueTask NameAllAsync(PendingBlob[] blobs, NameGuard.Commit guarded, string note)
    {
        var touched = new HashSet<string>();
        var infos = new BlobInfo[blobs.Length];
        var named = 0;
        try
        {
            foreach (var blob in blobs)
            {
                var path = layout.FileOf(blob.Id);
                var folder = Path.GetDirectoryName(path)!;
                if (folders.Ensure(folder))
                {
                    touched.Add(Path.GetDirectoryName(folder)!);
                    touched.Add(Path.GetDirectoryName(Path.GetDirectoryName(folder)!)!);
                }

                // Nothing that can fail stands between the name and the index: a blob with a name is known.
                var storedAt = FileStatus.Of(blob.Aside)?.ModifiedAt ?? time.GetUtcNow();
                touched.Add(folder);
                Rename(blob.Aside, path, folder);
                infos[named++] = new BlobInfo(blob.Id, blob.Size, storedAt);
            }
        }
        finally
        {
            // What got its name before a failure is a blob too. When even the flush fails, the note stays for the next start.
            await flush.FlushNamesAsync(touched);
            guarded.Complete(infos.AsSpan(0, named));
            FileSystem.RemoveLeftover(note);
        }
    }

    private void Rename(string aside, string path, string folder)
    {
        try
        {
            FileSystem.Rename(aside, path);
        }
        catch (StoreException e) when (e.InnerException?.InnerException is Win32Exception { NativeErrorCode: ErrorNumber.NoEntry })
        {
            // Somebody removed a folder that was there; make it again, once.
            folders.Forget();
            folders.Ensure(folder);
            FileSystem.Rename(aside, path);
        }
    }
}
