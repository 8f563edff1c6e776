using System.CommandLine;
using RpcStore.Cli.Output;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Flists;

/// <summary><c>rpcstore flists diff</c>.</summary>
internal static class FlistDiffCommand
{
    private static readonly Column<FlistDifference>[] Columns =
    [
        new("CHANGE", row => WordFor(row.Change)) { Width = 10 },
        new("BEFORE", row => Size(row.Before)) { Human = row => HumanSize(row.Before), Width = 9, IsNumber = true },
        new("AFTER", row => Size(row.After)) { Human = row => HumanSize(row.After), Width = 9, IsNumber = true },
        new("PATH", row => row.Path),
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("diff", "Print what differs between two flists, without any blob. Exit code 1 when something does.");
        var before = new FlistArgument(command, "BEFORE");
        var after = new FlistArgument(command, "AFTER");
        var limit = LimitOption.Create("Differences at the most; default 10,000.");
        command.Add(limit);
        return command.Runs(async context =>
        {
            var (old, current) = (before.Read(context), after.Read(context));
            var diff = await context.Client.Flists.DiffAsync(
                old.Name, current.Name, old.Account, current.Account, context.Get(limit) ?? 10_000, context.Cancellation);
            var rows = RowWriter<FlistDifference>.Create(context.Output, ContractJson.Default.FlistDifference, Columns);
            foreach (var difference in diff.Differences)
            {
                rows.Write(difference);
            }

            rows.End();
            if (diff.Truncated)
            {
                CommandOutput.Complain("there are more differences than that");
            }

            return diff.Differences.Count == 0 ? ExitCode.Done : ExitCode.No;
        });
    }

    private static string Size(FlistEntry? entry) => entry is null ? "-" : Text.Number(entry.Size);

    private static string HumanSize(FlistEntry? entry) => entry is null ? "-" : Text.Size(entry.Size);

    private static string WordFor(FlistChange change) => change switch
    {
        FlistChange.Added => "added",
        FlistChange.Removed => "removed",
        FlistChange.Content => "content",
        _ => "attributes",
    };
}
