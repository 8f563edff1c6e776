using System.CommandLine;
using RpcStore.Cli.Output;
using RpcStore.Client.Files;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Flists;

/// <summary><c>rpcstore flists download</c>.</summary>
internal static class FlistDownloadCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("download", "Fetch a flist: its .fl file, the tree as an archive, or its blobs. Exit code 1 when there is none.");
        var flist = new FlistArgument(command);
        var file = NewOption("--output", "The .fl file. Default: NAME.fl; '-' is standard output.", "FILE.fl");
        file.Aliases.Add("-o");
        var tar = NewOption("--tar", "The tree as an archive instead, packed when its name ends in gz; '-' is a tar on standard output.", "FILE.tar[.gz]");
        var blobs = NewOption("--blobs", "A tar batch of the blobs instead; '-' is standard output.", "FILE.tar");
        command.Add(file);
        command.Add(tar);
        command.Add(blobs);
        return command.Runs(context =>
        {
            var (account, name) = flist.Read(context);
            var (format, target) = (context.Get(file), context.Get(tar), context.Get(blobs)) switch
            {
                (var path, null, null) => (FlistFormat.Fl, path ?? (name.EndsWith(".fl", StringComparison.Ordinal) ? name : name + ".fl")),
                (null, { } path, null) => (IsPacked(path) ? FlistFormat.TarGz : FlistFormat.Tar, path),
                (null, null, { } path) => (FlistFormat.Blobs, path),
                _ => throw new UsageException("--output, --tar and --blobs exclude one another"),
            };
            return RunAsync(context, account, name, format, target);
        });
    }

    private static Option<string?> NewOption(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };

    private static bool IsPacked(string path) => path.EndsWith("gz", StringComparison.OrdinalIgnoreCase);

    private static async Task<ExitCode> RunAsync(CommandContext context, string? account, string name, FlistFormat format, string target)
    {
        var transfers = context.Client.FlistTransfers;
        if (target == "-")
        {
            if (!Console.IsOutputRedirected)
            {
                throw new UsageException("bytes at a terminal help nobody: name a file");
            }

            await transfers.DownloadAsync(name, context.Output.Raw, account, format, progress: null, context.Cancellation);
            return ExitCode.Done;
        }

        long bytes;
        await using var file = PartialFile.Create(target);
        await using (var bar = ProgressBar.Start(context.Output, "Downloading"))
        {
            bytes = await transfers.DownloadAsync(name, file.Stream, account, format, bar, context.Cancellation);
        }

        await file.CommitAsync();
        context.Output.Summary($"Wrote {Text.Size(bytes)} to {Text.Printable(target)}.");
        return ExitCode.Done;
    }
}
