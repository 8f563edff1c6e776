using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Serving;
using RpcStore.Core.Sites;

namespace RpcStore.Server.Web.Sites;

/// <summary>What a directory of a site shows of one of its entries: files and directories, and links to them by what they lead to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Node">The file or directory.</param>
internal readonly record struct SiteEntry(string Name, FlistNode Node)
{
    /// <summary>Whether it is a directory.</summary>
    public bool IsDirectory => Node.IsDirectory;

    /// <summary>Bytes of a file.</summary>
    public long Size => Node.Size;

    /// <summary>When it was modified; null when that is not known, or no year of a calendar.</summary>
    public DateTimeOffset? ModifiedTime => ToTime(Node.Attributes.ModifiedAt);

    /// <summary>A time of a flist; null for 0, which stands for none, and for what no calendar has.</summary>
    public static DateTimeOffset? ToTime(long seconds) =>
        seconds != 0 && seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>Lists a directory. What cannot be shown is left out: links that lead nowhere, devices, sockets.</summary>
    /// <param name="tree">The flist.</param>
    /// <param name="directory">The directory.</param>
    /// <param name="after">Where the page before ended; 0 to begin.</param>
    /// <param name="limit">Entries looked at.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static ValueTask<SitePage> ListAsync(
        ServedFlist tree, FlistNode directory, long after, int limit, CancellationToken cancellationToken) => tree.QueryAsync(
        (directory, after, limit),
        static (reader, asked, cancellation) =>
        {
            var children = reader.ListChildren(asked.directory, asked.after, asked.limit, cancellation);
            var entries = new List<SiteEntry>(children.Count);
            foreach (var child in children)
            {
                if (TreeWalk.Follow(reader, asked.directory, child, cancellation) is { Kind: FlistKind.File or FlistKind.Directory } node)
                {
                    entries.Add(new SiteEntry(child.Name, node));
                }
            }

            return new SitePage(entries, children.Count == 0 ? asked.after : children[^1].Ino, children.Count < asked.limit);
        },
        cancellationToken);
}

/// <summary>A part of a directory.</summary>
/// <param name="Entries">What it shows.</param>
/// <param name="Last">Where it ended, for the next page.</param>
/// <param name="IsLast">Whether nothing comes behind it.</param>
internal readonly record struct SitePage(List<SiteEntry> Entries, long Last, bool IsLast);
