using System.Globalization;
using SQLitePCL;

namespace RpcStore.Core.Flists.Sqlite;

/// <summary>What can be wrong with a flist's file, said by file, table and column.</summary>
/// <param name="path">The file; only its last part is told.</param>
internal sealed class FlistFaults(string path)
{
    private readonly string file = Path.GetFileName(path);

    /// <summary>The file is not a flist, or not a whole one.</summary>
    /// <param name="reason">What is wrong; no full stop.</param>
    /// <param name="inner">What led to it.</param>
    public StoreException Invalid(string reason, Exception? inner = null) =>
        new(Fault.Invalid, $"The flist {file} is not valid: {reason}.", inner)
        {
            Details = new Dictionary<string, object> { ["pointer"] = "", ["reason"] = reason },
        };

    /// <summary>A value is not what it should be.</summary>
    public StoreException Invalid(string table, long row, string column, string reason) =>
        Invalid(string.Create(CultureInfo.InvariantCulture, $"table {table}, row {row}, column {column}: {reason}"));

    /// <summary>It passes a limit.</summary>
    /// <param name="what">What there is too much of; no full stop.</param>
    /// <param name="limit">The limit's name.</param>
    /// <param name="maximum">Its value.</param>
    public StoreException TooLarge(string what, string limit, long maximum) =>
        new(Fault.TooLarge, string.Create(CultureInfo.InvariantCulture, $"The flist {file} is too large: {what} ({limit}: {maximum})."))
        {
            Details = new Dictionary<string, object> { ["limit"] = limit, ["maximum"] = maximum },
        };

    /// <summary>What SQLite reported (sqlite.org/rescode.html).</summary>
    /// <param name="code">The extended code.</param>
    /// <param name="message">Its words.</param>
    public StoreException Failure(int code, string message) => (code & 0xFF) switch
    {
        raw.SQLITE_FULL => new StoreException(Fault.Full, $"The disk is full: {file} cannot be written. Free some space and try again."),
        raw.SQLITE_TOOBIG => Invalid("a value is longer than any value of a flist"),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Invalid($"it is no whole SQLite file ({message})"),
        raw.SQLITE_ERROR => Invalid($"SQLite cannot read it ({message})"),
        raw.SQLITE_CANTOPEN => Unavailable("cannot be opened: see whether it is there and the server may use it", code, message),
        _ => Unavailable("cannot be used: look at the disk and at the kernel's log", code, message),
    };

    private StoreException Unavailable(string what, int code, string message) =>
        new(Fault.Unavailable, string.Create(CultureInfo.InvariantCulture, $"The file {file} {what} (SQLite code {code}: {message})."))
        {
            Details = new Dictionary<string, object> { ["reason"] = message },
        };
}
