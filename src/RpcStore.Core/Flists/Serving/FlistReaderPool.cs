namespace RpcStore.Core.Flists.Serving;

/// <summary>A few readers of one flist, opened when they are needed. Safe to use from any thread.</summary>
/// <param name="open">Opens a reader.</param>
/// <param name="maximum">Readers at once; whoever comes later waits.</param>
internal sealed class FlistReaderPool(Func<CancellationToken, FlistReader> open, int maximum) : IDisposable
{
    private readonly SemaphoreSlim free = new(maximum);
    private readonly Stack<FlistReader> idle = [];
    private bool isDisposed;
    private bool wasUsed;

    /// <summary>Lets one caller use a reader.</summary>
    /// <param name="state">Handed to <paramref name="use"/>.</param>
    /// <param name="use">Uses it; it must not keep it.</param>
    /// <param name="cancellationToken">Ends the wait for one.</param>
    public async ValueTask<T> UseAsync<TState, T>(
        TState state, Func<FlistReader, TState, CancellationToken, T> use, CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken);
        FlistReader? reader = null;
        var isSound = false;
        try
        {
            reader = Take() ?? open(cancellationToken);
            var result = use(reader, state, cancellationToken);
            isSound = true;
            return result;
        }
        finally
        {
            Give(reader, isSound);
            free.Release();
        }
    }

    /// <summary>Closes the readers that wait, unless one was used since the last time.</summary>
    public void Trim()
    {
        FlistReader[] closed;
        lock (idle)
        {
            closed = wasUsed ? [] : [.. idle];
            wasUsed = false;
            if (closed.Length > 0)
            {
                idle.Clear();
            }
        }

        Array.ForEach(closed, static reader => reader.Dispose());
    }

    /// <summary>Closes the readers; one that is used is closed when it comes back.</summary>
    public void Dispose()
    {
        FlistReader[] closed;
        lock (idle)
        {
            isDisposed = true;
            closed = [.. idle];
            idle.Clear();
        }

        Array.ForEach(closed, static reader => reader.Dispose());
    }

    private FlistReader? Take()
    {
        lock (idle)
        {
            wasUsed = true;
            return idle.TryPop(out var reader) ? reader : null;
        }
    }

    private void Give(FlistReader? reader, bool isSound)
    {
        if (reader is null)
        {
            return;
        }

        lock (idle)
        {
            if (isSound && !isDisposed)
            {
                idle.Push(reader);
                return;
            }
        }

        // What failed may be in the middle of a query; another is opened in its place.
        reader.Dispose();
    }
}
