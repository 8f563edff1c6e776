using System.CommandLine;
using RpcStore.Cli.Output;

namespace RpcStore.Cli.Commands;

/// <summary><c>rpcstore discover</c>: the contract.</summary>
internal static class DiscoverCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new Command("discover", "Print the server's contract: an OpenRPC document.").Runs(RunAsync);

    private static async Task<ExitCode> RunAsync(CommandContext context)
    {
        // Laid out also in a pipe: it is a document, and it ends in `less`.
        var document = await context.Client.Rpc.DiscoverAsync(context.Cancellation);
        JsonText.Write(context.Output.Results, document, isIndented: true);
        return ExitCode.Done;
    }
}
