using System.CommandLine;
using RpcStore.Cli.Output;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Flists;

/// <summary><c>rpcstore flists</c>: everything that is done with file trees.</summary>
internal static class FlistsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("flists", "Keep file trees: upload archives, list, read, compare and download them.")
    {
        FlistUploadCommand.Create(),
        CreateList(),
        FlistShowCommand.Create(),
        FlistTreeCommand.Create(),
        CatCommand.Create(),
        FlistDownloadCommand.Create(),
        FlistVerifyCommand.Create(),
        FlistDiffCommand.Create(),
        CreateUpdate(),
        CreateDelete(),
    };

    private static Command CreateList()
    {
        var account = new Option<string?>("--account") { Description = "Only those of this account.", HelpName = "NAME" };
        return new Command("list", "Print the flists that you may see, in the order of account and name.") { account }
            .Runs(context => ListAsync(context, context.Get(account)));
    }

    private static async Task<ExitCode> ListAsync(CommandContext context, string? account)
    {
        var rows = RowWriter<Flist>.Create(context.Output, ContractJson.Default.Flist, FlistPrinter.Columns);
        return await rows.WritePagesAsync(context.Output, async cursor =>
        {
            var page = await context.Client.Flists.ListAsync(account, cursor, limit: null, context.Cancellation);
            return new Page<Flist>(page.Flists, page.Cursor);
        });
    }

    private static Command CreateUpdate()
    {
        var command = new Command("update", "Say who may see a flist, and print it.");
        var flist = new FlistArgument(command);
        var isPublic = new Option<bool>("--public") { Description = "Everybody may list, read and download it." };
        var isPrivate = new Option<bool>("--private") { Description = "Only its account and admins may." };
        command.Add(isPublic);
        command.Add(isPrivate);
        return command.Runs(async context =>
        {
            var (account, name) = flist.Read(context);
            if (context.Get(isPublic) == context.Get(isPrivate))
            {
                throw new UsageException("give --public or --private");
            }

            FlistPrinter.Print(
                context.Output, await context.Client.Flists.UpdateAsync(name, context.Get(isPublic), account, context.Cancellation));
            return ExitCode.Done;
        });
    }

    private static Command CreateDelete()
    {
        var command = new Command("delete", "Delete a flist, with the blobs that nothing else references. Exit code 1 when there is none.");
        var flist = new FlistArgument(command);
        var ifMatch = new Option<string?>("--if-match") { Description = "Only when it has this digest; exit code 1 otherwise.", HelpName = "DIGEST" };
        command.Add(ifMatch);
        return command.Runs(async context =>
        {
            var (account, name) = flist.Read(context);
            var deletion = await context.Client.Flists.DeleteAsync(name, account, context.Get(ifMatch), context.Cancellation);
            FactWriter.Write(context.Output, deletion, ContractJson.Default.FlistDeletion,
            [
                new("deleted", $"{deletion.Flist.Account}/{deletion.Flist.Name}"),
                new("blobs", Text.Number(deletion.Blobs), Text.Count(deletion.Blobs) + (deletion.Deferred ? ", once nobody reads it any more" : "")),
                new("bytes", Text.Number(deletion.Bytes), Text.Size(deletion.Bytes)),
                new("keptBlobs", Text.Number(deletion.KeptBlobs), $"{Text.Count(deletion.KeptBlobs)}, which something else references"),
            ]);
            return ExitCode.Done;
        });
    }
}
