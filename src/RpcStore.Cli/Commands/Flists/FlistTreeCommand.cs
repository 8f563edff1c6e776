using System.CommandLine;
using System.Globalization;
using RpcStore.Cli.Output;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Flists;

/// <summary><c>rpcstore flists tree</c>.</summary>
internal static class FlistTreeCommand
{
    private static readonly Column<FlistEntry>[] Columns =
    [
        new("MODE", row => ModeOf(row)) { Width = 10 },
        new("UID", row => Text.Number(row.Uid)) { Width = 5, IsNumber = true },
        new("GID", row => Text.Number(row.Gid)) { Width = 5, IsNumber = true },
        new("SIZE", row => row.Device ?? Text.Number(row.Size)) { Human = row => row.Device ?? Text.Size(row.Size), Width = 9, IsNumber = true },
        new("MODIFIED", row => Text.Time(row.ModifiedAt)) { Human = row => Text.ShortTime(row.ModifiedAt), Width = 20 },
        new("PATH", row => row.Path + Target(row)) { Human = row => row.Path + (row.Kind == FlistKind.Directory ? "/" : "") + Target(row) },
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("tree", "Print what is in a flist, like ls -l. Exit code 1 when there is none.");
        var flist = new FlistArgument(command);
        var path = new Argument<string?>("PATH") { Description = "Where to begin. Default: the root.", Arity = ArgumentArity.ZeroOrOne };
        var flat = new Option<bool>("--flat") { Description = "Do not go down into folders." };
        command.Add(path);
        command.Add(flat);
        return command.Runs(context => RunAsync(context, flist.Read(context), context.Get(path), !context.Get(flat)));
    }

    private static async Task<ExitCode> RunAsync(CommandContext context, (string? Account, string Name) flist, string? path, bool isRecursive)
    {
        var rows = RowWriter<FlistEntry>.Create(context.Output, ContractJson.Default.FlistEntry, Columns);
        return await rows.WritePagesAsync(context.Output, async cursor =>
        {
            var page = await context.Client.Flists.TreeAsync(
                flist.Name, flist.Account, path, isRecursive, cursor, limit: null, context.Cancellation);
            return new Page<FlistEntry>(page.Entries, page.Cursor);
        });
    }

    private static string Target(FlistEntry entry) => entry.Target is { } target ? " -> " + target : "";

    private static string ModeOf(FlistEntry entry)
    {
        var kind = entry.Kind switch
        {
            FlistKind.Directory => 'd',
            FlistKind.Symlink => 'l',
            FlistKind.BlockDevice => 'b',
            FlistKind.CharacterDevice => 'c',
            FlistKind.Fifo => 'p',
            FlistKind.Socket => 's',
            _ => '-',
        };
        return kind + Convert.ToString(entry.Mode, 8).PadLeft(4, '0').ToString(CultureInfo.InvariantCulture);
    }
}
