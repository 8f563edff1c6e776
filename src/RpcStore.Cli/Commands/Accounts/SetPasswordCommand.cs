using System.CommandLine;
using RpcStore.Cli.Input;

namespace RpcStore.Cli.Commands.Accounts;

/// <summary><c>rpcstore accounts set-password</c>: the API password of an account.</summary>
internal static class SetPasswordCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var name = AccountsCommand.NewName();
        var remove = new Option<bool>("--remove") { Description = "Take the password away." };
        var file = new Option<string?>("--password-file")
        {
            Description = "A file with the password in its first line; - for standard input.",
            HelpName = "FILE",
        };
        var command = new Command(
            "set-password",
            "Give an account an API password, for rfs and for HTTP Basic, and print the account. Sessions that the password before "
                + "opened end. It is asked for at the terminal, or read from standard input; it is never an argument.")
        {
            name, remove, file,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(remove) && result.GetValue(file) is not null)
            {
                result.AddError("--remove and --password-file exclude one another");
            }
        });
        return command.Runs(async context =>
        {
            var password = context.Get(remove) ? null : await PasswordInput.ReadAsync(context.Get(file), context.Cancellation);
            AccountPrinter.Print(
                context.Output, await context.Client.Accounts.SetPasswordAsync(context.Get(name)!, password, context.Cancellation));
            return ExitCode.Done;
        });
    }
}
