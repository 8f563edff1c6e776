using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Net;

namespace RpcStore.Core.Sites;

/// <summary>Which addresses sites may have (spec/sites.md, section 1).</summary>
public static class SiteAddresses
{
    /// <summary>Characters in the longest prefix.</summary>
    public const int MaxPrefixLength = 1024;

    /// <summary>Characters in the longest domain name (RFC 1035, section 2.3.4, without the dot at its end).</summary>
    public const int MaxDomainLength = 253;

    private const int MaxLabelLength = 63;

    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>What comes to mean something on this server, beside what its contract has.</summary>
    private static readonly string[] Kept =
        ["rpc", "api", "website", "flist", "flists", "sites", "spaces", "blobs", "blocks", "transfers", "metrics", "openrpc.json", "webdav"];

    /// <summary>The first segments of paths that are the server's own.</summary>
    /// <param name="routes">The paths of its routes, each beginning with a slash.</param>
    public static FrozenSet<string> Reserve(IEnumerable<string> routes) =>
        routes.Select(path => path.Split('/')[1]).Where(segment => segment.Length > 0 && segment[0] != '{').Concat(Kept).ToFrozenSet();

    /// <summary>Looks at an address and writes it in the one way that it is kept in.</summary>
    /// <param name="prefix">A path, or null.</param>
    /// <param name="domain">A domain name, or null; exactly one of the two is given.</param>
    /// <param name="reserved">What <see cref="Reserve"/> gave.</param>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Invalid"/>: none or both are given, or it is no path or no name; <see cref="Fault.Conflict"/>: the server
    /// uses it itself.
    /// </exception>
    public static SiteAddress Check(string? prefix, string? domain, FrozenSet<string> reserved) => (prefix, domain) switch
    {
        ({ } path, null) => new SiteAddress(CheckPrefix(path, reserved), null),
        (null, { } name) => new SiteAddress(null, CheckDomain(name)),
        _ => throw Invalid("/prefix", "give a prefix or a domain, and not both"),
    };

    /// <summary>An address as it was given to find a site: a prefix begins with a slash, a domain does not.</summary>
    public static SiteAddress Parse(string text) => text.StartsWith('/')
        ? new SiteAddress(text.Length > 1 && text[^1] == '/' ? text[..^1] : text, null)
        : new SiteAddress(null, text.TrimEnd('.').ToLowerInvariant());

    private static string CheckPrefix(string path, FrozenSet<string> reserved)
    {
        if (path.Length is 0 or > MaxPrefixLength || path[0] != '/')
        {
            throw Invalid(
                "/prefix", string.Create(CultureInfo.InvariantCulture, $"a prefix begins with '/' and has at most {MaxPrefixLength} characters"));
        }

        var trimmed = path.Length > 1 && path[^1] == '/' ? path[..^1] : path;
        if (trimmed == "/")
        {
            return trimmed;
        }

        var segments = trimmed[1..].Split('/');
        foreach (var segment in segments)
        {
            if (segment is "" or "." or "..")
            {
                throw Invalid("/prefix", "no part between two slashes may be empty, '.' or '..'");
            }

            if (segment.Any(one => char.IsControl(one) || one is '%' or '?' or '#' or '\\' or '\uFFFD') || !IsUnicode(segment))
            {
                throw Invalid("/prefix", "write it as text, not percent-encoded, without control characters, '%', '?', '#' and '\\'");
            }
        }

        return IsReserved(segments, reserved)
            ? throw new StoreException(
                Fault.Conflict, $"The server itself uses paths below /{segments[0]}. Choose another prefix.")
            {
                Details = new Dictionary<string, object> { ["id"] = trimmed, ["reason"] = "the server's own" },
            }
            : trimmed;
    }

    // What proves to an authority that a name is the server's is not a site's to say (RFC 8555, section 8.3).
    private static bool IsReserved(string[] segments, FrozenSet<string> reserved) =>
        reserved.Contains(segments[0]) || segments is [".well-known"] or [".well-known", "acme-challenge", ..];

    private static bool IsUnicode(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == System.Text.Rune.ReplacementChar)
            {
                return false;
            }
        }

        return true;
    }

    private static string CheckDomain(string name)
    {
        var domain = name.TrimEnd('.').ToLowerInvariant();
        var labels = domain.Split('.');
        if (domain.Length is 0 or > MaxDomainLength
            || labels.Any(label => label.Length is 0 or > MaxLabelLength || label.AsSpan().ContainsAnyExcept(LabelCharacters)
                || label[0] == '-' || label[^1] == '-'))
        {
            throw Invalid(
                "/domain", "not a domain name: letters, digits and hyphens with dots between them, such as docs.example.org; write others in Punycode");
        }

        // A tool on this machine that names no other host must reach the server itself.
        return domain == "localhost" || IPAddress.TryParse(domain, out _)
            ? throw Invalid("/domain", "'localhost' and addresses are the server's own; give a domain name, or a prefix")
            : domain;
    }

    private static StoreException Invalid(string pointer, string reason) => new(Fault.Invalid, $"{pointer}: {reason}.")
    {
        Details = new Dictionary<string, object> { ["pointer"] = pointer, ["reason"] = reason },
    };
}
