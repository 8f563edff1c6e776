using Microsoft.Data.Sqlite;
using RpcStore.Core.Disk;

namespace RpcStore.Core.Catalog;

/// <summary>Makes the file, and refuses one that is not a catalog before anything is written to it.</summary>
internal static class CatalogFile
{
    /// <summary>Only the server's user: the catalog has the hashes of tokens, and who did what.</summary>
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // "RPCS": tells the file from those of other programs (sqlite.org/pragma.html#pragma_application_id).
    private const int ApplicationId = 0x52504353;

    /// <summary>Opens a file for writing; one that is missing is made.</summary>
    public static CatalogSession OpenOrCreate(string path, CatalogSchema schema)
    {
        var faults = new CatalogFaults(path);
        if (Directory.Exists(path))
        {
            throw faults.Damaged("it is a folder");
        }

        if (!File.Exists(path))
        {
            Create(path, schema);
        }

        if (IsTooShort(path))
        {
            // SQLite would take it for a new one, and every account would be gone. Ours are never empty: they get their name last.
            throw faults.Damaged("it is empty, or almost");
        }

        var session = CatalogSession.Open(path, SqliteOpenMode.ReadWrite);
        try
        {
            Prepare(session, path);
            schema.Upgrade(session, Path.GetFileName(path));
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file is shorter than the smallest page that a database can have.</summary>
    public static bool IsTooShort(string path) => new FileInfo(path).Length < 512;

    private static void Create(string path, CatalogSchema schema)
    {
        if (new FileInfo(path + "-wal") is { Exists: true, Length: > 0 })
        {
            throw new CatalogFaults(path).Damaged("it is missing, and its log (-wal) is there");
        }

        // A name that nobody looks at until it is complete, so that a start that is cut off leaves nothing half made.
        var aside = path + ".new";
        FileSystem.Unlink(aside);
        FileSystem.Unlink(aside + "-journal");
        FileSystem.CreateFile(aside, Mode).Dispose();
        using (var session = CatalogSession.Open(aside, SqliteOpenMode.ReadWrite))
        {
            session.Prepare($"pragma application_id = {ApplicationId}").Execute();
            schema.Upgrade(session, Path.GetFileName(path));
        }

        FileSystem.Rename(aside, path);
        FileSystem.FlushFolder(Path.GetDirectoryName(path)!);
    }

    private static void Prepare(CatalogSession session, string path)
    {
        var file = Path.GetFileName(path);
        if (session.IsReadOnly)
        {
            throw session.Faults.ReadOnly();
        }

        if (session.Prepare("pragma application_id").Scalar() != ApplicationId)
        {
            throw new StoreException(Fault.Conflict, $"{file} is the database of another program. Move it away, or restore a backup.");
        }

        // Readers and the writer do not wait for one another (sqlite.org/wal.html).
        if (session.Prepare("pragma journal_mode = wal").FirstOrDefault(row => row.GetString(0)) != "wal")
        {
            throw new StoreException(
                Fault.Unavailable, $"The file system of {file} cannot share memory among programs; put the data directory on a local disk.");
        }

        // Every commit is flushed: what was answered stays true when the machine dies.
        session.Prepare("pragma synchronous = full").Execute();

        // A long read makes the log grow; this is what it shrinks to afterwards.
        session.Prepare("pragma journal_size_limit = 16777216").Execute();
    }
}
