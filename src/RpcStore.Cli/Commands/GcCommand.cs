using System.CommandLine;
using RpcStore.Cli.Output;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands;

/// <summary><c>rpcstore gc</c>: what nothing references.</summary>
internal static class GcCommand
{
    private const long DefaultAge = 86_400;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Report, and remove nothing." };
        var remove = new Option<bool>("--remove") { Description = "Remove what is found." };
        var prefix = new Option<string>("--prefix")
        {
            Description = "Only ids that start with this; '' is all. Default: blake2b-, which the blocks of flists have.",
            HelpName = "TEXT",
            DefaultValueFactory = _ => "blake2b-",
        };
        var age = new Option<long>("--min-age")
        {
            Description = "Only blobs that were stored so many seconds ago.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => DefaultAge,
        };
        return new Command("gc", "Find blobs that no flist references, and remove them if asked to. A blob that was uploaded by itself is among them.")
        {
            dryRun, remove, prefix, age,
        }.Runs(context =>
        {
            if (context.Get(dryRun) == context.Get(remove))
            {
                throw new UsageException("give --dry-run to look, or --remove to remove what is found");
            }

            return RunAsync(context, context.Get(dryRun), context.Get(prefix)!, context.Get(age));
        });
    }

    private static async Task<ExitCode> RunAsync(CommandContext context, bool isDryRun, string prefix, long age)
    {
        var found = await context.Client.Blobs.CollectAsync(isDryRun, prefix, age, context.Cancellation);
        FactWriter.Write(context.Output, found, ContractJson.Default.BlobCollection,
        [
            new("blobs", Text.Number(found.Blobs), Text.Count(found.Blobs)),
            new("bytes", Text.Number(found.Bytes), Text.Size(found.Bytes)),
            new("removed", found.Removed ? "yes" : "no"),
            .. found.Examples.ToArray().Select(id => new Fact("blob", id.ToString())),
        ]);
        return ExitCode.Done;
    }
}
