using System.Collections.Concurrent;
using RpcStore.Core.Disk;

namespace RpcStore.Core.Blobs.Directory;

/// <summary>Makes the folders of blobs when they are first needed, and remembers those that are there. Safe to use from any thread.</summary>
internal sealed class BlobFolders
{
    // At most 2 × 65,536 folders: their names take a few megabytes.
    private readonly ConcurrentDictionary<string, bool> known = new();
    private volatile bool isInDoubt;

    /// <summary>Makes sure that a folder is there.</summary>
    /// <param name="path">The folder of a blob's file.</param>
    /// <returns>Whether it was made, or may have been made without a flush: then its parents need one too.</returns>
    public bool Ensure(string path)
    {
        if (known.ContainsKey(path))
        {
            return false;
        }

        try
        {
            var isNew = !System.IO.Directory.Exists(path);
            if (isNew)
            {
                System.IO.Directory.CreateDirectory(path);
            }

            known.TryAdd(path, true);
            return isNew || isInDoubt;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ErrorNumber.ToException(e, path);
        }
    }

    /// <summary>Forgets what is there: somebody may have removed it, or the flush of its parents failed.</summary>
    public void Forget()
    {
        isInDoubt = true;
        known.Clear();
    }
}
