using System.CommandLine;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Accounts;

/// <summary>The option that says what an account may do.</summary>
internal sealed class RoleOption
{
    private const string User = "user";
    private const string Admin = "admin";

    private readonly Option<string?> option;

    /// <summary>Adds it to a command.</summary>
    public RoleOption(Command command, bool isRequired)
    {
        option = new Option<string?>("--role")
        {
            Description = $"What it may do: a {User} reads, an {Admin} also changes and manages.",
            Required = isRequired,
        };
        option.AcceptOnlyFromAmong(User, Admin);
        command.Add(option);
    }

    /// <summary>What was given; null when nothing was.</summary>
    public AccountRole? Read(CommandContext context) =>
        context.Get(option) is { } word ? (word == Admin ? AccountRole.Admin : AccountRole.User) : null;
}
