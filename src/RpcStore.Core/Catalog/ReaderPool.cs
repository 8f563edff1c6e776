using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace RpcStore.Core.Catalog;

/// <summary>Connections for reading, opened when they are needed and kept. Safe to use from any thread.</summary>
/// <param name="path">The file.</param>
/// <param name="size">Connections at the most; whoever comes then waits.</param>
internal sealed class ReaderPool(string path, int size) : IDisposable
{
    private readonly SemaphoreSlim free = new(size, size);
    private readonly ConcurrentBag<CatalogSession> idle = [];
    private volatile bool isDisposed;

    /// <summary>Runs a query on a connection that nobody else uses; it sees one moment.</summary>
    public async ValueTask<T> ReadAsync<T>(Func<CatalogSession, T> query, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(isDisposed, typeof(CatalogDatabase));
        await free.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(isDisposed, typeof(CatalogDatabase));
            return Read(query, cancellationToken);
        }
        finally
        {
            free.Release();
        }
    }

    /// <summary>Waits for the queries that run, and closes the connections.</summary>
    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        for (var taken = 0; taken < size; taken++)
        {
            free.Wait();
        }

        while (idle.TryTake(out var session))
        {
            session.Dispose();
        }

        // Whoever waited for a connection is told that there is none.
        free.Release(size);
    }

    private T Read<T>(Func<CatalogSession, T> query, CancellationToken cancellationToken)
    {
        if (!idle.TryTake(out var session))
        {
            session = CatalogSession.Open(path, SqliteOpenMode.ReadOnly);
        }

        try
        {
            session.Prepare("begin").Execute();
            session.Cancellation = cancellationToken;
            return query(session);
        }
        finally
        {
            GiveBack(session);
        }
    }

    private void GiveBack(CatalogSession session)
    {
        session.Cancellation = CancellationToken.None;
        try
        {
            if (session.IsInTransaction)
            {
                session.Prepare("rollback").Execute();
            }

            idle.Add(session);
        }
        catch (StoreException)
        {
            // It ended a read; the query's own result or failure is what counts, and the next query gets a new connection.
            session.Dispose();
        }
    }
}
