using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace RpcStore.Contract.Connections;

/// <summary>
/// The URL of an endpoint, as <c>--listen</c>, <c>--server</c> and <c>server.info</c> write it (spec/connections.md,
/// section 1). Immutable.
/// </summary>
public sealed record EndpointUrl
{
    /// <summary>The longest path of a unix socket in bytes: <c>sun_path</c> of Linux holds 108 with the closing NUL.</summary>
    public const int MaxUnixPathBytes = 107;

    internal EndpointUrl(EndpointScheme scheme, string host, int port)
    {
        Scheme = scheme;
        Host = host;
        Port = port;
    }

    /// <summary>What it reaches.</summary>
    public EndpointScheme Scheme { get; }

    /// <summary>
    /// A host name or an IP address without brackets, or <c>*</c> for every address; empty for a unix socket and an overlay.
    /// </summary>
    public string Host { get; }

    /// <summary>0 to 65535; 0 lets a server pick one, and is also the value for a unix socket.</summary>
    public int Port { get; }

    /// <summary>The path of a unix socket; empty for the others.</summary>
    public string Path { get; internal init; } = "";

    /// <summary>
    /// Whether a connection carries one message and its answer, and is then closed by the server:
    /// <c>unix:PATH?mode=single</c>.
    /// </summary>
    public bool IsSingle { get; internal init; }

    /// <summary>The addresses of an overlay, of which a machine has one or more; null for the others.</summary>
    public IPNetwork? Prefix { get; internal init; }

    /// <summary>
    /// The SHA-256 of the server's certificate in DER, as 64 lower-case hex digits, which a client of <c>tls://</c> trusts in
    /// place of the system's authorities; null to ask those.
    /// </summary>
    public string? CertificatePin { get; internal init; }

    /// <summary>A unix socket.</summary>
    /// <exception cref="FormatException">The path is empty or too long.</exception>
    public static EndpointUrl Unix(string path) => EndpointUrlParser.Unix("unix:" + path, path);

    /// <summary>A TCP endpoint.</summary>
    public static EndpointUrl Tcp(string host, int port) => new(EndpointScheme.Tcp, host, port);

    /// <summary>Reads a URL.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong with it.</exception>
    public static EndpointUrl Parse(string text) => EndpointUrlParser.Parse(text);

    /// <summary>Reads a URL.</summary>
    /// <param name="text">The text.</param>
    /// <param name="url">The URL, when the text is one.</param>
    /// <param name="reason">What is wrong with the text, when it is none: a sentence that quotes it.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out EndpointUrl? url, [NotNullWhen(false)] out string? reason)
    {
        try
        {
            (url, reason) = (EndpointUrlParser.Parse(text), null);
            return true;
        }
        catch (FormatException e)
        {
            (url, reason) = (null, e.Message);
            return false;
        }
    }

    /// <summary>The same endpoint on another port: the one that the system picked.</summary>
    public EndpointUrl WithPort(int port) => new(Scheme, Host, port) { CertificatePin = CertificatePin };

    /// <summary>The same unix endpoint at another path: the full one.</summary>
    public EndpointUrl WithPath(string path) => EndpointUrl.Unix(path) with { IsSingle = IsSingle };

    /// <summary>The same TLS endpoint for a client that trusts one certificate only.</summary>
    /// <param name="sha256">64 hex digits.</param>
    public EndpointUrl WithPin(string sha256) => this with { CertificatePin = sha256.ToLowerInvariant() };

    /// <inheritdoc/>
    public override string ToString() => Scheme switch
    {
        EndpointScheme.Unix => $"unix:{Path}{(IsSingle ? "?mode=single" : "")}",
        EndpointScheme.Tcp => "tcp://" + Authority,
        EndpointScheme.Tls => $"tls://{Authority}{(CertificatePin is null ? "" : "#sha256:" + CertificatePin)}",
        EndpointScheme.Overlay => string.Create(CultureInfo.InvariantCulture, $"overlay://{Prefix}:{Port}"),
        EndpointScheme.WebSocket => "ws://" + Authority,
        _ => "http://" + Authority,
    };

    /// <summary>Host and port as a URL has them, with an IPv6 address in brackets.</summary>
    public string Authority =>
        string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}");
}
