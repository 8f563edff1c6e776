using System.CommandLine;
using RpcStore.Cli.Output;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Flists;

/// <summary><c>rpcstore flists verify</c>.</summary>
internal static class FlistVerifyCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("verify", "Read every blob of a flist again. Exit code 1 when one is missing or wrong.");
        var flist = new FlistArgument(command);
        return command.Runs(async context =>
        {
            var (account, name) = flist.Read(context);
            var found = await context.Client.Flists.VerifyAsync(name, account, context.Cancellation);
            FactWriter.Write(context.Output, found, ContractJson.Default.FlistVerification, FactsOf(found));
            return found.Flist.Complete ? ExitCode.Done : ExitCode.No;
        });
    }

    private static IEnumerable<Fact> FactsOf(FlistVerification found) =>
    [
        new("ok", Text.Number(found.Ok), Text.Plural(found.Ok, "blob")),
        new("missing", Text.Number(found.MissingCount), Text.Plural(found.MissingCount, "blob")),
        new("corrupt", Text.Number(found.CorruptCount), Text.Plural(found.CorruptCount, "blob")),
        new("incompleteFiles", Text.Number(found.Flist.IncompleteFiles), Text.Plural(found.Flist.IncompleteFiles, "file")),
        .. found.Missing.ToArray().Select(id => new Fact("missingBlob", id.ToString())),
        .. found.Corrupt.ToArray().Select(id => new Fact("corruptBlob", id.ToString())),
    ];
}
