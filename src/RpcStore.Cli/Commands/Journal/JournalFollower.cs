using System.Threading.Channels;
using RpcStore.Cli.Output;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Journal;

/// <summary>Prints what was done, and then what is done, without a gap, until the person wants no more.</summary>
internal sealed class JournalFollower(CommandContext context, JournalSelection selection)
{
    // Entries that wait to be printed; when whoever reads the output is slower, the server waits too.
    private const int MaxWaiting = 1000;

    private readonly RowWriter<JournalEntry> rows = RowWriter<JournalEntry>.CreateEndless(
        context.Output, ContractJson.Default.JournalEntry, JournalColumns.For(context.Output));

    /// <summary>Does it.</summary>
    /// <param name="limit">Entries of the past at the most: the latest.</param>
    public async Task<ExitCode> RunAsync(long limit)
    {
        try
        {
            var position = await PrintPastAsync(limit);
            await WatchAsync(position);
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            // How it is meant to end.
        }

        return ExitCode.Done;
    }

    /// <summary>Prints what was done.</summary>
    /// <returns>The position behind which to go on.</returns>
    private async Task<long> PrintPastAsync(long limit)
    {
        // Taken first, and without the selection: where nothing matches, what is older must not be shown as new.
        var anything = new JournalSelection(Account: null, Method: null, Since: null, Until: null);
        var position = 0L;
        await foreach (var entry in ReadAsync(anything, JournalOrder.Newest, limit: 1))
        {
            position = entry.Position;
        }

        await foreach (var entry in limit == long.MaxValue
            ? ReadAsync(selection, JournalOrder.Oldest, limit)
            : ReadLatestAsync(limit))
        {
            rows.Write(entry);
            position = Math.Max(position, entry.Position);
        }

        context.Output.Flush();
        return position;
    }

    private IAsyncEnumerable<JournalEntry> ReadAsync(JournalSelection which, JournalOrder order, long limit) =>
        JournalReading.ReadAsync(context.Client.Journal, which, order, limit, context.Cancellation);

    /// <summary>The latest entries, the oldest first.</summary>
    private async IAsyncEnumerable<JournalEntry> ReadLatestAsync(long limit)
    {
        var latest = new Stack<JournalEntry>();
        await foreach (var entry in ReadAsync(selection, JournalOrder.Newest, limit))
        {
            latest.Push(entry);
        }

        foreach (var entry in latest)
        {
            yield return entry;
        }
    }

    private async Task WatchAsync(long position)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        var waiting = Channel.CreateBounded<JournalEntry>(MaxWaiting);
        var printing = PrintAsync(waiting, ending);
        try
        {
            await context.Client.Journal.WatchAsync(
                new Waiter(waiting.Writer), position, limit: null, selection.Account, selection.Method, ending.Token);
        }
        catch (OperationCanceledException) when (printing.IsFaulted)
        {
            // Nobody reads the output any more: that is told, not the end of the call that follows from it.
        }
        finally
        {
            waiting.Writer.TryComplete();
            await printing;
        }
    }

    private async Task PrintAsync(Channel<JournalEntry, JournalEntry> waiting, CancellationTokenSource ending)
    {
        try
        {
            while (await waiting.Reader.WaitToReadAsync())
            {
                while (waiting.Reader.TryRead(out var entry))
                {
                    if (selection.Outcome is null || entry.Outcome == selection.Outcome)
                    {
                        rows.Write(entry);
                    }
                }

                context.Output.Flush();
            }
        }
        catch
        {
            waiting.Writer.TryComplete();
            await ending.CancelAsync();
            throw;
        }
    }

    /// <summary>Hands entries to the printer, and holds the connection up as long as the printer has enough.</summary>
    private sealed class Waiter(ChannelWriter<JournalEntry> waiting) : IProgress<JournalEntry>
    {
        public void Report(JournalEntry value)
        {
            while (!waiting.TryWrite(value))
            {
                // Nothing else goes over this connection, so that blocking its loop blocks the server alone.
                if (!waiting.WaitToWriteAsync().AsTask().GetAwaiter().GetResult())
                {
                    return;
                }
            }
        }
    }
}
