using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RpcStore.Contract.Connections;

/// <summary>Reads the text of an endpoint; whatever is wrong with it becomes a sentence that quotes it.</summary>
internal static class EndpointUrlParser
{
    private const string PinMark = "#sha256:";

    private static readonly (string Mark, EndpointScheme Scheme)[] HostSchemes =
    [
        ("tcp://", EndpointScheme.Tcp),
        ("tls://", EndpointScheme.Tls),
        ("ws://", EndpointScheme.WebSocket),
        ("http://", EndpointScheme.Http),
    ];

    /// <summary>Reads any URL of an endpoint.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static EndpointUrl Parse(string text)
    {
        if (text.StartsWith("unix:", StringComparison.Ordinal))
        {
            return ParseUnix(text);
        }

        if (text.StartsWith("overlay://", StringComparison.Ordinal))
        {
            return ParseOverlay(text, text["overlay://".Length..]);
        }

        foreach (var (mark, scheme) in HostSchemes)
        {
            if (text.StartsWith(mark, StringComparison.Ordinal))
            {
                return ParseHostScheme(text, scheme, text[mark.Length..]);
            }
        }

        throw new FormatException(
            $"'{text}' is no endpoint: write unix:PATH, tcp://HOST:PORT, tls://HOST:PORT, overlay://PREFIX/LENGTH:PORT, "
            + "ws://HOST:PORT or http://HOST:PORT.");
    }

    /// <summary>Makes a unix endpoint of a path.</summary>
    /// <exception cref="FormatException">The path is empty or too long.</exception>
    public static EndpointUrl Unix(string text, string path)
    {
        if (path.Length == 0)
        {
            throw new FormatException($"'{text}' names no path: write unix:PATH.");
        }

        if (path.Contains('?'))
        {
            throw new FormatException($"The socket path '{path}' has a question mark, which a URL cannot hold. Choose another one.");
        }

        var bytes = Encoding.UTF8.GetByteCount(path);
        return bytes <= EndpointUrl.MaxUnixPathBytes
            ? new EndpointUrl(EndpointScheme.Unix, "", 0) { Path = path }
            : throw new FormatException(
                $"The socket path '{path}' has {bytes} bytes; the system takes {EndpointUrl.MaxUnixPathBytes} at most. Choose a shorter one.");
    }

    private static EndpointUrl ParseUnix(string text)
    {
        var path = text["unix:".Length..];

        // `unix:///run/x.sock` is how other tools write the same.
        if (path.StartsWith("//", StringComparison.Ordinal))
        {
            path = path[2..];
        }

        var question = path.IndexOf('?');
        if (question < 0)
        {
            return Unix(text, path);
        }

        return path[(question + 1)..] == "mode=single"
            ? Unix(text, path[..question]) with { IsSingle = true }
            : throw new FormatException($"'{text}': after the ? of a unix endpoint only mode=single can stand.");
    }

    private static EndpointUrl ParseOverlay(string text, string rest)
    {
        var slash = rest.IndexOf('/');
        var colon = slash < 0 ? -1 : rest.IndexOf(':', slash);
        if (colon < 0)
        {
            throw new FormatException($"'{text}' names no prefix and port: write overlay://PREFIX/LENGTH:PORT, such as overlay://400::/7:9750.");
        }

        var port = ReadPort(text, rest.AsSpan(colon + 1));
        return port != 0
            ? new EndpointUrl(EndpointScheme.Overlay, "", port) { Prefix = ReadPrefix(text, rest[..slash], rest[(slash + 1)..colon]) }
            : throw new FormatException($"'{text}': an overlay needs a port from 1 to 65535, so that other machines know it.");
    }

    private static IPNetwork ReadPrefix(string text, string address, string length)
    {
        address = WithoutBrackets(address);
        if (!IPAddress.TryParse(address, out var parsed) || parsed.ScopeId() != 0)
        {
            throw new FormatException($"'{text}': '{address}' is no IP address.");
        }

        var bits = parsed.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32;
        if (!int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > bits)
        {
            throw new FormatException($"'{text}': the length of the prefix is not a number from 0 to {bits}.");
        }

        var network = ToNetwork(parsed, count);
        return network.BaseAddress.Equals(parsed)
            ? network
            : throw new FormatException($"'{text}': {address} has bits set behind the first {count}; write overlay://{network}:PORT.");
    }

    /// <summary>The network that an address is in.</summary>
    private static IPNetwork ToNetwork(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF00 >> kept);
        }

        return new IPNetwork(new IPAddress(bytes), length);
    }

    private static long ScopeId(this IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ScopeId : 0;

    private static EndpointUrl ParseHostScheme(string text, EndpointScheme scheme, string rest)
    {
        string? pin = null;
        var hash = rest.IndexOf('#');
        if (hash >= 0)
        {
            pin = ReadPin(text, scheme, rest[hash..]);
            rest = rest[..hash];
        }

        // What a person copies from a browser or from the documentation often ends in the path that is served there.
        rest = rest.EndsWith("/rpc", StringComparison.Ordinal) ? rest[..^4] : rest.TrimEnd('/');
        var colon = rest.LastIndexOf(':');
        var host = colon < 0 ? "" : rest[..colon];
        if (host.Contains(':') && !host.StartsWith('['))
        {
            throw new FormatException($"'{text}': write an IPv6 address in brackets, such as tcp://[::1]:9750.");
        }

        host = WithoutBrackets(host);
        return host.Length > 0 && !host.Contains('/') && !host.Contains(' ')
            ? new EndpointUrl(scheme, host, ReadPort(text, rest.AsSpan(colon + 1))) { CertificatePin = pin }
            : throw new FormatException($"'{text}' names no host and port: write {text[..text.IndexOf(':')]}://HOST:PORT.");
    }

    private static string WithoutBrackets(string host) => host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;

    private static string ReadPin(string text, EndpointScheme scheme, string fragment)
    {
        if (scheme != EndpointScheme.Tls)
        {
            throw new FormatException($"'{text}': only tls://HOST:PORT can name a certificate.");
        }

        var pin = fragment.StartsWith(PinMark, StringComparison.Ordinal) ? fragment[PinMark.Length..] : "";
        return pin.Length == 64 && pin.All(char.IsAsciiHexDigit)
            ? pin.ToLowerInvariant()
            : throw new FormatException($"'{text}': write the certificate as #sha256: and 64 hex digits, the SHA-256 of its DER form.");
    }

    private static int ReadPort(string text, ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? port
            : throw new FormatException($"'{text}': the port is not a number from 0 to 65535.");
}
