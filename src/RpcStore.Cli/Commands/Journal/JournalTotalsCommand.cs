using System.CommandLine;
using RpcStore.Cli.Output;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Journal;

/// <summary><c>rpcstore journal totals</c>: sums over what was done.</summary>
internal static class JournalTotalsCommand
{
    private static readonly (string Word, JournalGroup Group, Column<JournalTotalsRow> Column)[] Groups =
    [
        ("account", JournalGroup.Account, new("ACCOUNT", row => row.Account ?? "-") { Width = 16 }),
        ("method", JournalGroup.Method, new("METHOD", row => row.Method ?? "-") { Width = 20 }),
        ("day", JournalGroup.Day, new("DAY", row => row.Day ?? "-") { Width = 10 }),
    ];

    private static readonly Column<JournalTotalsRow>[] Sums =
    [
        Count("ACTIONS", row => row.Actions),
        Count("FAILED", row => row.Failures),
        Count("BLOBS IN", row => row.BlobsIn),
        Size("BYTES IN", row => row.BytesIn),
        Count("BLOBS OUT", row => row.BlobsOut),
        Size("BYTES OUT", row => row.BytesOut),
        new("TIME", row => Text.Number(row.DurationMicroseconds))
        {
            Human = row => Text.Elapsed(TimeSpan.FromMicroseconds(row.DurationMicroseconds)),
            Width = 12,
            IsNumber = true,
        },
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var by = new Option<string[]>("--by")
        {
            Description = "What to add up by: account, method, day (of UTC), or several with commas between. Default: one sum of all.",
            HelpName = "WORDS",
        };
        var command = new Command("totals", "Print sums of actions, failures, blobs and bytes. For admins.") { by };
        var filter = new JournalFilter(command);
        return command.Runs(context =>
            RunAsync(context, ReadGroups(context.Get(by) ?? []), filter.Read(context, DateTimeOffset.UtcNow)));
    }

    /// <summary>What the words mean, each once, in their order.</summary>
    /// <exception cref="UsageException">One is unknown.</exception>
    internal static JournalGroup[] ReadGroups(string[] values) =>
    [
        .. values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(word => Array.FindIndex(Groups, known => known.Word == word) is >= 0 and var i
                ? Groups[i].Group
                : throw new UsageException($"sums are by account, method and day, not by '{word}'"))
            .Distinct(),
    ];

    private static async Task<ExitCode> RunAsync(CommandContext context, JournalGroup[] groups, JournalSelection selection)
    {
        var columns = groups.Select(group => Array.Find(Groups, known => known.Group == group).Column).Concat(Sums).ToArray();
        var rows = RowWriter<JournalTotalsRow>.Create(context.Output, ContractJson.Default.JournalTotalsRow, columns);
        string? cursor = null;
        do
        {
            var totals = await context.Client.Journal.TotalsAsync(
                groups, selection.Account, selection.Method, selection.Since, selection.Until, cursor, limit: null, context.Cancellation);
            foreach (var row in totals.Rows)
            {
                rows.Write(row);
            }

            cursor = totals.Cursor;
        }
        while (cursor is not null);
        rows.End();
        return ExitCode.Done;
    }

    private static Column<JournalTotalsRow> Count(string title, Func<JournalTotalsRow, long> value) =>
        new(title, row => Text.Number(value(row))) { Human = row => Text.Count(value(row)), Width = 9, IsNumber = true };

    private static Column<JournalTotalsRow> Size(string title, Func<JournalTotalsRow, long> value) =>
        new(title, row => Text.Number(value(row))) { Human = row => Text.Size(value(row)), Width = 9, IsNumber = true };
}
