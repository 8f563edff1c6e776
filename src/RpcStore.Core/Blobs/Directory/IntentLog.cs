using System.Globalization;
using System.Text;
using RpcStore.Core.Disk;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Directory;

/// <summary>
/// Notes which names are about to change, so that a start after a kill knows where index and directory may differ without
/// looking at every blob. A note is a file of ids, one a line; it is removed when the change is done. Safe to use from any
/// thread.
/// </summary>
/// <remarks>
/// Notes are not flushed: they help after the death of the process, which the kernel's memory survives. After the death of
/// the machine the index is made anew.
/// </remarks>
/// <param name="folder">Where notes are.</param>
internal sealed class IntentLog(string folder)
{
    private const string Ending = ".intent";

    private long next;

    /// <summary>Writes a note.</summary>
    /// <returns>Its file, to be removed when directory and index agree again.</returns>
    public string Note(IEnumerable<BlobId> ids)
    {
        var path = Path.Combine(folder, Interlocked.Increment(ref next).ToString(CultureInfo.InvariantCulture) + Ending);
        var text = new StringBuilder();
        foreach (var id in ids)
        {
            text.Append(id).Append('\n');
        }

        try
        {
            File.WriteAllText(path, text.ToString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk may have taken the name and not the text.
            FileSystem.RemoveLeftover(path);
            throw ErrorNumber.ToException(e, path);
        }

        return path;
    }

    /// <summary>The ids of all notes that an earlier process left. A line that was cut is no id and is passed over.</summary>
    public IReadOnlyList<BlobId> ReadAll()
    {
        var ids = new List<BlobId>();
        foreach (var note in System.IO.Directory.EnumerateFiles(folder, "*" + Ending))
        {
            foreach (var line in File.ReadLines(note))
            {
                if (BlobId.TryParse(line, out var id))
                {
                    ids.Add(id);
                }
            }
        }

        return ids;
    }
}
