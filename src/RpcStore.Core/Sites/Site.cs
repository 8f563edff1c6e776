using RpcStore.Core.Flists.Registry;

namespace RpcStore.Core.Sites;

/// <summary>A flist that browsers are shown. Immutable.</summary>
public sealed record Site
{
    /// <summary>Names it for as long as it exists: 32 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>The flist, by its id.</summary>
    public required string FlistId { get; init; }

    /// <summary>The flist, by its name.</summary>
    public required FlistKey Flist { get; init; }

    /// <summary>Where it is.</summary>
    public required SiteAddress Address { get; init; }

    /// <summary>How it is shown.</summary>
    public required SiteOptions Options { get; init; }

    /// <summary>When it was published.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When how it is shown was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>What is to be changed of a site; null stays as it is.</summary>
/// <param name="Flist">Another flist to show.</param>
/// <param name="IsPublic">See <see cref="SiteOptions.IsPublic"/>.</param>
/// <param name="HasIndex">See <see cref="SiteOptions.HasIndex"/>.</param>
/// <param name="IsSpa">See <see cref="SiteOptions.IsSpa"/>.</param>
/// <param name="HasWebDav">See <see cref="SiteOptions.HasWebDav"/>.</param>
public sealed record SiteChange(FlistKey? Flist, bool? IsPublic, bool? HasIndex, bool? IsSpa, bool? HasWebDav);

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
