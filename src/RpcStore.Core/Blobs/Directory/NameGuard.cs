using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Directory;

/// <summary>
/// Keeps a delete and a commit of the same blob apart. Between its rename and its entry in the index a blob is in between: a
/// delete then would remove the file and the index would name it all the same. Safe to use from any thread.
/// </summary>
internal sealed class NameGuard
{
    private readonly Lock gate = new();
    private readonly Dictionary<BlobId, int> committing = [];

    /// <summary>From now on deletes leave the files of these blobs alone.</summary>
    public void BeginCommit(IEnumerable<BlobId> ids)
    {
        lock (gate)
        {
            foreach (var id in ids)
            {
                committing[id] = committing.GetValueOrDefault(id) + 1;
            }
        }
    }

    /// <summary>The index names them.</summary>
    public void EndCommit(IEnumerable<BlobId> ids)
    {
        lock (gate)
        {
            foreach (var id in ids)
            {
                if (committing[id] == 1)
                {
                    committing.Remove(id);
                }
                else
                {
                    committing[id]--;
                }
            }
        }
    }

    /// <summary>Takes a blob out of the index whose file was found missing, unless it is on its way back meanwhile.</summary>
    /// <param name="id">The blob.</param>
    /// <param name="removeName">Takes it out of the index.</param>
    /// <param name="hasFile">Looks again whether there is a file.</param>
    public void Forget(BlobId id, Func<BlobId, bool> removeName, Func<BlobId, bool> hasFile)
    {
        lock (gate)
        {
            if (!committing.ContainsKey(id) && !hasFile(id))
            {
                removeName(id);
            }
        }
    }

    /// <summary>
    /// Deletes a blob as one step. One that is being committed again is only taken out of the index: the delete counts as
    /// before the commit, which puts the file in place and into the index anew.
    /// </summary>
    /// <param name="id">The blob.</param>
    /// <param name="removeName">Takes it out of the index; tells whether it was in.</param>
    /// <param name="removeFile">Removes its file; tells whether there was one.</param>
    /// <returns>Whether it was here.</returns>
    public bool Remove(BlobId id, Func<BlobId, bool> removeName, Func<BlobId, bool> removeFile)
    {
        lock (gate)
        {
            var wasNamed = removeName(id);
            return committing.ContainsKey(id) ? wasNamed : removeFile(id) || wasNamed;
        }
    }
}
