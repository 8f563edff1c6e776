using Microsoft.Data.Sqlite;
using RpcStore.Core.Disk;

namespace RpcStore.Core.Catalog;

/// <summary>Copies a catalog that is in use: one moment of it, in a file that is complete when it has its name.</summary>
public static class CatalogBackup
{
    /// <summary>Writes the copy, whether a server uses the catalog or not; takes seconds for a large one, and blocks.</summary>
    /// <param name="path">The catalog.</param>
    /// <param name="target">The file to make, which gets mode 0600.</param>
    /// <param name="cancellationToken">Stops it; there is no file then.</param>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Conflict"/>: the file exists; <see cref="Fault.NotFound"/>: its folder does not, or there is no
    /// catalog; <see cref="Fault.Full"/>; <see cref="Fault.Unavailable"/>: it cannot be written, or the catalog not be read.
    /// </exception>
    public static void Write(string path, string target, CancellationToken cancellationToken = default)
    {
        SqliteLibrary.Load();
        if (!File.Exists(path))
        {
            throw new StoreException(Fault.NotFound, $"There is no {Path.GetFileName(path)}.");
        }

        target = Path.GetFullPath(target);
        if (File.Exists(target) || Directory.Exists(target))
        {
            throw Exists(target, null);
        }

        if (!Directory.Exists(Path.GetDirectoryName(target)))
        {
            throw new StoreException(Fault.NotFound, $"The folder that {Path.GetFileName(target)} should go to is not there.");
        }

        // Mode 0600 from the first moment: SQLite itself would go by the umask. It writes into a file that is empty.
        var aside = target + ".partial";
        FileSystem.Unlink(aside);
        FileSystem.CreateFile(aside, CatalogFile.Mode).Dispose();
        try
        {
            Copy(path, aside, cancellationToken);
            using (var file = File.OpenHandle(aside, FileMode.Open, FileAccess.ReadWrite))
            {
                RandomAccess.FlushToDisk(file);
            }

            File.Move(aside, target, overwrite: false);
            FileSystem.FlushFolder(Path.GetDirectoryName(target)!);
        }
        catch (IOException e) when (File.Exists(target))
        {
            FileSystem.Unlink(aside);
            throw Exists(target, e);
        }
        catch (IOException e)
        {
            FileSystem.Unlink(aside);
            throw ErrorNumber.ToException(e, aside);
        }
        catch
        {
            FileSystem.Unlink(aside);
            throw;
        }
    }

    private static void Copy(string path, string target, CancellationToken cancellationToken)
    {
        using var session = CatalogSession.Open(path, SqliteOpenMode.ReadWrite);
        session.Cancellation = cancellationToken;
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // One read transaction for the whole copy, which the writer does not wait for.
            session.Prepare("vacuum into @target").Bind("@target", target).Execute();
        }
        catch (StoreException e) when (e.Fault == Fault.Full)
        {
            throw new StoreException(Fault.Full, "The disk that the backup goes to is full. Free some space, or choose another one.", e)
            {
                Details = e.Details,
            };
        }
    }

    private static StoreException Exists(string target, Exception? inner) =>
        new(Fault.Conflict, $"{Path.GetFileName(target)} exists. A backup never replaces a file: choose another name.", inner);
}
