using System.CommandLine;
using RpcStore.Contract;
using RpcStore.JsonRpc;

namespace RpcStore.Cli.Commands.Access;

/// <summary><c>rpcstore logout</c>: ends the session of the server and forgets it.</summary>
internal static class LogoutCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() =>
        new Command("logout", "End the session with the server, and forget it. No error when there is none.").Runs(RunAsync);

    private static async Task<ExitCode> RunAsync(CommandContext context)
    {
        if (context.Sessions.Find(context.Server) is not { } session)
        {
            context.Output.Summary($"Nobody is logged in to {context.Server}.");
            return ExitCode.Done;
        }

        try
        {
            await context.Client.LogoutAsync(context.Cancellation);
        }
        catch (RpcException e) when (e.Error.Code == ErrorCodes.Unauthenticated)
        {
            // It had ended before, or another server is there now, which does not know it.
            context.Output.Hint("The session had ended already.");
        }

        context.Sessions.Remove(context.Server);
        context.Output.Summary($"Logged out {session.Account}.");
        return ExitCode.Done;
    }
}
