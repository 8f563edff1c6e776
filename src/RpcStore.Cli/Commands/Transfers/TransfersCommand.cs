using System.CommandLine;
using RpcStore.Cli.Output;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Transfers;

/// <summary><c>rpcstore transfers</c>: the movements of bulk bytes.</summary>
internal static class TransfersCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("transfers", "Follow and end uploads, downloads and scrubs.")
    {
        CreateList(),
        CreateGet(),
        CreateCancel(),
    };

    private static Command CreateList()
    {
        var state = new Option<string?>("--state") { Description = "Only those in this state." };
        state.AcceptOnlyFromAmong(TransferPrinter.States);
        return new Command("list", "Print all transfers, the newest first.") { state }
            .Runs(context => ListAsync(context, context.Get(state) is { } wanted ? TransferPrinter.StateOf(wanted) : null));
    }

    private static Command CreateGet()
    {
        var id = new Argument<string>("ID") { Description = "The transfer." };
        return new Command("get", "Print all that is known of a transfer. Exit code 1 when there is none of this id.") { id }
            .Runs(async context =>
            {
                TransferPrinter.Print(context.Output, await context.Client.Transfers.GetAsync(context.Get(id)!, context.Cancellation));
                return ExitCode.Done;
            });
    }

    private static Command CreateCancel()
    {
        var id = new Argument<string>("ID") { Description = "The transfer." };
        return new Command("cancel", "End a transfer that has not ended, and print it. What it has stored stays stored.") { id }
            .Runs(async context =>
            {
                TransferPrinter.Print(context.Output, await context.Client.Transfers.CancelAsync(context.Get(id)!, context.Cancellation));
                return ExitCode.Done;
            });
    }

    private static async Task<ExitCode> ListAsync(CommandContext context, TransferState? state)
    {
        var rows = RowWriter<Transfer>.Create(context.Output, ContractJson.Default.Transfer, TransferPrinter.Columns);
        return await rows.WritePagesAsync(context.Output, async cursor =>
        {
            var page = await context.Client.Transfers.ListAsync(state, cursor, limit: null, context.Cancellation);
            return new Page<Transfer>(page.Transfers, page.Cursor);
        });
    }
}
