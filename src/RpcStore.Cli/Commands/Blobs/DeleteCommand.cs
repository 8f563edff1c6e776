using System.CommandLine;
using RpcStore.Cli.Input;
using RpcStore.Cli.Output;
using RpcStore.Client;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Blobs;

/// <summary><c>rpcstore blobs delete</c>.</summary>
internal static class DeleteCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "delete", "Remove blobs. One that is absent is as good as removed; exit code 1 when any was kept because it is referenced.");
        var ids = new IdArguments(command);
        var force = new Option<bool>("--force") { Description = "Remove blobs that something references, too." };
        command.Add(force);
        return command.Runs(context => RunAsync(context, ids, context.Get(force)));
    }

    private static async Task<ExitCode> RunAsync(CommandContext context, IdArguments ids, bool force)
    {
        var rows = RowWriter<BlobStatus>.Create(context.Output, CliJson.Default.BlobStatus, BlobColumns.Status);
        var code = ExitCode.Done;
        await foreach (var asked in ids.Read(context).Chunk(RpcStoreClientOptions.MaxIdsInACall).WithCancellation(context.Cancellation))
        {
            var answer = await context.Client.Blobs.DeleteAsync(asked, force, context.Cancellation);
            foreach (var result in answer.Results)
            {
                rows.Write(new BlobStatus(result.Id, WordFor(result.Status)));
                code = result.Status == BlobDeletionStatus.Referenced ? ExitCode.No : code;
            }
        }

        rows.End();
        return code;
    }

    private static string WordFor(BlobDeletionStatus status) => status switch
    {
        BlobDeletionStatus.Deleted => "deleted",
        BlobDeletionStatus.Absent => "absent",
        _ => "referenced",
    };
}
