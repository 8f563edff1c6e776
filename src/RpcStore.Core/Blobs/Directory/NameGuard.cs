using RpcStore.Core.Blobs.Index;
using RpcStore.Core.Disk;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Directory;

/// <summary>
/// Keeps a delete and a commit of the same blob apart. Between its rename and its entry in the index a blob is in between: a
/// delete then would remove the file and the index would name it all the same. Safe to use from any thread.
/// </summary>
internal sealed class NameGuard(BlobLayout layout, BlobIndex index)
{
    private readonly Lock gate = new();

    // How many commits of each blob are under way, and which of these blobs were deleted meanwhile.
    private readonly Dictionary<BlobId, int> committing = [];
    private readonly HashSet<BlobId> deleted = [];

    /// <summary>From now on deletes leave the files of these blobs alone, until the commit ends.</summary>
    public Commit Begin(BlobId[] ids)
    {
        lock (gate)
        {
            foreach (var id in ids)
            {
                committing[id] = committing.GetValueOrDefault(id) + 1;
            }
        }

        return new Commit(this, ids);
    }

    /// <summary>Takes a blob out of the index whose file was found missing, unless it is on its way back meanwhile.</summary>
    public void Forget(BlobId id)
    {
        lock (gate)
        {
            if (!committing.ContainsKey(id) && layout.Stat(id) is null)
            {
                index.Remove(id);
            }
        }
    }

    /// <summary>
    /// Deletes a blob as one step. One that is being committed again is only taken out of the index: the delete counts as
    /// before the commit, which puts the file in place and into the index anew.
    /// </summary>
    /// <param name="id">The blob.</param>
    /// <param name="removeFile">Removes its file; tells whether there was one.</param>
    /// <returns>Whether it was here.</returns>
    public bool Remove(BlobId id, Func<BlobId, bool> removeFile)
    {
        lock (gate)
        {
            var wasNamed = index.Remove(id);
            if (!committing.ContainsKey(id))
            {
                return removeFile(id) || wasNamed;
            }

            deleted.Add(id);
            return wasNamed;
        }
    }

    private void Complete(ReadOnlySpan<BlobInfo> named)
    {
        // The names and the end of the commit in one step: a delete between them would leave a file that the index does not name.
        lock (gate)
        {
            index.AddReserved(named);
            foreach (var blob in named)
            {
                deleted.Remove(blob.Id);
                EndOne(blob.Id);
            }
        }
    }

    private void GiveUp(ReadOnlySpan<BlobId> ids)
    {
        lock (gate)
        {
            foreach (var id in ids)
            {
                // It was left to this commit to put the file in place anew, and the commit did not.
                if (EndOne(id) && deleted.Remove(id))
                {
                    FileSystem.RemoveLeftover(layout.FileOf(id));
                }
            }
        }
    }

    /// <returns>Whether it was the last commit of the blob.</returns>
    private bool EndOne(BlobId id)
    {
        if (--committing[id] > 0)
        {
            return false;
        }

        committing.Remove(id);
        return true;
    }

    /// <summary>A commit under way. Disposing of it gives up the blobs that it did not complete.</summary>
    internal sealed class Commit(NameGuard guard, BlobId[] ids) : IDisposable
    {
        private int completed;

        /// <summary>Puts the first blobs of the commit into the index, in room that was reserved.</summary>
        /// <param name="named">Those that have their names, in the order in which the commit began them.</param>
        public void Complete(ReadOnlySpan<BlobInfo> named)
        {
            guard.Complete(named);
            completed += named.Length;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            guard.GiveUp(ids.AsSpan(completed));
            completed = ids.Length;
        }
    }
}
