using System.CommandLine;

namespace RpcStore.Cli.Commands.Accounts;

/// <summary><c>rpcstore accounts key</c>: the keys that an account logs in with.</summary>
internal static class AccountKeyCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("key", "Give an account a further key, or take one from it.")
    {
        CreateAdd(),
        CreateRemove(),
    };

    private static Command CreateAdd()
    {
        var name = AccountsCommand.NewName();
        var command = new Command("add", "Give an account a further key, and print the account.") { name };
        var key = new KeyOptions(command, isRequired: true);
        return command.Runs(async context =>
        {
            var account = await context.Client.Accounts.AddKeyAsync(
                context.Get(name)!, key.ReadKey(context)!, key.ReadLabel(context), context.Cancellation);
            AccountPrinter.Print(context.Output, account);
            return ExitCode.Done;
        });
    }

    private static Command CreateRemove()
    {
        var name = AccountsCommand.NewName();
        var fingerprint = new Argument<string>("FINGERPRINT") { Description = "The key: SHA256:…, as 'accounts show' and ssh-keygen -l print it." };
        var command = new Command(
            "remove", "Take a key from an account, end the sessions that it opened, and print the account. Exit code 1 when it is not there.")
        {
            name, fingerprint,
        };
        return command.Runs(async context =>
        {
            var account = await context.Client.Accounts.RemoveKeyAsync(
                context.Get(name)!, context.Get(fingerprint)!, context.Cancellation);
            AccountPrinter.Print(context.Output, account);
            return ExitCode.Done;
        });
    }
}
