using System.CommandLine;
using RpcStore.Contract.Connections;

namespace RpcStore.Cli.Commands;

/// <summary><c>rpcstore serve</c>: runs a server until it is asked to stop.</summary>
internal static class ServeCommand
{
    private const int MaxGraceSeconds = 86400;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var data = new Option<string?>("--data")
        {
            Description = $"The data directory; made when it is missing. Default: ${Defaults.DataVariable}, $XDG_DATA_HOME/rpcstore or "
                + "~/.local/share/rpcstore.",
            HelpName = "DIR",
        };
        var listen = new Option<string[]>("--listen")
        {
            Description = $"Where to listen: unix:PATH or tcp://HOST:PORT; port 0 picks one. May be repeated. Default: "
                + $"unix:DATA/rpcstore.sock and tcp://127.0.0.1:{Defaults.Port}.",
            HelpName = "URL",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        var grace = new Option<int?>("--shutdown-grace")
        {
            Description = "Seconds that calls and transfers may go on when the server is asked to stop, 0 to 86400; then they are "
                + $"cancelled. Default: {Defaults.ShutdownGraceSeconds}.",
            HelpName = "SECONDS",
        };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Log more than warnings and errors, to standard error." };
        var command = new Command("serve", "Run a server. Ctrl-C stops it when what runs has ended; a second Ctrl-C at once.")
        {
            data, listen, grace, verbose,
        };
        return command.Runs(context =>
        {
            var directory = Path.GetFullPath(context.Get(data) ?? Defaults.Current.DataDirectory);
            var endpoints = ReadEndpoints(context.Get(listen) ?? [], directory);

            var seconds = (context.Get(grace) ?? Defaults.ShutdownGraceSeconds) is >= 0 and <= MaxGraceSeconds and var wanted
                ? wanted
                : throw new UsageException($"--shutdown-grace takes seconds from 0 to {MaxGraceSeconds}");

            // Nothing of the server is loaded before this call.
            return ServerRun.RunAsync(context, directory, endpoints, TimeSpan.FromSeconds(seconds), context.Get(verbose));
        });
    }

    private static EndpointUrl[] ReadEndpoints(string[] urls, string directory)
    {
        try
        {
            var endpoints = urls.Length == 0 ? Defaults.Listen(directory) : [.. urls.Select(EndpointUrl.Parse)];
            return endpoints.FirstOrDefault(endpoint => endpoint.Scheme is EndpointScheme.WebSocket or EndpointScheme.Http) is { } wrong
                ? throw new UsageException(
                    $"a server does not listen on '{wrong}': write tcp://{wrong.Authority}, which speaks HTTP and WebSocket too")
                : endpoints;
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
