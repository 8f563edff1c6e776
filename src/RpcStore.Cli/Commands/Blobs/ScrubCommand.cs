using System.CommandLine;
using RpcStore.Cli.Commands.Transfers;
using RpcStore.Cli.Output;
using RpcStore.Client.Bulk;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Blobs;

/// <summary><c>rpcstore blobs scrub</c>.</summary>
internal static class ScrubCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var detach = new Option<bool>("--detach")
        {
            Description = "Return at once; 'rpcstore transfers get' tells how far it is. Otherwise wait, and Ctrl-C ends the scrub.",
        };
        var command = new Command(
            "scrub", "Let the server read every blob again and put corrupt ones aside. Exit code 1 when any was corrupt.")
        {
            detach,
        };
        return command.Runs(context => RunAsync(context, context.Get(detach)));
    }

    private static async Task<ExitCode> RunAsync(CommandContext context, bool isDetached)
    {
        Transfer transfer;
        await using (var bar = ProgressBar.Start(context.Output, "Scrubbing"))
        {
            transfer = isDetached
                ? await context.Client.Blobs.ScrubAsync(wait: false, cancellationToken: context.Cancellation)
                : await context.Client.Blobs.ScrubAsync(wait: true, new ScrubProgress(bar), context.Cancellation);
        }

        TransferPrinter.Print(context.Output, transfer);
        return transfer.State is TransferState.Failed or TransferState.Cancelled ? ExitCode.ServerError
            : transfer.CorruptItems > 0 ? ExitCode.No
            : ExitCode.Done;
    }

    private sealed class ScrubProgress(ProgressBar bar) : IProgress<Transfer>
    {
        public void Report(Transfer value) => bar.Report(new TransferProgress(
            value.Items, value.TotalItems ?? 0, value.Bytes, value.TotalBytes ?? 0, TotalsAreFinal: value.TotalItems is not null));
    }
}
