using System.CommandLine;

namespace RpcStore.Cli.Commands;

/// <summary>The options that every command has.</summary>
internal static class GlobalOptions
{
    /// <summary>Where the server is.</summary>
    public static Option<string?> Server { get; } = new("--server", "-s")
    {
        Description = "The server: unix:PATH, tcp://HOST:PORT, tls://HOST:PORT (followed by #sha256:HEX to trust one certificate), "
            + $"ws://HOST:PORT or http://HOST:PORT. Default: ${Defaults.ServerVariable}, "
            + "or the local socket of a server with the default data directory.",
        HelpName = "URL",
        Recursive = true,
    };

    /// <summary>Whether results are JSON.</summary>
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON value. Otherwise: tables at a terminal, lines with tabs in a pipe.",
        Recursive = true,
    };

    /// <summary>Whether to print nothing but results and errors.</summary>
    public static Option<bool> Quiet { get; } = new("--quiet", "-q")
    {
        Description = "Print results and errors only: no progress, no summaries, no hints.",
        Recursive = true,
    };
}
