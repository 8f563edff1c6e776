using System.CommandLine;
using RpcStore.Contract.Connections;

namespace RpcStore.Cli.Commands;

/// <summary><c>rpcstore serve</c>: runs a server until it is asked to stop.</summary>
internal static class ServeCommand
{
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
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Log more than warnings and errors, to standard error." };
        var command = new Command("serve", "Run a server. Ctrl-C stops it when what runs has ended; a second Ctrl-C at once.")
        {
            data, listen, verbose,
        };
        return command.Runs(context =>
        {
            var directory = Path.GetFullPath(context.Get(data) ?? Defaults.Current.DataDirectory);
            var endpoints = ReadEndpoints(context.Get(listen) ?? [], directory);

            // Nothing of the server is loaded before this call.
            return ServerRun.RunAsync(context, directory, endpoints, context.Get(verbose));
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
