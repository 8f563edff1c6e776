using System.Buffers;

namespace RpcStore.Core.Sites;

/// <summary>
/// Finds the site that a request is for. Immutable, so it is read without a lock and replaced as a whole; a look needs no memory,
/// and no more time than the request has segments.
/// </summary>
/// <typeparam name="T">What is known of a site.</typeparam>
public sealed class SiteTable<T>
    where T : class
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly Dictionary<string, T> domains = new(StringComparer.OrdinalIgnoreCase);
    private readonly Node root = new();

    /// <summary>Makes a table.</summary>
    /// <param name="sites">Every site and its address; of two with the same address the later counts.</param>
    /// <param name="reserved">First segments of paths that are never a site's, not even one at <c>/</c>.</param>
    public SiteTable(IEnumerable<(SiteAddress Address, T Site)> sites, IEnumerable<string> reserved)
    {
        foreach (var segment in reserved)
        {
            root.Add(segment).IsReserved = true;
        }

        foreach (var (address, site) in sites)
        {
            Count++;
            if (address.Domain is { } domain)
            {
                domains[domain] = site;
                continue;
            }

            var node = root;
            foreach (var segment in (address.Prefix ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                node = node.Add(segment);
            }

            node.Site = site;
        }
    }

    /// <summary>How many sites there are.</summary>
    public int Count { get; }

    /// <summary>Finds the site of a request: that of the domain, otherwise the one with the longest prefix.</summary>
    /// <param name="host">The request's <c>Host</c>, with or without port; empty for none.</param>
    /// <param name="path">The request's path, decoded (<see cref="SitePath"/>).</param>
    /// <param name="prefixLength">How much of the path is the site's prefix; what follows is empty or begins with a slash.</param>
    /// <returns>Null when there is none.</returns>
    public T? Find(ReadOnlySpan<char> host, ReadOnlySpan<char> path, out int prefixLength)
    {
        prefixLength = 0;
        if (domains.Count > 0 && domains.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(NameOf(host), out var ofDomain))
        {
            return ofDomain;
        }

        if (IsBlob(path))
        {
            return null;
        }

        var (node, found) = (root, root.Site);
        for (var at = 0; at < path.Length && path[at] == '/';)
        {
            var length = path[(at + 1)..].IndexOf('/');
            var end = length < 0 ? path.Length : at + 1 + length;
            if (node.Find(path[(at + 1)..end]) is not { } child)
            {
                break;
            }

            if (child.IsReserved)
            {
                return null;
            }

            node = child;
            at = end;
            if (child.Site is not null)
            {
                (found, prefixLength) = (child.Site, end);
            }
        }

        return found;
    }

    /// <summary>
    /// Whether a path is <c>/HASH</c> or <c>/AA/HASH</c>: by these rfs fetches blobs from a store of its scheme <c>http</c>, on
    /// every server that it takes for one.
    /// </summary>
    private static bool IsBlob(ReadOnlySpan<char> path) => path.Length switch
    {
        65 => IsHex(path[1..]),
        68 => path[3] == '/' && IsHex(path[1..3]) && IsHex(path[4..]),
        _ => false,
    };

    private static bool IsHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(HexDigits);

    /// <summary>A host without its port and the dot that may end it.</summary>
    private static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> host)
    {
        var colon = host.LastIndexOf(':');
        var name = colon >= 0 && !host[colon..].Contains(']') ? host[..colon] : host;
        return name.EndsWith('.') ? name[..^1] : name;
    }

    private sealed class Node
    {
        private Dictionary<string, Node>? children;

        public T? Site { get; set; }

        public bool IsReserved { get; set; }

        public Node Add(string segment)
        {
            children ??= new Dictionary<string, Node>(StringComparer.Ordinal);
            if (!children.TryGetValue(segment, out var child))
            {
                children[segment] = child = new Node();
            }

            return child;
        }

        public Node? Find(ReadOnlySpan<char> segment) =>
            children is not null && children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(segment, out var child) ? child : null;
    }
}
