using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RpcStore.Contract.Connections;

/// <summary>What an <see cref="EndpointUrl"/> reaches, and how a client that was given it talks.</summary>
public enum EndpointScheme
{
    /// <summary>A unix stream socket: <c>unix:PATH</c>.</summary>
    Unix,

    /// <summary>TCP: <c>tcp://HOST:PORT</c>.</summary>
    Tcp,

    /// <summary>WebSocket over a TCP endpoint: <c>ws://HOST:PORT</c>. For clients only.</summary>
    WebSocket,

    /// <summary>HTTP over a TCP endpoint: <c>http://HOST:PORT</c>. For clients only.</summary>
    Http,
}

/// <summary>
/// The URL of an endpoint, as <c>--listen</c>, <c>--server</c> and <c>server.info</c> write it (spec/connections.md,
/// section 1). Immutable.
/// </summary>
public sealed record EndpointUrl
{
    /// <summary>The longest path of a unix socket in bytes: <c>sun_path</c> of Linux holds 108 with the closing NUL.</summary>
    public const int MaxUnixPathBytes = 107;

    private EndpointUrl(EndpointScheme scheme, string host, int port, string path)
    {
        Scheme = scheme;
        Host = host;
        Port = port;
        Path = path;
    }

    /// <summary>What it reaches.</summary>
    public EndpointScheme Scheme { get; }

    /// <summary>A host name or an IP address without brackets, or <c>*</c> for every address; empty for a unix socket.</summary>
    public string Host { get; }

    /// <summary>0 to 65535; 0 lets a server pick one, and is also the value for a unix socket.</summary>
    public int Port { get; }

    /// <summary>The path of a unix socket; empty for the others.</summary>
    public string Path { get; }

    /// <summary>A unix socket.</summary>
    /// <exception cref="FormatException">The path is empty or too long.</exception>
    public static EndpointUrl Unix(string path) => Parse("unix:" + path);

    /// <summary>A TCP endpoint.</summary>
    public static EndpointUrl Tcp(string host, int port) => new(EndpointScheme.Tcp, host, port, "");

    /// <summary>Reads a URL.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong with it.</exception>
    public static EndpointUrl Parse(string text) =>
        TryParse(text, out var url, out var reason) ? url : throw new FormatException(reason);

    /// <summary>Reads a URL.</summary>
    /// <param name="text">The text.</param>
    /// <param name="url">The URL, when the text is one.</param>
    /// <param name="reason">What is wrong with the text, when it is none: a sentence that quotes it.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out EndpointUrl? url, [NotNullWhen(false)] out string? reason)
    {
        url = null;
        if (text.StartsWith("unix:", StringComparison.Ordinal))
        {
            return TryParseUnix(text, out url, out reason);
        }

        var (scheme, rest) = text switch
        {
            _ when text.StartsWith("tcp://", StringComparison.Ordinal) => (EndpointScheme.Tcp, text[6..]),
            _ when text.StartsWith("ws://", StringComparison.Ordinal) => (EndpointScheme.WebSocket, text[5..]),
            _ when text.StartsWith("http://", StringComparison.Ordinal) => (EndpointScheme.Http, text[7..]),
            _ => (default, null),
        };
        if (rest is null)
        {
            reason = $"'{text}' is no endpoint: write unix:PATH, tcp://HOST:PORT, ws://HOST:PORT or http://HOST:PORT.";
            return false;
        }

        // What a person copies from a browser or from the documentation often ends in the path that is served there.
        rest = rest.EndsWith("/rpc", StringComparison.Ordinal) ? rest[..^4] : rest.TrimEnd('/');
        return TryParseHostAndPort(text, scheme, rest, out url, out reason);
    }

    /// <inheritdoc/>
    public override string ToString() => Scheme switch
    {
        EndpointScheme.Unix => "unix:" + Path,
        EndpointScheme.Tcp => "tcp://" + Authority,
        EndpointScheme.WebSocket => "ws://" + Authority,
        _ => "http://" + Authority,
    };

    /// <summary>Host and port as a URL has them, with an IPv6 address in brackets.</summary>
    public string Authority =>
        string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}");

    private static bool TryParseUnix(string text, out EndpointUrl? url, out string? reason)
    {
        url = null;
        var path = text["unix:".Length..];

        // `unix:///run/x.sock` is how other tools write the same.
        if (path.StartsWith("//", StringComparison.Ordinal))
        {
            path = path[2..];
        }

        if (path.Length == 0)
        {
            reason = $"'{text}' names no path: write unix:PATH.";
            return false;
        }

        var bytes = System.Text.Encoding.UTF8.GetByteCount(path);
        if (bytes > MaxUnixPathBytes)
        {
            reason = $"The socket path '{path}' has {bytes} bytes; the system takes {MaxUnixPathBytes} at most. Choose a shorter one.";
            return false;
        }

        url = new EndpointUrl(EndpointScheme.Unix, "", 0, path);
        reason = null;
        return true;
    }

    private static bool TryParseHostAndPort(
        string text, EndpointScheme scheme, string rest, out EndpointUrl? url, out string? reason)
    {
        url = null;
        var colon = rest.LastIndexOf(':');
        var host = colon < 0 ? "" : rest[..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
        }
        else if (host.Contains(':'))
        {
            reason = $"'{text}': write an IPv6 address in brackets, such as tcp://[::1]:9750.";
            return false;
        }

        if (host.Length == 0 || host.Contains('/') || host.Contains(' '))
        {
            reason = $"'{text}' names no host and port: write {text[..text.IndexOf(':')]}://HOST:PORT.";
            return false;
        }

        if (!int.TryParse(rest.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > 65535)
        {
            reason = $"'{text}': the port is not a number from 0 to 65535.";
            return false;
        }

        url = new EndpointUrl(scheme, host, port, "");
        reason = null;
        return true;
    }
}
