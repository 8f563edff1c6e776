using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RpcStore.Core.Catalog;

/// <summary>
/// A connection to the catalog, lent to a function: it sees one moment of the catalog, and what it changes becomes true all
/// together or not at all. For one thread at a time; not to be kept.
/// </summary>
/// <remarks>
/// What fails is a <see cref="StoreException"/>: <see cref="Fault.Conflict"/> when a key exists (detail <c>reason</c>:
/// <c>exists</c>) or a reference would dangle (<c>reference</c>), <see cref="Fault.Full"/>, and
/// <see cref="Fault.Unavailable"/> when the file is damaged, read-only, locked by another program or its disk fails.
/// </remarks>
public sealed class CatalogSession : IDisposable
{
    // Filters are put together from parts; nobody combines them in more ways than this in earnest.
    private const int MaxStatements = 256;

    // Of SQLite's virtual machine; some ten microseconds.
    private const int StepsBetweenLooks = 1000;

    private readonly SqliteConnection connection;
    private readonly Dictionary<string, CatalogStatement> statements = [];

    private CatalogSession(SqliteConnection connection, CatalogFaults faults)
    {
        this.connection = connection;
        Faults = faults;
    }

    /// <summary>What its failures mean.</summary>
    internal CatalogFaults Faults { get; }

    /// <summary>What runs fails with <see cref="OperationCanceledException"/> once this is cancelled.</summary>
    internal CancellationToken Cancellation { get; set; }

    /// <summary>Whether a transaction is open; the worst failures end one by themselves.</summary>
    internal bool IsInTransaction => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Whether the system lets it be written.</summary>
    internal bool IsReadOnly => raw.sqlite3_db_readonly(connection.Handle, "main") != 0;

    /// <summary>A statement to bind and run. Texts that are the same are compiled once.</summary>
    /// <param name="sql">With parameters such as <c>@name</c>. Values never belong into the text.</param>
    public CatalogStatement Prepare(string sql)
    {
        if (statements.TryGetValue(sql, out var statement))
        {
            return statement.Unbind();
        }

        if (statements.Count == MaxStatements)
        {
            ForgetStatements();
        }

        return statements[sql] = new CatalogStatement(connection, sql, Faults);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ForgetStatements();
        connection.Dispose();
    }

    /// <summary>Opens a file that exists.</summary>
    internal static CatalogSession Open(string path, SqliteOpenMode mode)
    {
        var faults = new CatalogFaults(path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            ForeignKeys = true,
            Pooling = false,
        }.ConnectionString);
        try
        {
            connection.Open();
            var session = new CatalogSession(connection, faults);
            session.WatchCancellation();
            session.Prepare("pragma trusted_schema = off").Execute();
            return session;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw faults.Translate(e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Asked while a statement runs, unlike sqlite3_interrupt, which one that is just about to begin does not notice.
    private void WatchCancellation() => raw.sqlite3_progress_handler(
        connection.Handle, StepsBetweenLooks, _ => Cancellation.IsCancellationRequested ? 1 : 0, null);

    private void ForgetStatements()
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        statements.Clear();
    }
}
