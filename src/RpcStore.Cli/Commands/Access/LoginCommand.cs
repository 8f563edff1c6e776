using System.CommandLine;
using RpcStore.Contract;
using RpcStore.Keys;

namespace RpcStore.Cli.Commands.Access;

/// <summary><c>rpcstore login</c>: proves a key, and keeps the session for the commands that follow.</summary>
internal static class LoginCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var key = new Option<string>("--key")
        {
            Description = "The private key: a file as 'rpcstore keys new' and ssh-keygen make it, without a passphrase.",
            HelpName = "FILE",
            Required = true,
        };
        var command = new Command(
            "login", "Log in to the server with a key. Later commands with the same --server use the session, until 'logout'.")
        {
            key,
        };
        return command.Runs(context => RunAsync(context, context.Get(key)!));
    }

    private static async Task<ExitCode> RunAsync(CommandContext context, string file)
    {
        using var key = PrivateKeyFile.Read(file);
        await using var client = context.ConnectAsGuest();
        var info = await client.Server.InfoAsync(context.Cancellation);
        var login = await client.LoginAsync(key, context.Cancellation);
        context.Sessions.Save(context.Server, info.ServerId, login.Token, login.SessionId, login.Account, login.ExpiresAt);

        // All but the token, which is nobody's business.
        IdentityPrinter.Print(context.Output, new Identity
        {
            Account = login.Account,
            Role = login.Role,
            SessionId = login.SessionId,
            Fingerprint = key.PublicKey.Fingerprint,
            ExpiresAt = login.ExpiresAt,
        });
        return ExitCode.Done;
    }
}
