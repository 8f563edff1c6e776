using System.CommandLine;

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
            return (int)ErrorReport.Tell(e, interruption.HasHappened);
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
