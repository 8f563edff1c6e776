using System.CommandLine;
using RpcStore.Cli.Output;
using RpcStore.Contract;
using RpcStore.Contract.Connections;

namespace RpcStore.Cli.Commands.Journal;

/// <summary><c>rpcstore journal</c>: who did what.</summary>
internal static class JournalCommand
{
    // A screen or two, for who just wants to see what is going on.
    private const long DefaultLimit = 50;

    // As much as `tail -f` shows before it waits.
    private const long DefaultLimitBeforeFollowing = 10;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var outcome = new Option<string?>("--outcome")
        {
            Description = "Only what ended so: 'ok', or the name of an error such as forbidden.",
            HelpName = "NAME",
        };
        var limit = LimitOption.Create(
            $"Entries at the most. Default: {DefaultLimit}, with --follow {DefaultLimitBeforeFollowing} before it waits; "
            + "with --since or --until all.");
        var follow = new Option<bool>("--follow", "-f")
        {
            Description = "Print the oldest first, then wait for more and print it as it happens, until Ctrl-C. With --json: a value a line.",
        };
        var command = new Command("journal", "Print what was done and by whom, the newest first. For admins.")
        {
            outcome, limit, follow, JournalTotalsCommand.Create(),
        };
        var filter = new JournalFilter(command);
        return command.Runs(context =>
        {
            var selection = filter.Read(context, DateTimeOffset.UtcNow) with { Outcome = context.Get(outcome) };
            return context.Get(follow)
                ? FollowAsync(context, selection, context.Get(limit))
                : ListAsync(context, selection, context.Get(limit));
        });
    }

    private static async Task<ExitCode> ListAsync(CommandContext context, JournalSelection selection, long? limit)
    {
        var most = limit ?? (selection.Since is null && selection.Until is null ? DefaultLimit : long.MaxValue);
        var rows = RowWriter<JournalEntry>.Create(
            context.Output, ContractJson.Default.JournalEntry, JournalColumns.For(context.Output));
        var entries = JournalReading.ReadAsync(context.Client.Journal, selection, JournalOrder.Newest, most, context.Cancellation);
        await foreach (var entry in entries)
        {
            rows.Write(entry);
        }

        rows.End();
        return ExitCode.Done;
    }

    private static Task<ExitCode> FollowAsync(CommandContext context, JournalSelection selection, long? limit)
    {
        if (selection.Until is not null)
        {
            throw new UsageException("--follow has no end, and --until is one");
        }

        if (context.Server.Scheme == EndpointScheme.Http)
        {
            throw new UsageException($"--follow needs a connection that stays: use tcp://{context.Server.Authority} or ws://{context.Server.Authority}");
        }

        var most = limit ?? (selection.Since is null ? DefaultLimitBeforeFollowing : long.MaxValue);
        return new JournalFollower(context, selection).RunAsync(most);
    }
}
