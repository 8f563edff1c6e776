using System.CommandLine;
using RpcStore.Cli.Output;

namespace RpcStore.Cli.Commands.Blobs;

/// <summary><c>rpcstore blobs list</c>.</summary>
internal static class ListCommand
{
    private const long PageSize = 1000;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var prefix = new Option<string?>("--prefix") { Description = "Only ids that start with this.", HelpName = "TEXT" };
        var limit = LimitOption.Create("Blobs at the most.");
        var command = new Command("list", "Print all blobs, in the order of their ids, with size and time.") { prefix, limit };
        return command.Runs(context => RunAsync(context, context.Get(prefix), context.Get(limit) ?? long.MaxValue));
    }

    private static async Task<ExitCode> RunAsync(CommandContext context, string? prefix, long limit)
    {
        var rows = RowWriter<BlobFacts>.Create(context.Output, CliJson.Default.BlobFacts, BlobColumns.Facts);
        return await rows.WritePagesAsync(context.Output, async cursor =>
        {
            var page = await context.Client.Blobs.ListAsync(prefix, cursor, Math.Min(limit, PageSize), context.Cancellation);
            limit -= page.Blobs.Count;
            return new Page<BlobFacts>(
                [.. page.Blobs.Select(blob => new BlobFacts(blob.Id, "present", blob.Size, Text.Time(blob.StoredAt)))],
                limit > 0 ? page.Cursor : null);
        });
    }
}
