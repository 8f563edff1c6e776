using System.Text;
using RpcStore.Cli.Output;
using RpcStore.Contract.Connections;

namespace RpcStore.Cli.Commands;

/// <summary>What a server says when it is ready: where the data are, where it listens, what to try.</summary>
internal static class StartUpText
{
    /// <summary>Writes the text.</summary>
    /// <param name="dataDirectory">Where the data are.</param>
    /// <param name="serverId">The id of the server.</param>
    /// <param name="endpoints">Where it listens, ports as they are.</param>
    /// <param name="fingerprint">The SHA-256 of a certificate that clients cannot know otherwise; null for none.</param>
    /// <param name="defaults">Tells whether the other commands find it by themselves.</param>
    public static string Write(
        string dataDirectory, string serverId, IReadOnlyList<EndpointUrl> endpoints, string? fingerprint, Defaults defaults)
    {
        var text = new StringBuilder();
        text.Append($"RpcStore is ready (server id {serverId}).\n\n");
        text.Append($"  Data:       {Text.Printable(dataDirectory)}\n");
        for (var i = 0; i < endpoints.Count; i++)
        {
            text.Append($"  {(i == 0 ? "Listening:" : "          ")}  {Text.Printable(endpoints[i].ToString())}\n");
        }

        if (FindPage(endpoints) is { } page)
        {
            text.Append($"  Reference:  {Text.Printable(page)}\n");
        }

        if (fingerprint is not null && endpoints.FirstOrDefault(endpoint => endpoint.Scheme == EndpointScheme.Tls) is { } tls)
        {
            text.Append($"\nThe certificate is the server's own. Clients trust it by its SHA-256, as part of the URL:\n\n");
            text.Append($"  {NameForClients(tls).WithPin(fingerprint)}\n");
        }

        text.Append("\nTry, in another terminal:\n\n");
        var server = endpoints.FirstOrDefault(endpoint => endpoint is { Scheme: EndpointScheme.Unix, IsSingle: false }) ?? endpoints[0];
        if (!IsDefault(server, defaults))
        {
            text.Append($"  export {Defaults.ServerVariable}={Quote(server.ToString())}\n");
        }

        text.Append("  echo hello | rpcstore blobs put\n");
        text.Append("  rpcstore blobs list\n");
        text.Append("  rpcstore server status\n");
        text.Append("  rpcstore --help\n\n");
        text.Append("Ctrl-C stops the server.\n");
        return text.ToString();
    }

    /// <summary>Where a browser on this machine finds the contract as a page; null where none of the endpoints is for browsers.</summary>
    private static string? FindPage(IReadOnlyList<EndpointUrl> endpoints)
    {
        var endpoint = endpoints.FirstOrDefault(one => one.Scheme == EndpointScheme.Tcp) ?? endpoints.FirstOrDefault(one => one.Scheme == EndpointScheme.Tls);
        if (endpoint is null)
        {
            return null;
        }

        var host = endpoint.Host is "*" or "0.0.0.0" or "::" ? "localhost" : endpoint.Host.Contains(':') ? $"[{endpoint.Host}]" : endpoint.Host;
        return $"{(endpoint.Scheme == EndpointScheme.Tcp ? "http" : "https")}://{host}:{endpoint.Port}/openrpc";
    }

    private static EndpointUrl NameForClients(EndpointUrl endpoint) =>
        endpoint.Host == "*" ? EndpointUrl.Parse($"tls://{Environment.MachineName}:{endpoint.Port}") : endpoint;

    private static bool IsDefault(EndpointUrl server, Defaults defaults)
    {
        try
        {
            return defaults.Server == server;
        }
        catch (FormatException)
        {
            // There is no default that could be used.
            return false;
        }
    }

    /// <summary>A word that a shell takes as it is, if need be in quotes.</summary>
    private static string Quote(string word) =>
        word.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._-:[]".Contains(letter)) && !word.Contains('[')
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
