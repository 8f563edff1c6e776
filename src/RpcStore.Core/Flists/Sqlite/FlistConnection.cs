using System.Diagnostics;
using RpcStore.Core.Catalog;
using SQLitePCL;

namespace RpcStore.Core.Flists.Sqlite;

/// <summary>
/// A connection to one SQLite file of a flist, or to one that is used on the way to it. For one caller at a time. Beneath the
/// data layer of the catalog, because the types of values have to be seen as they are and rows come by the million.
/// </summary>
internal sealed class FlistConnection : IDisposable
{
    // Of SQLite's virtual machine; some ten microseconds.
    private const int StepsBetweenLooks = 1000;

    private readonly sqlite3 database;
    private readonly List<FlistStatement> statements = [];
    private readonly delegate_progress watch;
    private CancellationToken cancellation;
    private long deadline = long.MaxValue;
    private (string Name, TimeSpan Maximum) limit;

    private FlistConnection(sqlite3 database, FlistFaults faults)
    {
        (this.database, Faults) = (database, faults);
        watch = _ => cancellation.IsCancellationRequested || Stopwatch.GetTimestamp() > deadline ? 1 : 0;
        raw.sqlite3_progress_handler(database, StepsBetweenLooks, watch, null);
    }

    /// <summary>What its failures mean.</summary>
    public FlistFaults Faults { get; }

    /// <summary>
    /// Opens a file that nobody vouches for: read-only, as one that nobody changes (so no log or lock beside it counts), with
    /// everything of SQLite switched off that a flist does not need (sqlite.org/security.html).
    /// </summary>
    public static FlistConnection OpenUntrusted(string path)
    {
        var escaped = Path.GetFullPath(path).Replace("%", "%25").Replace("?", "%3f").Replace("#", "%23");
        var connection = Open(path, $"file://{escaped}?immutable=1", raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI);
        try
        {
            connection.Restrict();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens an empty file of our own to fill it. There is no journal: whatever goes wrong, the file is thrown away.
    /// </summary>
    public static FlistConnection OpenNew(string path)
    {
        var connection = Open(path, path, raw.SQLITE_OPEN_READWRITE);
        try
        {
            connection.Execute(
                """
                pragma page_size = 4096;
                pragma encoding = 'UTF-8';
                pragma auto_vacuum = none;
                pragma locking_mode = exclusive;
                pragma journal_mode = off;
                pragma synchronous = off;
                pragma cache_size = -8192;
                """);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Starts a query: from now on it may be cancelled, and may take so long.</summary>
    /// <param name="name">What the limit is called.</param>
    /// <param name="maximum">How long.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public void Begin(string name, TimeSpan maximum, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        cancellation = cancellationToken;
        limit = (name, maximum);
        deadline = Stopwatch.GetTimestamp() + (long)(maximum.TotalSeconds * Stopwatch.Frequency);
    }

    /// <summary>Compiles a statement; it lives as long as the connection.</summary>
    public FlistStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(database, sql, out var handle));
        var statement = new FlistStatement(this, handle);
        statements.Add(statement);
        return statement;
    }

    /// <summary>Runs statements without parameters or rows.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(database, sql));

    /// <summary>The error for a result code; nothing when it is success.</summary>
    public void Check(int code)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return;
        }

        if (code == raw.SQLITE_INTERRUPT)
        {
            cancellation.ThrowIfCancellationRequested();
            throw Faults.TooLarge("reading it took longer than allowed, in seconds", limit.Name, (long)limit.Maximum.TotalSeconds);
        }

        throw Faults.Failure(raw.sqlite3_extended_errcode(database), raw.sqlite3_errmsg(database).utf8_to_string());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in statements)
        {
            statement.Dispose();
        }

        database.Dispose();
    }

    private static FlistConnection Open(string path, string name, int flags)
    {
        SqliteLibrary.Load();
        var faults = new FlistFaults(path);
        var code = raw.sqlite3_open_v2(name, out var database, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code != raw.SQLITE_OK)
        {
            database?.Dispose();
            throw faults.Failure(code, raw.sqlite3_errstr(code).utf8_to_string());
        }

        raw.sqlite3_extended_result_codes(database, 0);
        return new FlistConnection(database, faults);
    }

    private void Restrict()
    {
        Configure(raw.SQLITE_DBCONFIG_DEFENSIVE, true);
        Configure(raw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, false);
        Configure(raw.SQLITE_DBCONFIG_ENABLE_TRIGGER, false);
        Configure(raw.SQLITE_DBCONFIG_ENABLE_VIEW, false);

        // The longest value is a URL or a link target of some thousand bytes; a row has a dozen of columns.
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_LENGTH, 64 << 10);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_SQL_LENGTH, 8 << 10);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_COLUMN, 64);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_EXPR_DEPTH, 32);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_COMPOUND_SELECT, 3);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_VDBE_OP, 25_000);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_FUNCTION_ARG, 8);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_ATTACHED, 0);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_VARIABLE_NUMBER, 10);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_TRIGGER_DEPTH, 1);
        Execute("pragma cell_size_check = on; pragma mmap_size = 0; pragma query_only = on; pragma cache_size = -2000;");
    }

    private void Configure(int option, bool on) => Check(raw.sqlite3_db_config(database, option, on ? 1 : 0, out _));
}
