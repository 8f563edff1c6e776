using System.Globalization;

namespace RpcStore.Core.Flists;

/// <summary>An entry and where it is.</summary>
/// <param name="Path">With a slash before every name; <c>/</c> for the root.</param>
/// <param name="Node">The entry.</param>
public readonly record struct FlistWalkEntry(string Path, FlistNode Node);

/// <summary>
/// Goes through what is below a directory, page by page: a directory before what is in it, entries in the order of their numbers. A
/// page begins where the one before ended, found again by the number of its last entry. Memory depends on the depth alone.
/// </summary>
public static class FlistWalk
{
    private const int Page = 256;

    /// <summary>Gives a page.</summary>
    /// <param name="flist">The flist; nobody else may use it meanwhile.</param>
    /// <param name="start">Where to begin: a directory, which is not told itself, or anything else, which is.</param>
    /// <param name="recursive">Go down into directories.</param>
    /// <param name="after">The number of the entry that was told last; null to begin.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StoreException"><see cref="Fault.Invalid"/>: no entry below the start has this number.</exception>
    public static IEnumerable<FlistWalkEntry> Run(
        FlistReader flist, FlistNode start, bool recursive, long? after, CancellationToken cancellationToken = default)
    {
        var path = flist.GetPath(start, cancellationToken);
        if (!start.IsDirectory)
        {
            return after is null ? [new FlistWalkEntry(path, start)] : [];
        }

        var prefix = path == "/" ? "/" : path + "/";
        var open = new Stack<(FlistNode Directory, string Prefix, long After)>();
        open.Push((start, prefix, 0));
        if (after is { } last)
        {
            Resume(flist, open, start, last, recursive, cancellationToken);
        }

        return Walk(flist, open, recursive, cancellationToken);
    }

    private static IEnumerable<FlistWalkEntry> Walk(
        FlistReader flist, Stack<(FlistNode Directory, string Prefix, long After)> open, bool recursive, CancellationToken cancellationToken)
    {
        while (open.TryPop(out var level))
        {
            var page = flist.ListChildren(level.Directory, level.After, Page, cancellationToken);
            var isDescending = false;
            foreach (var node in page)
            {
                yield return new FlistWalkEntry(level.Prefix + node.Name, node);
                if (recursive && node.IsDirectory)
                {
                    open.Push((level.Directory, level.Prefix, node.Ino));
                    open.Push((node, level.Prefix + node.Name + "/", 0));
                    isDescending = true;
                    break;
                }
            }

            if (!isDescending && page.Count == Page)
            {
                open.Push((level.Directory, level.Prefix, page[^1].Ino));
            }
        }
    }

    /// <summary>Rebuilds what was open when an entry was told.</summary>
    private static void Resume(
        FlistReader flist,
        Stack<(FlistNode Directory, string Prefix, long After)> open,
        FlistNode start,
        long last,
        bool recursive,
        CancellationToken cancellationToken)
    {
        var node = flist.Find(last, cancellationToken) ?? throw NoCursor(last);
        var chain = new Stack<FlistNode>();
        for (var at = node; at.Ino != start.Ino; at = flist.Find(at.Parent, cancellationToken) ?? throw NoCursor(last))
        {
            if (at.Ino == FlistNode.RootIno || chain.Count == flist.Limits.MaxDepth)
            {
                throw NoCursor(last);
            }

            chain.Push(at);
        }

        if (chain.Count > 1 && !recursive)
        {
            throw NoCursor(last);
        }

        var (directory, prefix, _) = open.Pop();
        foreach (var child in chain)
        {
            open.Push((directory, prefix, child.Ino));
            (directory, prefix) = (child, prefix + child.Name + "/");
        }

        if (recursive && node.IsDirectory)
        {
            open.Push((directory, prefix, 0));
        }
    }

    private static StoreException NoCursor(long ino) =>
        new(Fault.Invalid, string.Create(CultureInfo.InvariantCulture, $"/cursor: there is no entry {ino} where the listing began."))
        {
            Details = new Dictionary<string, object> { ["pointer"] = "/cursor", ["reason"] = "not a cursor that this listing gave" },
        };
}
