using System.CommandLine;
using RpcStore.Cli.Output;
using RpcStore.Core.Catalog;

namespace RpcStore.Cli.Commands.Catalog;

/// <summary><c>rpcstore catalog</c>: the file with accounts and the journal. Works without a server, and beside one.</summary>
internal static class CatalogCommand
{
    private static readonly Column<CatalogFinding>[] Columns = [new("FINDING", row => row.Finding)];

    /// <summary>Makes the command.</summary>
    public static Command Create() => new("catalog", "Look after the catalog: accounts, sessions and the journal.") { CreateCheck() };

    private static Command CreateCheck()
    {
        var data = DataOption.Create();
        return new Command(
            "check", "Look for damage in the catalog of a data directory, also while a server uses it. Exit code 1 when there is any.")
        {
            data,
        }.Runs(context => Task.FromResult(Check(context, DataOption.Read(context, data))));
    }

    private static ExitCode Check(CommandContext context, string directory)
    {
        var path = CatalogPath.In(directory);
        var findings = CatalogCheck.Run(path, context.Cancellation);
        var rows = RowWriter<CatalogFinding>.Create(context.Output, CliJson.Default.CatalogFinding, Columns);
        foreach (var finding in findings)
        {
            rows.Write(new CatalogFinding(finding));
        }

        rows.End();
        if (findings.Count == 0)
        {
            context.Output.Summary($"No damage in {Text.Printable(path)}.");
        }

        return findings.Count == 0 ? ExitCode.Done : ExitCode.No;
    }
}
