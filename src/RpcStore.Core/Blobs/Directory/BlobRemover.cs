using RpcStore.Core.Blobs.Index;
using RpcStore.Core.Disk;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Directory;

/// <summary>Removes blobs from the directory and the index, so that both agree whatever fails in between. Safe to use from any thread.</summary>
internal sealed class BlobRemover(
    BlobLayout layout, BlobIndex index, IntentLog intents, NameGuard names, BlobFlush flush, TimeProvider time)
{
    /// <summary>Removes blobs, one after the other.</summary>
    /// <param name="ids">Which.</param>
    /// <param name="removed">Takes for each whether it was there.</param>
    /// <param name="removal">What becomes of them.</param>
    /// <param name="cancellationToken">Stops before the next; what was removed stays removed.</param>
    public async ValueTask RunAsync(
        ReadOnlyMemory<BlobId> ids, Memory<bool> removed, BlobRemoval removal, CancellationToken cancellationToken)
    {
        var note = NoteUnlessFull(ids.ToArray());
        var touched = new HashSet<string>();
        try
        {
            for (var i = 0; i < ids.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var path = layout.FileOf(ids.Span[i]);
                removed.Span[i] = names.Remove(ids.Span[i], id => RemoveFileOrKeep(id, path, removal));
                if (removed.Span[i])
                {
                    touched.Add(Path.GetDirectoryName(path)!);
                }
            }
        }
        finally
        {
            // What was removed stays removed also when the call is cancelled: its reply may say so or not come at all.
            Settle(note);
            await flush.FlushNamesAsync(touched);
        }
    }

    /// <summary>Notes what is about to be removed. A full disk takes no note, and a delete is what frees it.</summary>
    /// <returns>The note; null when there is none, and the index is not trusted until <see cref="Settle"/>.</returns>
    private string? NoteUnlessFull(BlobId[] ids)
    {
        try
        {
            return intents.Note(ids);
        }
        catch (StoreException e) when (e.Fault == Fault.Full)
        {
            index.BeginUnnoted();
            return null;
        }
    }

    /// <summary>Directory and index agree again, whether the removal went well or not.</summary>
    private void Settle(string? note)
    {
        if (note is null)
        {
            index.EndUnnoted();
        }
        else
        {
            FileSystem.RemoveLeftover(note);
        }
    }

    /// <summary>A file that cannot be removed is still a blob: the index names it again.</summary>
    private bool RemoveFileOrKeep(BlobId id, string path, BlobRemoval removal)
    {
        try
        {
            return RemoveFile(id, path, removal);
        }
        catch (StoreException)
        {
            if (layout.Stat(id) is { } info)
            {
                index.Add([info]);
            }

            throw;
        }
    }

    private bool RemoveFile(BlobId id, string path, BlobRemoval removal)
    {
        if (removal == BlobRemoval.Delete)
        {
            return FileSystem.Unlink(path);
        }

        if (FileStatus.Of(path) is not { IsOrdinaryFile: true })
        {
            return false;
        }

        FileSystem.Rename(path, layout.QuarantineFileOf(id, time.GetUtcNow()));
        return true;
    }
}
