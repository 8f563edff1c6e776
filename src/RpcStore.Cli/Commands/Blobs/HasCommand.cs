using System.CommandLine;
using RpcStore.Cli.Input;
using RpcStore.Cli.Output;
using RpcStore.Client;
using RpcStore.Digests;

namespace RpcStore.Cli.Commands.Blobs;

/// <summary><c>rpcstore blobs has</c>.</summary>
internal static class HasCommand
{
    private const string Present = "present";
    private const string Missing = "missing";

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("has", "Tell which blobs the server has. Exit code 1 when it lacks any.");
        var ids = new IdArguments(command);
        var only = new Option<string?>("--only") { Description = "Print only the ids of these, and nothing but the ids." };
        only.AcceptOnlyFromAmong(Present, Missing);
        command.Add(only);
        return command.Runs(context => context.Get(only) is { } wanted
            ? PrintIdsAsync(context, ids.Read(context), wanted)
            : PrintAllAsync(context, ids.Read(context)));
    }

    private static async Task<ExitCode> PrintAllAsync(CommandContext context, IAsyncEnumerable<BlobId> ids)
    {
        var rows = RowWriter<BlobStatus>.Create(context.Output, CliJson.Default.BlobStatus, BlobColumns.Status);
        return await AskAsync(context, ids, rows.Write, rows.End);
    }

    private static async Task<ExitCode> PrintIdsAsync(CommandContext context, IAsyncEnumerable<BlobId> ids, string wanted)
    {
        var rows = RowWriter<BlobId>.Create(context.Output, CliJson.Default.BlobId, BlobColumns.IdAlone);
        return await AskAsync(context, ids, Write, rows.End);

        void Write(BlobStatus row)
        {
            if (row.Status == wanted)
            {
                rows.Write(row.Id);
            }
        }
    }

    private static async Task<ExitCode> AskAsync(
        CommandContext context, IAsyncEnumerable<BlobId> ids, Action<BlobStatus> write, Action end)
    {
        var code = ExitCode.Done;
        await foreach (var asked in ids.Chunk(RpcStoreClientOptions.MaxIdsInACall).WithCancellation(context.Cancellation))
        {
            var answer = await context.Client.Blobs.HasAsync(asked, context.Cancellation);
            foreach (var (id, list) in AnswerLists.InOrderAsked(asked, answer.Present, answer.Missing))
            {
                write(new BlobStatus(id, list == 0 ? Present : Missing));
            }

            code = answer.Missing.IsEmpty ? code : ExitCode.No;
        }

        end();
        return code;
    }
}
