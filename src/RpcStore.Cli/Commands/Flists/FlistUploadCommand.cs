using System.CommandLine;
using RpcStore.Cli.Output;
using RpcStore.Client.Flists;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Flists;

/// <summary><c>rpcstore flists upload</c>.</summary>
internal static class FlistUploadCommand
{
    private static readonly string[] Extensions = [".tar.gz", ".tgz", ".tar", ".fl"];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var source = new Argument<string>("FILE|DIR")
        {
            Description = "A tar, a gzip of one, or a .fl file, told by what is in it; a folder; or '-' for standard input.",
        };
        var name = new Option<string?>("--name")
        {
            Description = "The flist: NAME or ACCOUNT/NAME. Default: the name of the file or folder.",
            HelpName = "NAME",
        };
        var isPublic = new Option<bool>("--public") { Description = "Everybody may list, read and download it." };
        var isPrivate = new Option<bool>("--private") { Description = "Only its account and admins may. So it is when it is new." };
        var ifMatch = new Option<string?>("--if-match")
        {
            Description = "Only when the flist has this digest, or with 'none' when there is none; exit code 1 otherwise.",
            HelpName = "DIGEST",
        };
        var incomplete = new Option<bool>("--allow-incomplete")
        {
            Description = "Take a .fl whose blobs are not all on the server. It is not served until they are.",
        };
        var store = new Option<string?>("--store-url")
        {
            Description = "Of an archive or folder: where rfs finds the blobs, such as server://http://host:9750.",
            HelpName = "URL",
        };
        return new Command("upload", "Make a flist of an archive, a folder or a .fl file, or give it a new content. What is stored already is not stored again.")
        {
            source, name, isPublic, isPrivate, ifMatch, incomplete, store,
        }.Runs(context =>
        {
            if (context.Get(isPublic) && context.Get(isPrivate))
            {
                throw new UsageException("--public and --private exclude one another");
            }

            var path = context.Get(source)!;
            var (account, flist) = FlistArgument.Parse(context.Get(name) ?? NameOf(path));
            var options = new FlistUpload
            {
                Account = account,
                IsPublic = context.Get(isPublic) ? true : context.Get(isPrivate) ? false : null,
                IfMatch = context.Get(ifMatch),
                AllowsIncomplete = context.Get(incomplete),
                StoreUrl = context.Get(store),
            };
            return RunAsync(context, path, flist, options);
        });
    }

    private static async Task<ExitCode> RunAsync(CommandContext context, string path, string name, FlistUpload options)
    {
        FlistUploaded uploaded;
        await using (var bar = ProgressBar.Start(context.Output, "Uploading"))
        {
            uploaded = await SendAsync(context, path, name, options, bar);
        }

        FactWriter.Write(context.Output, uploaded, ContractJson.Default.FlistUploaded,
        [
            new("status", WordFor(uploaded.Status)),
            new("storedBlobs", Text.Number(uploaded.StoredBlobs), Text.Count(uploaded.StoredBlobs)),
            new("storedBytes", Text.Number(uploaded.StoredBytes), Text.Size(uploaded.StoredBytes)),
            .. FlistPrinter.FactsOf(uploaded.Flist),
        ]);
        return ExitCode.Done;
    }

    private static async Task<FlistUploaded> SendAsync(
        CommandContext context, string path, string name, FlistUpload options, ProgressBar bar)
    {
        var transfers = context.Client.FlistTransfers;
        if (Directory.Exists(path))
        {
            return await transfers.UploadFolderAsync(name, path, options, bar, context.Cancellation);
        }

        if (path != "-" && !File.Exists(path))
        {
            throw new UsageException($"there is no file or folder '{path}'");
        }

        await using var source = path == "-"
            ? Console.OpenStandardInput()
            : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return await transfers.UploadAsync(name, source, options, bar, context.Cancellation);
    }

    private static string NameOf(string path)
    {
        if (path == "-")
        {
            throw new UsageException("what comes from standard input has no name: give --name");
        }

        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        var extension = Extensions.FirstOrDefault(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase) && name.Length > end.Length);
        return extension is null ? name : name[..^extension.Length];
    }

    private static string WordFor(FlistUploadStatus status) => status switch
    {
        FlistUploadStatus.Created => "created",
        FlistUploadStatus.Replaced => "replaced",
        _ => "unchanged",
    };
}
