using System.Threading.Channels;

namespace RpcStore.Core.Catalog;

/// <summary>
/// The one writer: a thread that takes all changes that wait, makes each in a savepoint of its own, and commits them
/// together, so that a flush of the disk is shared by whoever waits while the one before runs. Safe to use from any thread.
/// </summary>
internal sealed class CatalogWriter : IDisposable
{
    // Also the most that one commit holds. Whoever finds the queue full waits.
    private const int MaxWaiting = 1024;

    private readonly CatalogSession session;
    private readonly Thread thread;
    private readonly Channel<CatalogMutation> queue = Channel.CreateBounded<CatalogMutation>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    /// <param name="session">Its connection; belongs to the writer from now on.</param>
    public CatalogWriter(CatalogSession session)
    {
        this.session = session;
        thread = new Thread(Run) { Name = "catalog writer", IsBackground = true };
        thread.Start();
    }

    /// <summary>Makes a change and waits until it is durable.</summary>
    public async Task<T> WriteAsync<T>(Func<CatalogSession, T> change, CancellationToken cancellationToken)
    {
        var mutation = new CatalogMutation<T>(change, cancellationToken);
        try
        {
            await queue.Writer.WriteAsync(mutation, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(CatalogDatabase));
        }

        return await mutation.Task;
    }

    /// <summary>Finishes what waits.</summary>
    public void Dispose()
    {
        if (queue.Writer.TryComplete())
        {
            thread.Join();
            session.Dispose();
        }
    }

    private void Run()
    {
        var group = new List<CatalogMutation>(MaxWaiting);
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (group.Count < MaxWaiting && queue.Reader.TryRead(out var mutation))
            {
                if (mutation.TryStart())
                {
                    group.Add(mutation);
                }
            }

            if (group.Count > 0)
            {
                Commit(group);
                group.Clear();
            }
        }
    }

    private void Commit(List<CatalogMutation> group)
    {
        try
        {
            session.Prepare("begin immediate").Execute();
            foreach (var mutation in group)
            {
                RunInSavepoint(mutation);
            }

            session.Prepare("commit").Execute();
        }
        catch (Exception e)
        {
            var failure = RollBack() ?? e;
            group.ForEach(mutation => mutation.Fail(failure));
            return;
        }

        group.ForEach(mutation => mutation.Complete());
    }

    private void RunInSavepoint(CatalogMutation mutation)
    {
        session.Prepare("savepoint mutation").Execute();
        if (!mutation.TryRun(session))
        {
            if (!session.IsInTransaction)
            {
                // A full or failing disk may have ended the transaction, and with it undone those before.
                throw mutation.Failure!;
            }

            session.Prepare("rollback to mutation").Execute();
        }

        session.Prepare("release mutation").Execute();
    }

    /// <returns>Why it failed; null when the writer can go on.</returns>
    private Exception? RollBack()
    {
        try
        {
            if (session.IsInTransaction)
            {
                session.Prepare("rollback").Execute();
            }

            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
