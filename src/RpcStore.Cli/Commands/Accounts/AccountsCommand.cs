using System.CommandLine;
using RpcStore.Cli.Output;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Accounts;

/// <summary><c>rpcstore accounts</c>: who may log in, and do what.</summary>
internal static class AccountsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("accounts", "Manage who may log in, with which keys, and do what.")
    {
        CreateAdd(),
        new Command("list", "Print all accounts in the order of their names.").Runs(ListAsync),
        CreateFor("show", "Print an account with its keys.", (client, name, stop) => client.GetAsync(name, stop)),
        CreateUpdate(),
        CreateFor(
            "disable",
            "Keep an account from logging in, and end its sessions and transfers at once.",
            (client, name, stop) => client.UpdateAsync(name, role: null, disabled: true, stop)),
        CreateFor(
            "remove",
            "Remove an account with its keys and sessions, and print what it was. What it did stays in the journal.",
            (client, name, stop) => client.DeleteAsync(name, stop)),
        AccountKeyCommand.Create(),
        SetPasswordCommand.Create(),
    };

    /// <summary>The argument that names an account.</summary>
    public static Argument<string> NewName() => new("NAME") { Description = "The account." };

    private static Command CreateAdd()
    {
        var name = NewName();
        var command = new Command("add", "Make an account, and print it. With a key it can log in at once.") { name };
        var role = new RoleOption(command, isRequired: true);
        var key = new KeyOptions(command, isRequired: false);
        return command.Runs(async context =>
        {
            var account = await context.Client.Accounts.CreateAsync(
                context.Get(name)!, role.Read(context)!.Value, key.ReadKey(context), key.ReadLabel(context), context.Cancellation);
            AccountPrinter.Print(context.Output, account);
            return ExitCode.Done;
        });
    }

    private static Command CreateUpdate()
    {
        var name = NewName();
        var disable = new Option<bool>("--disable") { Description = "Keep it from logging in, and end its sessions and transfers." };
        var enable = new Option<bool>("--enable") { Description = "Let it log in again." };
        var command = new Command("update", "Change an account, and print it. What is not given stays.") { name, disable, enable };
        var role = new RoleOption(command, isRequired: false);
        return command.Runs(async context =>
        {
            bool? disabled = (context.Get(disable), context.Get(enable)) switch
            {
                (true, true) => throw new UsageException("--disable and --enable exclude one another"),
                (true, _) => true,
                (_, true) => false,
                _ => null,
            };
            if (disabled is null && role.Read(context) is null)
            {
                throw new UsageException("nothing to change: give --role, --disable or --enable");
            }

            AccountPrinter.Print(
                context.Output,
                await context.Client.Accounts.UpdateAsync(context.Get(name)!, role.Read(context), disabled, context.Cancellation));
            return ExitCode.Done;
        });
    }

    private static Command CreateFor(
        string verb, string description, Func<IAccountsClient, string, CancellationToken, ValueTask<Account>> call)
    {
        var name = NewName();
        return new Command(verb, $"{description} Exit code 1 when there is none of this name.") { name }
            .Runs(async context =>
            {
                AccountPrinter.Print(context.Output, await call(context.Client.Accounts, context.Get(name)!, context.Cancellation));
                return ExitCode.Done;
            });
    }

    private static async Task<ExitCode> ListAsync(CommandContext context)
    {
        var rows = RowWriter<Account>.Create(context.Output, ContractJson.Default.Account, AccountPrinter.Columns);
        return await rows.WritePagesAsync(context.Output, async cursor =>
        {
            var page = await context.Client.Accounts.ListAsync(cursor, limit: null, context.Cancellation);
            return new Page<Account>(page.Accounts, page.Cursor);
        });
    }
}
