using System.CommandLine;
using RpcStore.Cli.Output;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Access;

/// <summary><c>rpcstore sessions</c>: the logins that are open on the server.</summary>
internal static class SessionsCommand
{
    private static readonly Column<Session>[] Columns =
    [
        new("ID", row => row.Id) { Width = 32 },
        new("ACCOUNT", row => row.Account) { Width = 12 },
        new("LAST USED", row => Text.Time(row.LastUsedAt)) { Human = row => Text.ShortTime(row.LastUsedAt), Width = 20 },
        new("EXPIRES", row => Text.Time(row.ExpiresAt)) { Human = row => Text.ShortTime(row.ExpiresAt), Width = 20 },
        new("BY", row => row.OpenedBy == CredentialKind.Password ? "password" : "key") { Width = 8 },
        new("FROM", row => row.Address ?? "-") { Width = 21 },
        new("THIS ONE", row => row.IsCurrent ? "current" : "-") { Human = row => row.IsCurrent ? "yes" : "" },
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create() => new("sessions", "List and end the sessions that logins opened.")
    {
        CreateList(),
        CreateRevoke(),
    };

    private static Command CreateList()
    {
        var all = new Option<bool>("--all") { Description = "Those of every account. For admins." };
        var account = new Option<string?>("--account") { Description = "Those of this account. For admins, or your own.", HelpName = "NAME" };
        var command = new Command("list", "Print your open sessions, the newest first.") { all, account };
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) && result.GetValue(account) is not null)
            {
                result.AddError("--all and --account exclude one another");
            }
        });
        return command.Runs(context => ListAsync(context, context.Get(account), context.Get(all)));
    }

    private static Command CreateRevoke()
    {
        var id = new Argument<string>("ID") { Description = "The session, as 'sessions list' prints it." };
        return new Command("revoke", "End a session at once. Exit code 1 when there is none of this id.") { id }
            .Runs(async context =>
            {
                var session = await context.Client.Auth.RevokeAsync(context.Get(id)!, context.Cancellation);
                context.Output.Summary($"Ended session {session.Id} of {session.Account}.");
                return ExitCode.Done;
            });
    }

    private static async Task<ExitCode> ListAsync(CommandContext context, string? account, bool all)
    {
        var rows = RowWriter<Session>.Create(context.Output, ContractJson.Default.Session, Columns);
        return await rows.WritePagesAsync(context.Output, async cursor =>
        {
            var page = await context.Client.Auth.SessionsAsync(account, all, cursor, limit: null, context.Cancellation);
            return new Page<Session>(page.Sessions, page.Cursor);
        });
    }
}
