using System.CommandLine;
using RpcStore.Cli.Output;
using RpcStore.Core.Catalog;

namespace RpcStore.Cli.Commands.Catalog;

/// <summary><c>rpcstore backup</c>: a copy of the catalog. Works without a server, and beside one.</summary>
internal static class BackupCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The file to make; one that exists is never replaced." };
        var data = DataOption.Create();
        var command = new Command(
            "backup",
            "Copy the catalog, which is accounts, sessions and the journal, as it is at one moment, also while a server uses it. "
            + "Blobs never change: copy the folder of the blobs afterwards with any tool.")
        {
            file, data,
        };
        return command.Runs(context => RunAsync(context, DataOption.Read(context, data), Path.GetFullPath(context.Get(file)!)));
    }

    private static async Task<ExitCode> RunAsync(CommandContext context, string directory, string target)
    {
        var path = CatalogPath.In(directory);
        await Task.Run(() => CatalogBackup.Write(path, target, context.Cancellation), context.Cancellation);
        context.Output.Summary($"Copied the catalog to {Text.Printable(target)}: {Text.Size(new FileInfo(target).Length)}.");
        return ExitCode.Done;
    }
}
