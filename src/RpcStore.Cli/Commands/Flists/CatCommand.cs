using System.CommandLine;
using RpcStore.Cli.Output;
using RpcStore.Client.Files;

namespace RpcStore.Cli.Commands.Flists;

/// <summary><c>rpcstore flists cat</c>.</summary>
internal static class CatCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("cat", "Write a file of a flist to standard output or to a file. Exit code 1 when it is missing.");
        var flist = new FlistArgument(command);
        var path = new Argument<string>("PATH") { Description = "The file in the flist." };
        var file = new Option<string?>("--output", "-o") { Description = "Write to this file, which appears when it is whole.", HelpName = "FILE" };
        command.Add(path);
        command.Add(file);
        return command.Runs(context => RunAsync(context, flist.Read(context), context.Get(path)!, context.Get(file)));
    }

    private static async Task<ExitCode> RunAsync(
        CommandContext context, (string? Account, string Name) flist, string path, string? target)
    {
        var transfers = context.Client.FlistTransfers;
        if (target is null or "-")
        {
            await transfers.ReadFileAsync(flist.Name, path, context.Output.Raw, flist.Account, progress: null, context.Cancellation);
            return ExitCode.Done;
        }

        await using var file = PartialFile.Create(target);
        await using (var bar = ProgressBar.Start(context.Output, "Fetching"))
        {
            await transfers.ReadFileAsync(flist.Name, path, file.Stream, flist.Account, bar, context.Cancellation);
        }

        await file.CommitAsync();
        return ExitCode.Done;
    }
}
