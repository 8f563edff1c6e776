using RpcStore.Core.Flists;

namespace RpcStore.Core.Sites;

/// <summary>What a request for a path of a site means.</summary>
public enum SiteAnswerKind
{
    /// <summary>There is nothing to show.</summary>
    NotFound,

    /// <summary>A file.</summary>
    File,

    /// <summary>A directory whose path lacks the slash at its end, without which links in its page would not fit.</summary>
    AddSlash,

    /// <summary>A directory that is to be listed.</summary>
    Listing,
}

/// <summary>What a request for a path of a site means.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Node">The file, or the directory; null where nothing is.</param>
/// <param name="Name">The name by which the file was asked for, of which its type is told.</param>
public readonly record struct SiteAnswer(SiteAnswerKind Kind, FlistNode? Node, string Name)
{
    private static readonly string[] IndexNames = ["index.html", "index.htm"];

    /// <summary>Nothing is there.</summary>
    public static SiteAnswer NotFound { get; } = new(SiteAnswerKind.NotFound, null, "");

    /// <summary>Finds out what a path means.</summary>
    /// <param name="reader">The flist.</param>
    /// <param name="hasIndex">Whether directories may be listed.</param>
    /// <param name="path">The decoded path below the site's prefix: empty, or beginning with a slash.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static SiteAnswer Find(FlistReader reader, bool hasIndex, ReadOnlySpan<char> path, CancellationToken cancellationToken)
    {
        if (path.IsEmpty)
        {
            return new SiteAnswer(SiteAnswerKind.AddSlash, reader.Root, "");
        }

        // Two slashes in a row are another path, and at the start of a redirect they would be another host.
        if (path.Contains("//", StringComparison.Ordinal) || TreeWalk.Find(reader, path, cancellationToken) is not { } node)
        {
            return NotFound;
        }

        var hasSlash = path[^1] == '/';
        return node.Kind switch
        {
            FlistKind.File when !hasSlash => new SiteAnswer(SiteAnswerKind.File, node, path[(path.LastIndexOf('/') + 1)..].ToString()),
            FlistKind.Directory when !hasSlash => new SiteAnswer(SiteAnswerKind.AddSlash, node, ""),
            FlistKind.Directory => FindIndex(reader, hasIndex, node, cancellationToken),
            _ => NotFound,
        };
    }

    private static SiteAnswer FindIndex(FlistReader reader, bool hasIndex, FlistNode directory, CancellationToken cancellationToken)
    {
        foreach (var name in IndexNames)
        {
            if (reader.FindChild(directory, name, cancellationToken) is { } child
                && TreeWalk.Follow(reader, directory, child, cancellationToken) is { Kind: FlistKind.File } file)
            {
                return new SiteAnswer(SiteAnswerKind.File, file, name);
            }
        }

        return hasIndex ? new SiteAnswer(SiteAnswerKind.Listing, directory, "") : NotFound;
    }
}
