using System.CommandLine;
using RpcStore.Cli.Output;
using RpcStore.Contract;
using RpcStore.JsonRpc;

namespace RpcStore.Cli.Commands;

/// <summary>Runs a command and turns what comes of it into an exit code.</summary>
internal static class CommandRunner
{
    /// <summary>Says what a command does.</summary>
    /// <returns>The command itself.</returns>
    public static Command Runs(this Command command, Func<CommandContext, Task<ExitCode>> run)
    {
        command.SetAction((parsed, _) => RunAsync(parsed, run));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Func<CommandContext, Task<ExitCode>> run)
    {
        using var interruption = new Interruption();
        await using var context = new CommandContext(parsed, interruption);
        try
        {
            var code = await run(context);
            context.Output.Flush();
            return (int)code;
        }
        catch (Exception e)
        {
            FlushWhatThereIs(context);
            var code = (int)ErrorReport.Tell(e, interruption.HasHappened);
            HintAtLogin(context, e);
            return code;
        }
    }

    private static void HintAtLogin(CommandContext context, Exception e)
    {
        const string Login = "login --key FILE";
        if (e is RpcException { Error.Code: ErrorCodes.Unauthenticated } && !e.Message.Contains(Login, StringComparison.Ordinal))
        {
            context.Output.Hint(Text.Printable($"To log in: rpcstore --server {context.Server} {Login}"));
        }
    }

    private static void FlushWhatThereIs(CommandContext context)
    {
        try
        {
            context.Output.Flush();
        }
        catch (IOException)
        {
            // The error that is about to be told came first.
        }
    }
}
