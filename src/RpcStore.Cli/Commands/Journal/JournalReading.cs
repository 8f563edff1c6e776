using System.Runtime.CompilerServices;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Journal;

/// <summary>Reads entries page by page.</summary>
internal static class JournalReading
{
    private const long PageSize = 1000;

    /// <summary>The entries that are meant, one after another.</summary>
    public static async IAsyncEnumerable<JournalEntry> ReadAsync(
        IJournalClient journal,
        JournalSelection selection,
        JournalOrder order,
        long limit,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        while (limit > 0)
        {
            var page = await journal.QueryAsync(
                selection.Account,
                selection.Method,
                selection.Since,
                selection.Until,
                selection.Outcome,
                order,
                cursor,
                Math.Min(limit, PageSize),
                cancellationToken);
            foreach (var entry in page.Entries)
            {
                yield return entry;
            }

            limit -= page.Entries.Count;
            cursor = page.Cursor;
            if (cursor is null)
            {
                yield break;
            }
        }
    }
}
