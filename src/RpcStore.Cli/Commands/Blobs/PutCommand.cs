using System.CommandLine;
using RpcStore.Cli.Output;
using RpcStore.Client;
using RpcStore.Client.Bulk;
using RpcStore.Client.Files;
using RpcStore.Digests;

namespace RpcStore.Cli.Commands.Blobs;

/// <summary><c>rpcstore blobs put</c>.</summary>
internal static class PutCommand
{
    private const string StandardInputName = "standard input";

    private static readonly Column<UploadRow>[] Columns =
    [
        new("ID", row => row.Id ?? "-") { Width = BlobColumns.IdWidth },
        new("SIZE", row => Text.Number(row.Size)) { Human = row => Text.Size(row.Size), Width = 9, IsNumber = true },
        new("STATUS", row => row.Status) { Width = 9 },
        new("NAME", row => row.Name ?? ""),
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Files; '-', or none, is standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command(
            "put", "Store files, each as a blob, and print their ids, one a line in a pipe. Exit code 1 when any failed.")
        {
            files,
        };
        var digest = DigestOption.AddTo(command);
        return command.Runs(context => RunAsync(
            context, context.Get(files) is { Length: > 0 } given ? given : ["-"], digest.Read(context)));
    }

    private static async Task<ExitCode> RunAsync(CommandContext context, string[] files, DigestFunction function)
    {
        var results = new List<UploadedBlob>();
        await using (var bar = ProgressBar.Start(context.Output, "Storing"))
        {
            var spooled = new List<SpooledContent>();
            try
            {
                var sources = OpenAsync(files, function, spooled, context.Cancellation);
                await foreach (var result in context.Client.Uploads.SendAsync(sources, bar, function, context.Cancellation))
                {
                    results.Add(result);
                }
            }
            finally
            {
                spooled.ForEach(content => content.Dispose());
            }
        }

        return Print(context, results);
    }

    /// <summary>What can be read only once, standard input and what <c>&lt;(…)</c> of a shell gives, is kept aside first.</summary>
    private static async IAsyncEnumerable<BlobSource> OpenAsync(
        string[] files,
        DigestFunction function,
        List<SpooledContent> spooled,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            if (file != "-" && (FileKind.IsRegular(file) || !File.Exists(file)))
            {
                yield return BlobSource.FromFile(file);
                continue;
            }

            await using var stream = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
            var content = await SpooledContent.ReadAsync(stream, function, RpcStoreClientOptions.Default, cancellationToken);
            spooled.Add(content);
            yield return BlobSource.FromStream(file == "-" ? StandardInputName : file, content.Open);
        }
    }

    private static ExitCode Print(CommandContext context, List<UploadedBlob> results)
    {
        // A script that stores a file wants its id and nothing else.
        var rows = context.Output.Format == OutputFormat.Plain
            ? RowWriter<UploadRow>.Create(context.Output, CliJson.Default.UploadRow, Columns[0])
            : RowWriter<UploadRow>.Create(context.Output, CliJson.Default.UploadRow, Columns);
        foreach (var result in results)
        {
            if (result.IsOnServer || context.Output.Format == OutputFormat.Json)
            {
                rows.Write(UploadRows.Of(result));
            }

            if (UploadRows.ComplaintOf(result) is { } complaint)
            {
                CommandOutput.Complain(complaint);
            }
        }

        rows.End();
        return results.TrueForAll(result => result.IsOnServer) ? ExitCode.Done : ExitCode.No;
    }
}
