using System.CommandLine;
using RpcStore.Cli.Commands.Flists;
using RpcStore.Cli.Output;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Sites;

/// <summary><c>rpcstore sites</c>: which flists browsers are shown, and where.</summary>
internal static class SitesCommand
{
    private static readonly Column<Site>[] Columns =
    [
        new("ADDRESS", row => AddressOf(row)) { Width = 24 },
        new("FLIST", row => $"{row.Account}/{row.Flist}") { Width = 24 },
        new("ACCESS", row => AccessOf(row)) { Width = 8 },
        new("OPTIONS", row => OptionsOf(row)) { Width = 16 },
        new("UPDATED", row => Text.Time(row.UpdatedAt)) { Human = row => Text.ShortTime(row.UpdatedAt) },
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create() => new("sites", "Show flists to browsers, below a path or on a domain of their own.")
    {
        CreatePublish(),
        CreateList(),
        CreateUpdate(),
        CreateUnpublish(),
    };

    private static Command CreatePublish()
    {
        var command = new Command("publish", "Show a flist at an address. Exit code 1 when there is no such flist.");
        var flist = new FlistArgument(command);
        var prefix = new Option<string?>("--prefix") { Description = "The path below which it is, such as /docs.", HelpName = "PATH" };
        var domain = new Option<string?>("--domain")
        {
            Description = "The domain name that it has all for itself; its requests must reach this server.",
            HelpName = "NAME",
        };
        var isPublic = new Option<bool>("--public") { Description = "Everybody may read it; otherwise accounts only." };
        var index = new Option<bool>("--index") { Description = "List directories that have no index.html." };
        var spa = new Option<bool>("--spa") { Description = "Show /index.html for pages that are not there: the page itself knows its paths." };
        var webdav = new Option<bool>("--webdav") { Description = "Let it be read over WebDAV." };
        foreach (var option in new Option[] { prefix, domain, isPublic, index, spa, webdav })
        {
            command.Add(option);
        }

        return command.Runs(async context =>
        {
            if (context.Get(prefix) is null == context.Get(domain) is null)
            {
                throw new UsageException("give --prefix or --domain");
            }

            var (account, name) = flist.Read(context);
            Print(context.Output, await context.Client.Sites.PublishAsync(
                name, account, context.Get(prefix), context.Get(domain), context.Get(isPublic), context.Get(index), context.Get(spa),
                context.Get(webdav), context.Cancellation));
            return ExitCode.Done;
        });
    }

    private static Command CreateList()
    {
        var account = new Option<string?>("--account") { Description = "Only those of this account's flists.", HelpName = "NAME" };
        return new Command("list", "Print the sites that you may see, in the order of their addresses.") { account }
            .Runs(context => ListAsync(context, context.Get(account)));
    }

    private static async Task<ExitCode> ListAsync(CommandContext context, string? account)
    {
        var rows = RowWriter<Site>.Create(context.Output, ContractJson.Default.Site, Columns);
        return await rows.WritePagesAsync(context.Output, async cursor =>
        {
            var page = await context.Client.Sites.ListAsync(account, flist: null, cursor, limit: null, context.Cancellation);
            return new Page<Site>(page.Sites, page.Cursor);
        });
    }

    private static Command CreateUpdate()
    {
        var command = new Command("update", "Change how a site is shown, and print it. What is not named stays. Exit code 1 when there is none.");
        var address = AddAddress(command);
        var isPublic = new Switch(command, "public", "private", "Everybody may read it.", "Accounts only.");
        var index = new Switch(command, "index", "no-index", "List directories that have no index.html.", "Do not list directories.");
        var spa = new Switch(command, "spa", "no-spa", "Show /index.html for pages that are not there.", "Pages that are not there are not found.");
        var webdav = new Switch(command, "webdav", "no-webdav", "Let it be read over WebDAV.", "Not over WebDAV.");
        var flist = new Option<string?>("--flist") { Description = "Show this flist: NAME or ACCOUNT/NAME.", HelpName = "NAME" };
        command.Add(flist);
        return command.Runs(async context =>
        {
            var (account, name) = context.Get(flist) is { } text ? FlistArgument.Parse(text) : (null, null!);
            Print(context.Output, await context.Client.Sites.UpdateAsync(
                context.Get(address)!, isPublic.Read(context), index.Read(context), spa.Read(context), webdav.Read(context), name, account,
                context.Cancellation));
            return ExitCode.Done;
        });
    }

    private static Command CreateUnpublish()
    {
        var command = new Command("unpublish", "Show a flist no more at an address; the flist stays. Exit code 1 when there is no such site.");
        var address = AddAddress(command);
        return command.Runs(async context =>
        {
            Print(context.Output, await context.Client.Sites.UnpublishAsync(context.Get(address)!, context.Cancellation));
            return ExitCode.Done;
        });
    }

    private static Argument<string> AddAddress(Command command)
    {
        var address = new Argument<string>("SITE") { Description = "Its prefix or its domain." };
        command.Add(address);
        return address;
    }

    private static void Print(CommandOutput output, Site site) => FactWriter.Write(output, site, ContractJson.Default.Site,
    [
        new("address", AddressOf(site)),
        new("flist", $"{site.Account}/{site.Flist}"),
        new("access", AccessOf(site)),
        new("options", OptionsOf(site)),
        new("id", site.Id),
        new("createdAt", Text.Time(site.CreatedAt), Text.ShortTime(site.CreatedAt)),
        new("updatedAt", Text.Time(site.UpdatedAt), Text.ShortTime(site.UpdatedAt)),
    ]);

    /// <summary>Where a site is.</summary>
    public static string AddressOf(Site site) => site.Domain ?? site.Prefix ?? "";

    /// <summary>Who may read it.</summary>
    public static string AccessOf(Site site) => site.Public ? "public" : "accounts";

    private static string OptionsOf(Site site)
    {
        var options = string.Join(',', new[] { (site.Index, "index"), (site.Spa, "spa"), (site.Webdav, "webdav") }
            .Where(one => one.Item1).Select(one => one.Item2));
        return options.Length == 0 ? "-" : options;
    }

    /// <summary>Two options of which at most one is given.</summary>
    private sealed class Switch
    {
        private readonly Option<bool> on;
        private readonly Option<bool> off;

        public Switch(Command command, string on, string off, string onText, string offText)
        {
            this.on = new Option<bool>("--" + on) { Description = onText };
            this.off = new Option<bool>("--" + off) { Description = offText };
            command.Add(this.on);
            command.Add(this.off);
        }

        /// <summary>Null when neither is given.</summary>
        public bool? Read(CommandContext context) => (context.Get(on), context.Get(off)) switch
        {
            (true, true) => throw new UsageException($"{on.Name} and {off.Name} exclude one another"),
            (true, false) => true,
            (false, true) => false,
            _ => null,
        };
    }
}
