using Microsoft.Data.Sqlite;
using RpcStore.Core.Disk;

namespace RpcStore.Core.Catalog;

/// <summary>Copies a catalog that is in use: one moment of it, in a file that is complete when it has its name.</summary>
internal static class CatalogBackup
{
    /// <summary>Writes the copy; blocks.</summary>
    public static void Write(string path, string target, CancellationToken cancellationToken)
    {
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
