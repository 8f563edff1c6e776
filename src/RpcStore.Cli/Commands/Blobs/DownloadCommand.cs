using System.CommandLine;
using System.Text.Json;
using RpcStore.Cli.Input;
using RpcStore.Cli.Output;
using RpcStore.Client.Files;
using RpcStore.Digests;

namespace RpcStore.Cli.Commands.Blobs;

/// <summary><c>rpcstore blobs download</c>.</summary>
internal static class DownloadCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "download",
            "Write many blobs to a tar file, or to files that are named by their ids. Exit code 1 when any is missing, unless skipped.");
        var ids = new IdArguments(command, withFile: true);
        var target = new Option<string?>("--output", "-o")
        {
            Description = "A tar file, which appears when it is whole; or a folder, when it is one or ends in '/'. Default, and '-': "
                + "a tar on standard output.",
            HelpName = "OUT.tar|DIR/",
        };
        var skip = new Option<bool>("--skip-missing") { Description = "Leave out what the server does not have, and say so." };
        command.Add(target);
        command.Add(skip);
        return command.Runs(context => RunAsync(context, ids.Read(context), context.Get(target) ?? "-", context.Get(skip)));
    }

    private static async Task<ExitCode> RunAsync(CommandContext context, IAsyncEnumerable<BlobId> ids, string target, bool skipsMissing)
    {
        if (target == "-" && !Console.IsOutputRedirected)
        {
            throw new UsageException("a tar at a terminal helps nobody: name a file or a folder with -o");
        }

        var missing = new List<BlobId>();
        await using var bar = ProgressBar.Start(context.Output, "Downloading");
        await WriteAsync(context, ids, target, skipsMissing ? missing.Add : null, bar);
        await bar.DisposeAsync();
        foreach (var id in missing)
        {
            CommandOutput.Complain($"missing: {id}");
        }

        if (target != "-")
        {
            Report(context.Output, new DownloadReport(bar.Latest.Items, bar.Latest.Bytes, missing), target);
        }

        return ExitCode.Done;
    }

    private static async Task WriteAsync(
        CommandContext context, IAsyncEnumerable<BlobId> ids, string target, Action<BlobId>? onMissing, ProgressBar bar)
    {
        var downloads = context.Client.Downloads;
        if (target == "-")
        {
            await downloads.WriteTarAsync(ids, context.Output.Raw, onMissing, bar, context.Cancellation);
        }
        else if (target.EndsWith('/') || Directory.Exists(target))
        {
            await downloads.WriteFilesAsync(ids, target, onMissing, bar, context.Cancellation);
        }
        else
        {
            await using var file = PartialFile.Create(target);
            await downloads.WriteTarAsync(ids, file.Stream, onMissing, bar, context.Cancellation);
            await file.CommitAsync();
        }
    }

    private static void Report(CommandOutput output, DownloadReport report, string target)
    {
        if (output.Format == OutputFormat.Json)
        {
            output.Results.WriteLine(JsonSerializer.Serialize(report, CliJson.Default.DownloadReport));
        }

        var missing = report.Missing.Count > 0 ? $"; {Text.Count(report.Missing.Count)} missing" : "";
        output.Summary($"Wrote {Text.Plural(report.Items, "blob")} ({Text.Size(report.Bytes)}) to {Text.Printable(target)}{missing}.");
    }
}
