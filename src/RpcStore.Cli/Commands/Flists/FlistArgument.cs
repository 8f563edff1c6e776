using System.CommandLine;

namespace RpcStore.Cli.Commands.Flists;

/// <summary>The argument that names a flist: <c>NAME</c>, or <c>ACCOUNT/NAME</c> for another's.</summary>
internal sealed class FlistArgument
{
    private readonly Argument<string> argument;

    /// <summary>Adds the argument to a command.</summary>
    public FlistArgument(Command command, string title = "NAME")
    {
        argument = new Argument<string>(title) { Description = "The flist; another account's is ACCOUNT/NAME." };
        command.Add(argument);
    }

    /// <summary>Whose it is, null for the caller's own, and its name.</summary>
    public (string? Account, string Name) Read(CommandContext context) => Parse(context.Get(argument)!);

    /// <summary>Takes a text apart.</summary>
    public static (string? Account, string Name) Parse(string text) =>
        text.Split('/', 2) is [var account, var name] ? (account, name) : (null, text);
}
