using System.CommandLine;
using RpcStore.Cli.Input;
using RpcStore.Cli.Output;
using RpcStore.Client;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Blobs;

/// <summary><c>rpcstore blobs stat</c>.</summary>
internal static class StatCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("stat", "Tell the sizes of blobs and when they were stored. Exit code 1 when any is missing.");
        var ids = new IdArguments(command);
        return command.Runs(context => RunAsync(context, ids));
    }

    private static async Task<ExitCode> RunAsync(CommandContext context, IdArguments ids)
    {
        var rows = RowWriter<BlobFacts>.Create(context.Output, CliJson.Default.BlobFacts, BlobColumns.Facts);
        var code = ExitCode.Done;
        await foreach (var asked in ids.Read(context).Chunk(RpcStoreClientOptions.MaxIdsInACall).WithCancellation(context.Cancellation))
        {
            var answer = await context.Client.Blobs.StatAsync(asked, context.Cancellation);
            var known = answer.Blobs.GetEnumerator();
            var present = answer.Blobs.Select(blob => blob.Id).ToArray();
            foreach (var (id, list) in AnswerLists.InOrderAsked(asked, present, answer.Missing))
            {
                rows.Write(list == 0 && known.MoveNext() ? FactsOf(known.Current) : new BlobFacts(id, "missing"));
            }

            code = answer.Missing.IsEmpty ? code : ExitCode.No;
        }

        rows.End();
        return code;
    }

    private static BlobFacts FactsOf(BlobInfo blob) => new(blob.Id, "present", blob.Size, Text.Time(blob.StoredAt));
}
