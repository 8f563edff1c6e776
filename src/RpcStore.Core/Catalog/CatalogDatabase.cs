using RpcStore.Core.Disk;

namespace RpcStore.Core.Catalog;

/// <summary>
/// The catalog: one SQLite file with the tables of every domain (spec/storage-layout.md). One writer whose commits are shared
/// and flushed, and readers that never wait for it. Safe to use from any thread. Only one may be open for a file; the lock of
/// the <see cref="DataDirectory"/> sees to that.
/// </summary>
public sealed class CatalogDatabase : IDisposable
{
    /// <summary>The name of the file in a data directory.</summary>
    public const string FileName = "catalog.db";

    // A query takes microseconds to a few milliseconds of a processor; more at once than this only queue for processors.
    private const int MaxReaders = 8;

    private readonly string path;
    private readonly CatalogWriter writer;
    private readonly ReaderPool readers;

    private CatalogDatabase(string path, CatalogSession session)
    {
        this.path = path;
        writer = new CatalogWriter(session);
        readers = new ReaderPool(path, MaxReaders);
    }

    /// <summary>Opens a catalog and brings its tables up to date; one that is missing is made.</summary>
    /// <param name="path">The file.</param>
    /// <param name="migrations">The tables of all domains that use it.</param>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Conflict"/>: it is of a newer server or of another program; <see cref="Fault.Full"/>;
    /// <see cref="Fault.Unavailable"/>: it is damaged or cannot be written, or SQLite is missing. The message says what to do.
    /// </exception>
    public static CatalogDatabase Open(string path, IReadOnlyList<CatalogMigration> migrations)
    {
        SqliteLibrary.Load();
        path = Path.GetFullPath(path);
        try
        {
            return new CatalogDatabase(path, CatalogFile.OpenOrCreate(path, new CatalogSchema(migrations)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ErrorNumber.ToException(e, path);
        }
    }

    /// <summary>Changes something: all that the function does, or nothing. Durable when the task ends well.</summary>
    /// <param name="change">
    /// Runs on the writer's thread, one after another; short, and without waiting for anything else. What it throws undoes it,
    /// harms nobody else and is thrown here.
    /// </param>
    /// <param name="cancellationToken">Takes it back as long as it has not begun.</param>
    /// <exception cref="StoreException">As <see cref="CatalogSession"/> says; nothing of it was stored.</exception>
    public Task<T> WriteAsync<T>(Func<CatalogSession, T> change, CancellationToken cancellationToken = default) =>
        writer.WriteAsync(change, cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Action<CatalogSession> change, CancellationToken cancellationToken = default) =>
        writer.WriteAsync(
            session =>
            {
                change(session);
                return true;
            },
            cancellationToken);

    /// <summary>Reads something: one moment of what was committed.</summary>
    /// <param name="query">Runs on the caller's thread once a connection is free. It cannot change anything.</param>
    /// <param name="cancellationToken">Ends the wait, or the query.</param>
    /// <exception cref="StoreException"><see cref="Fault.Unavailable"/>: the file is damaged, or its disk fails.</exception>
    public ValueTask<T> ReadAsync<T>(Func<CatalogSession, T> query, CancellationToken cancellationToken = default) =>
        readers.ReadAsync(query, cancellationToken);

    /// <summary>Looks for damage while everything goes on.</summary>
    /// <returns>What is wrong, for a person; empty when nothing is.</returns>
    /// <exception cref="StoreException"><see cref="Fault.Unavailable"/>: the file cannot be read.</exception>
    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken = default) =>
        Task.Run(() => CatalogCheck.Run(path, cancellationToken), cancellationToken);

    /// <summary>
    /// Copies one moment of the catalog to a file, while everything goes on. The copy is a catalog itself, has mode 0600 and
    /// is on the disk when the task ends well; otherwise there is none.
    /// </summary>
    /// <param name="target">The file to make.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Conflict"/>: the file exists; <see cref="Fault.NotFound"/>: its folder does not; <see cref="Fault.Full"/>; <see cref="Fault.Unavailable"/>: it cannot be
    /// written, or the catalog not be read.
    /// </exception>
    public Task BackupAsync(string target, CancellationToken cancellationToken = default) =>
        Task.Run(() => CatalogBackup.Write(path, target, cancellationToken), cancellationToken);

    /// <summary>Finishes the changes that wait and closes the file.</summary>
    public void Dispose()
    {
        readers.Dispose();
        writer.Dispose();
    }
}
