using System.CommandLine;

namespace RpcStore.Cli.Commands.Access;

/// <summary><c>rpcstore whoami</c>: whom the server takes the caller for.</summary>
internal static class WhoamiCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new Command("whoami", "Print whom the server takes you for.").Runs(async context =>
    {
        IdentityPrinter.Print(context.Output, await context.Client.Auth.WhoamiAsync(context.Cancellation));
        return ExitCode.Done;
    });
}
