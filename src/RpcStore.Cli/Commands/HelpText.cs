using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using RpcStore.Cli.Configuration;

namespace RpcStore.Cli.Commands;

/// <summary>The help, with what holds for every command at its end.</summary>
internal sealed class HelpText(HelpAction standard) : SynchronousCommandLineAction
{
    private const string Common = $"""
        Exit codes:
          0    done; every answer is yes
          1    the answer is no: something asked for is missing or corrupt, or an entry failed
          2    wrong usage: nothing was done
          3    the server cannot be reached, or the connection to it broke
          4    the server answered with an error
          5    something failed on this side: a file cannot be read or written, or the server cannot start
          130  interrupted
          141  whoever read the output has gone

        Environment:
          {Defaults.DataVariable}    the data directory of 'serve', 'catalog' and 'backup', instead of ~/.local/share/rpcstore
          {EnvironmentVariables.ConfigVariable}  the configuration file of 'serve'; each of its settings has a variable too: rpcstore serve --help
          {Defaults.ServerVariable}  the server of the other commands, as --server takes it
          XDG_STATE_HOME   where logins are kept, instead of ~/.local/state
          NO_COLOR         set to anything: no colours
          {ErrorReport.DebugVariable}   set to 1: errors with the place they come from

        """;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var code = standard.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(parseResult.CommandResult.Command is RootCommand ? Common : "Exit codes and environment: rpcstore --help\n");
        return code;
    }
}
