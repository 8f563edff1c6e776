using System.CommandLine;
using RpcStore.Cli.Configuration.Types;
using RpcStore.Cli.Output;

namespace RpcStore.Cli.Commands.ContractTesting;

/// <summary><c>rpcstore contract-test</c>: whether a server does what its contract says.</summary>
internal static class ContractTestCommand
{
    private const string DefaultTimeout = "10s";
    private static readonly DurationType Timeouts = new(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));

    private static readonly Option<string?> Contract = NewOption(
        "--contract", "FILE", "The OpenRPC document that the server should follow. Default: the server's own, from rpc.discover.");

    private static readonly Option<bool> Changes = new("--changes")
    {
        Description = "Play the methods that change the server too. For a fresh server that is there for the test. Without it they "
            + "are called only with what has to be refused.",
    };

    private static readonly Option<string?> AdminKey = NewOption(
        "--admin-key", "FILE", $"Log in with this private key for what an admin does, as 'login --key' does; or set ${TestCallers.AdminTokenVariable} to a "
        + "token. Default: whoever the connection to --server is: on a local socket the server's own user, elsewhere who logged in.");

    private static readonly Option<string?> UserKey = NewOption(
        "--user-key", "FILE", $"Log in with this private key for what a user does; or set ${TestCallers.UserTokenVariable} to a token. "
        + "Without it, what a user may do is not tried.");

    private static readonly Option<string?> GuestServer = NewOption(
        "--guest-server", "URL", "Another endpoint of the same server, where guest and user connect to: on a local socket one's own user is an "
        + "admin. Default: the first tcp:// endpoint that server.info names when --server is a local socket, else --server.");

    private static readonly Option<string?> Timeout = NewOption(
        "--timeout", "DURATION", $"How long an answer may take, in s, m or h. Default: {DefaultTimeout}.");

    private static readonly Option<string?> Format = NewOption(
        "--format", "FORMAT", "text, a line a method; json; or junit, for build servers. Default: text, or json with --json.");

    private static readonly Option<string?> Target = NewOption("--output", "FILE", "Write the report to a file, and a summary to standard output.");

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Format.AcceptOnlyFromAmong("text", "json", "junit");
        Target.Aliases.Add("-o");
        var command = new Command(
            "contract-test",
            "Test whether a server, any server, does what its OpenRPC document says: examples, declared errors, refusals of wrong "
            + "parameters, who may call what, and the schema of every answer. Exit code 1 when something failed.")
        {
            Contract, Changes, AdminKey, UserKey, GuestServer, Timeout, Format, Target,
        };
        return command.Runs(context => ContractTest.RunAsync(context, Read(context)));
    }

    private static Option<string?> NewOption(string name, string help, string description) => new(name) { Description = description, HelpName = help };

    private static ContractTestSettings Read(CommandContext context) => new(
        context.Get(Contract),
        context.Get(Changes),
        context.Get(AdminKey),
        context.Get(UserKey),
        context.Get(GuestServer),
        ReadTimeout(context.Get(Timeout) ?? DefaultTimeout),
        context.Get(Format) ?? (context.Output.Format == OutputFormat.Json ? "json" : "text"),
        context.Get(Target));

    private static TimeSpan ReadTimeout(string text)
    {
        try
        {
            return Timeouts.Parse([text]);
        }
        catch (FormatException e)
        {
            throw new UsageException("--timeout" + e.Message);
        }
    }
}
