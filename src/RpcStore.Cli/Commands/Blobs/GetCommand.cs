using System.CommandLine;
using RpcStore.Cli.Input;
using RpcStore.Cli.Output;
using RpcStore.Client.Files;
using RpcStore.Digests;

namespace RpcStore.Cli.Commands.Blobs;

/// <summary><c>rpcstore blobs get</c>.</summary>
internal static class GetCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "The blob." };
        var file = new Option<string?>("--output", "-o")
        {
            Description = "Write to this file, which appears when it is whole.",
            HelpName = "FILE",
        };
        var offset = NumberOption("--offset", "The first byte wanted, from 0.");
        var length = NumberOption("--length", "Bytes wanted at the most.");
        var command = new Command("get", "Write the bytes of a blob to standard output or to a file. Exit code 1 when it is missing.")
        {
            id, file, offset, length,
        };
        return command.Runs(context => RunAsync(
            context, IdReader.Parse(context.Get(id)!), context.Get(file), context.Get(offset) ?? 0, context.Get(length)));
    }

    private static async Task<ExitCode> RunAsync(CommandContext context, BlobId id, string? path, long offset, long? length)
    {
        if (path is null or "-")
        {
            // A bar between the lines of a text that is being printed would spoil both.
            await using var bar = Console.IsOutputRedirected ? ProgressBar.Start(context.Output, "Fetching") : null;
            await context.Client.Downloads.GetAsync(id, context.Output.Raw, offset, length, bar, context.Cancellation);
            return ExitCode.Done;
        }

        await using var file = PartialFile.Create(path);
        await using (var bar = ProgressBar.Start(context.Output, "Fetching"))
        {
            await context.Client.Downloads.GetAsync(id, file.Stream, offset, length, bar, context.Cancellation);
        }

        await file.CommitAsync();
        return ExitCode.Done;
    }

    private static Option<long?> NumberOption(string name, string description)
    {
        var option = new Option<long?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long?>() < 0)
            {
                result.AddError($"{name} takes a number from 0");
            }
        });
        return option;
    }
}
