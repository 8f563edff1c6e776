using System.CommandLine;

namespace RpcStore.Cli.Commands;

/// <summary>The data directory, for the commands that need no server.</summary>
internal static class DataOption
{
    /// <summary>Makes the option.</summary>
    public static Option<string?> Create() => new("--data")
    {
        Description = $"The data directory. Default: ${Defaults.DataVariable}, $XDG_DATA_HOME/rpcstore or ~/.local/share/rpcstore.",
        HelpName = "DIR",
    };

    /// <summary>The full path that is meant.</summary>
    public static string Read(CommandContext context, Option<string?> option) =>
        Path.GetFullPath(context.Get(option) ?? Defaults.Current.DataDirectory);
}
