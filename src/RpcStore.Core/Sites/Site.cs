namespace RpcStore.Core.Sites;

/// <summary>How a flist is shown to browsers (spec/sites.md). Immutable.</summary>
public sealed record SiteOptions
{
    /// <summary>Whether everybody may read it; otherwise accounts only.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Whether directories without an index file are listed.</summary>
    public bool HasIndex { get; init; }

    /// <summary>Whether a navigation to what is not there shows the site's first page: the page itself knows its paths.</summary>
    public bool IsSpa { get; init; }

    /// <summary>Whether it can be read over WebDAV.</summary>
    public bool HasWebDav { get; init; }
}

/// <summary>Where a site is: below a path on every name of the server, or everything on a name of its own. Immutable.</summary>
/// <param name="Prefix">A path without slash at its end, or <c>/</c>; null for a site with a domain.</param>
/// <param name="Domain">A domain name in lower case; null for a site with a prefix.</param>
public sealed record SiteAddress(string? Prefix, string? Domain)
{
    /// <inheritdoc/>
    public override string ToString() => Domain ?? Prefix ?? "";
}
