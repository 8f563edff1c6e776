using System.CommandLine;
using System.CommandLine.Help;
using RpcStore.Cli.Commands.Access;
using RpcStore.Cli.Commands.Accounts;
using RpcStore.Cli.Commands.Blobs;
using RpcStore.Cli.Commands.Catalog;
using RpcStore.Cli.Commands.ContractTesting;
using RpcStore.Cli.Commands.Flists;
using RpcStore.Cli.Commands.Journal;
using RpcStore.Cli.Commands.Keys;
using RpcStore.Cli.Commands.Server;
using RpcStore.Cli.Commands.Sites;
using RpcStore.Cli.Commands.Transfers;
using RpcStore.Cli.Configuration;
using RpcStore.Cli.Output;

namespace RpcStore.Cli.Commands;

/// <summary>What a person typed, understood.</summary>
internal sealed class CommandLine
{
    private readonly ParseResult parsed;

    private CommandLine(ParseResult parsed) => this.parsed = parsed;

    /// <summary>Understands arguments, or finds what is wrong with them.</summary>
    public static CommandLine Parse(string[] arguments)
    {
        // '@' begins the name of a file as good as any other.
        var configuration = new ParserConfiguration { ResponseFileTokenReplacer = null };
        return new CommandLine(Build().Parse(arguments, configuration));
    }

    /// <summary>Does what was typed.</summary>
    public ExitCode Run()
    {
        if (parsed.Action is not (HelpText or VersionText) && parsed.Errors is [var first, ..])
        {
            CommandOutput.Complain(Explain(first.Message));
            Console.Error.WriteLine($"'{NameOf(parsed.CommandResult.Command)} --help' tells how to use it.");
            return ExitCode.Usage;
        }

        // Signals and exceptions are handled by the runner of the commands, which knows their exit codes.
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return (ExitCode)parsed.Invoke(configuration);
    }

    private static RootCommand Build()
    {
        var root = new RootCommand("RpcStore: a server that keeps blobs by their digest, and the command to run and use it.")
        {
            ServeCommand.Create(),
            BlobsCommand.Create(),
            FlistsCommand.Create(),
            SitesCommand.Create(),
            TransfersCommand.Create(),
            ServerCommand.Create(),
            AccountsCommand.Create(),
            KeysCommand.Create(),
            LoginCommand.Create(),
            LogoutCommand.Create(),
            WhoamiCommand.Create(),
            SessionsCommand.Create(),
            JournalCommand.Create(),
            GcCommand.Create(),
            CatalogCommand.Create(),
            BackupCommand.Create(),
            CallCommand.Create(),
            DiscoverCommand.Create(),
            ContractTestCommand.Create(),
            GlobalOptions.Server,
            GlobalOptions.Json,
            GlobalOptions.Quiet,
        };
        foreach (var option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction standard })
            {
                option.Action = new HelpText(standard);
            }
            else if (option is VersionOption)
            {
                option.Action = new VersionText();
            }
        }

        return root;
    }

    private string Explain(string standard)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens is [var unknown, ..])
        {
            var nearest = NearestName.Find(unknown, command.Options.Select(option => option.Name));
            return $"'{NameOf(command)}' has no command, argument or option '{unknown}'" + (nearest is null ? "" : $"; did you mean '{nearest}'?");
        }

        return command.Subcommands.Count > 0 && command.Action is null
            ? $"'{NameOf(command)}' needs a command: {string.Join(", ", command.Subcommands.Select(part => part.Name))}"
            : standard;
    }

    private static string NameOf(Command command)
    {
        var names = new List<string>();
        for (var part = command; part is not null and not RootCommand; part = part.Parents.OfType<Command>().FirstOrDefault())
        {
            names.Insert(0, part.Name);
        }

        return string.Join(' ', names.Prepend("rpcstore"));
    }
}
