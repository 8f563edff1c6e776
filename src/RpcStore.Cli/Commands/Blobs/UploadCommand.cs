using System.CommandLine;
using RpcStore.Cli.Input;
using RpcStore.Cli.Output;
using RpcStore.Client.Bulk;
using RpcStore.Digests;

namespace RpcStore.Cli.Commands.Blobs;

/// <summary><c>rpcstore blobs upload</c>.</summary>
internal static class UploadCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var sources = new Argument<string[]>("DIR|BATCH.tar[.gz]")
        {
            Description = "Folders, whose files are stored as blobs; tar batches, whose entries are named by their ids; '-' is a "
                + "batch on standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("upload", "Store many blobs at once: only what the server lacks is sent. Exit code 1 when any failed.")
        {
            sources,
        };
        var digest = DigestOption.AddTo(command);
        return command.Runs(context => RunAsync(context, context.Get(sources)!, digest.Read(context)));
    }

    private static async Task<ExitCode> RunAsync(CommandContext context, string[] sources, DigestFunction function)
    {
        // Looked at before anything is sent: a slip in the last of them should cost nothing.
        var kinds = sources.Select(UploadSource.Recognize).ToArray();
        var report = new UploadReport(context.Output);
        try
        {
            for (var i = 0; i < sources.Length; i++)
            {
                await using var bar = ProgressBar.Start(context.Output, "Uploading");
                await (kinds[i] == UploadSource.Folder
                    ? UploadFolderAsync(context, sources[i], function, report, bar)
                    : UploadBatchAsync(context, sources[i], report, bar));
            }
        }
        finally
        {
            report.TellFailures();
        }

        report.End();
        return report.HasFailures ? ExitCode.No : ExitCode.Done;
    }

    private static async Task UploadFolderAsync(
        CommandContext context, string folder, DigestFunction function, UploadReport report, ProgressBar bar)
    {
        var files = BlobSource.FromFolder(folder).ToAsyncEnumerable();
        await foreach (var result in context.Client.Uploads.SendAsync(files, bar, function, context.Cancellation))
        {
            report.Add(result);
        }
    }

    private static async Task UploadBatchAsync(CommandContext context, string path, UploadReport report, ProgressBar bar)
    {
        await using var batch = path == "-"
            ? Console.OpenStandardInput()
            : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        await foreach (var entry in context.Client.Uploads.SendBatchAsync(batch, bar, context.Cancellation))
        {
            report.Add(entry);
        }
    }
}
