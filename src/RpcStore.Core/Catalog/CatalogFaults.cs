using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RpcStore.Core.Catalog;

/// <summary>What the result codes of SQLite (sqlite.org/rescode.html) mean to the store, and what a person can do about them.</summary>
/// <param name="path">The file; only its last part is told.</param>
internal sealed class CatalogFaults(string path)
{
    // Extended codes: the low byte is the code itself.
    private const int ForeignKey = raw.SQLITE_CONSTRAINT | (3 << 8);
    private const int PrimaryKey = raw.SQLITE_CONSTRAINT | (6 << 8);
    private const int Unique = raw.SQLITE_CONSTRAINT | (8 << 8);

    private readonly string file = Path.GetFileName(path);

    /// <summary>What to throw instead.</summary>
    /// <returns>The exception itself where it shows a mistake in the program.</returns>
    public Exception Translate(SqliteException e) => e.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => Failure(
            Fault.Full, "no space", $"The disk is full: {file} cannot grow. Free some space; what was stored before stays stored.", e),
        raw.SQLITE_READONLY or raw.SQLITE_PERM => ReadOnly(e),
        raw.SQLITE_IOERR => Failure(
            Fault.Unavailable,
            "I/O error",
            $"The disk reports an error on {file} (SQLite code {e.SqliteExtendedErrorCode}). Look at the disk and at the kernel's log.",
            e),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Damaged("its content is broken", e),
        raw.SQLITE_CANTOPEN => Failure(
            Fault.Unavailable, "no access", $"{file} cannot be opened: see whether it is there and the server may use it and its folder.", e),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Failure(
            Fault.Unavailable, "locked", $"Another program keeps {file} locked: end it, or try again later.", e),
        raw.SQLITE_NOMEM => Failure(Fault.Unavailable, "out of memory", $"There is not enough memory to use {file}.", e),
        raw.SQLITE_INTERRUPT => new OperationCanceledException($"The work on {file} was cancelled.", e),
        raw.SQLITE_CONSTRAINT => Constraint(e),
        _ => e,
    };

    /// <summary>The file cannot be written.</summary>
    public StoreException ReadOnly(Exception? inner = null) => Failure(
        Fault.Unavailable,
        "read-only",
        $"{file} cannot be written: it, its folder or its disk is read-only. Make it writable by the server's user.",
        inner);

    /// <summary>The file is not what was written.</summary>
    /// <param name="how">What is wrong, to follow a colon.</param>
    /// <param name="inner">What led to it.</param>
    public StoreException Damaged(string how, Exception? inner = null) => Failure(
        Fault.Unavailable,
        "corrupt",
        $"{file} is damaged: {how}. Stop the server and restore the file from a backup; the blobs beside it are not touched.",
        inner);

    private static StoreException Failure(Fault fault, string reason, string message, Exception? inner) =>
        new(fault, message, inner) { Details = new Dictionary<string, object> { ["reason"] = reason } };

    private static Exception Constraint(SqliteException e) => e.SqliteExtendedErrorCode switch
    {
        Unique or PrimaryKey => Failure(Fault.Conflict, "exists", "There is one like this already.", e),
        ForeignKey => Failure(Fault.Conflict, "reference", "It refers to something that is not there, or something refers to it.", e),
        _ => e,
    };
}
