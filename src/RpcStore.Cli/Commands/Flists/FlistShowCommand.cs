using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using RpcStore.Cli.Commands.Sites;
using RpcStore.Cli.Output;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Flists;

/// <summary><c>rpcstore flists show</c>: one flist, and where browsers are shown it.</summary>
internal static class FlistShowCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("show", "Print what is known of a flist, and where it is published. Exit code 1 when there is none.");
        var flist = new FlistArgument(command);
        return command.Runs(async context =>
        {
            var (account, name) = flist.Read(context);
            var found = await context.Client.Flists.GetAsync(name, account, context.Cancellation);
            Print(context.Output, found, await ReadSitesAsync(context, found));
            return ExitCode.Done;
        });
    }

    private static async Task<List<Site>> ReadSitesAsync(CommandContext context, Flist flist)
    {
        var sites = new List<Site>();
        await foreach (var page in PageReader.PagesAsync(async cursor =>
        {
            var page = await context.Client.Sites.ListAsync(flist.Account, flist.Name, cursor, limit: null, context.Cancellation);
            return new Page<Site>(page.Sites, page.Cursor);
        }))
        {
            sites.AddRange(page);
        }

        return sites;
    }

    private static void Print(CommandOutput output, Flist flist, List<Site> sites)
    {
        // As JSON: the flist as the contract has it, and the sites as the contract has them beside its members.
        var all = JsonSerializer.SerializeToNode(flist, ContractJson.Default.Flist)!.AsObject();
        all.Add("sites", new JsonArray([.. sites.Select(site => JsonSerializer.SerializeToNode(site, ContractJson.Default.Site))]));
        FactWriter.Write(output, all, CliJson.Default.JsonObject,
        [
            .. FlistPrinter.FactsOf(flist),
            .. sites.Select(site => new Fact("site", SitesCommand.AddressOf(site), $"{SitesCommand.AddressOf(site)} ({SitesCommand.AccessOf(site)})")),
        ]);
    }
}
