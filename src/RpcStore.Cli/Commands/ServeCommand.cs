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
            Description = $"Where to listen: unix:PATH, tcp://HOST:PORT (port 0 picks one), tls://HOST:PORT, or overlay://PREFIX/LENGTH:PORT for this "
                + "machine's address there, such as overlay://400::/7:9750. unix:PATH?mode=single answers one message a connection. "
                + "May be repeated. Default: "
                + $"unix:DATA/rpcstore.sock and tcp://127.0.0.1:{Defaults.Port}.",
            HelpName = "URL",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        var certificate = new Option<string?>("--tls-certificate")
        {
            Description = "The certificate of tls://HOST:PORT endpoints and those between it and an authority, in PEM. Read again when it changes.",
            HelpName = "FILE",
        };
        var key = new Option<string?>("--tls-key") { Description = "The private key of the certificate, in PEM.", HelpName = "FILE" };
        var selfSigned = new Option<bool>("--tls-self-signed")
        {
            Description = "Let tls:// endpoints use a certificate that the server makes for itself, and print what clients need to trust it.",
        };
        var logFormat = new Option<string>("--log-format")
        {
            Description = "What a line of the log is, on standard error: text, or a JSON object with timestamp, level, category, message and values.",
            DefaultValueFactory = _ => "text",
        };
        logFormat.AcceptOnlyFromAmong("text", "json");
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Log more than warnings and errors, to standard error." };
        var command = new Command("serve", "Run a server. Ctrl-C stops it when what runs has ended; a second Ctrl-C at once.")
        {
            data, listen, certificate, key, selfSigned, logFormat, verbose,
        };
        return command.Runs(context =>
        {
            var directory = Path.GetFullPath(context.Get(data) ?? Defaults.Current.DataDirectory);
            var urls = context.Get(listen) ?? [];
            var endpoints = ReadEndpoints(urls, directory);

            var tls = ReadTls(context.Get(certificate), context.Get(key), context.Get(selfSigned));

            // Nothing of the server is loaded before this call.
            var log = new LogSettings(context.Get(verbose), IsJson: context.Get(logFormat) == "json");
            return ServerRun.RunAsync(context, new ServeSettings(directory, endpoints, urls.Length == 0, tls, log));
        });
    }

    private static TlsSettings ReadTls(string? certificate, string? key, bool isSelfSigned) => (certificate, key, isSelfSigned) switch
    {
        (not null, null, _) => throw new UsageException("--tls-certificate needs --tls-key"),
        (null, not null, _) => throw new UsageException("--tls-key needs --tls-certificate"),
        (not null, not null, true) => throw new UsageException("--tls-self-signed and --tls-certificate exclude each other"),
        _ => new TlsSettings(certificate, key, isSelfSigned),
    };

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
