using System.CommandLine;
using RpcStore.Cli.Input;
using RpcStore.Cli.Output;
using RpcStore.Client;

namespace RpcStore.Cli.Commands.Blobs;

/// <summary><c>rpcstore blobs verify</c>.</summary>
internal static class VerifyCommand
{
    private static readonly string[] Words = ["ok", "missing", "corrupt"];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "verify", "Let the server read blobs again and check their digests. Exit code 1 when any is missing or corrupt.");
        var ids = new IdArguments(command);
        return command.Runs(context => RunAsync(context, ids));
    }

    private static async Task<ExitCode> RunAsync(CommandContext context, IdArguments ids)
    {
        var rows = RowWriter<BlobStatus>.Create(context.Output, CliJson.Default.BlobStatus, BlobColumns.Status);
        var code = ExitCode.Done;
        await foreach (var asked in ids.Read(context).Chunk(RpcStoreClientOptions.MaxIdsInACall).WithCancellation(context.Cancellation))
        {
            var answer = await context.Client.Blobs.VerifyAsync(asked, context.Cancellation);
            foreach (var (id, list) in AnswerLists.InOrderAsked(asked, answer.Ok, answer.Missing, answer.Corrupt))
            {
                rows.Write(new BlobStatus(id, Words[list]));
                code = list == 0 ? code : ExitCode.No;
            }
        }

        rows.End();
        return code;
    }
}
